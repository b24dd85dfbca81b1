"""The rules that look at one piece of copy, a file each."""
