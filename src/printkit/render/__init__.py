"""Made-up pages as HTML, and HTML as PDF through WeasyPrint.

`measure` and `draw` are the only files that import WeasyPrint.
"""
