"""A story set anew on pages of its own (剪报)."""
