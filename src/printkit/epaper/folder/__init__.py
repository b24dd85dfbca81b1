"""The site's folder: issues added to it, and all that is made of the facts of many issues."""
