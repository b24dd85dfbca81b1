"""Words and hyphens of the copy, as the composer asks for them."""
