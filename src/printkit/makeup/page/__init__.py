"""A whole page's slots: which story stands where, what fills each, and how much each takes."""
