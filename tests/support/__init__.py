"""What tests of several folders share: papers on disk, readers of PDFs, small sites, visitors with a browser."""
