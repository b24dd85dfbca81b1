"""What `make bench` runs: printkit beside WeasyPrint's own columns, on the same text, in one run."""
