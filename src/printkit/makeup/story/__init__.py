"""One story in one rectangle: its headline block, floats, columns and tables, and how it closes."""
