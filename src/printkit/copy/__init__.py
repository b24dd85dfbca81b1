"""What a copy desk knows of text: pure functions from a text to changes and finds, each with its span. No file, no YAML, no page."""
