"""Font files: widths for the composer, glyphs for drawing, one subset per face for an edition.

The faces come from `render.measure`, which asks WeasyPrint's own Pango what a style resolves to, so the
file measured is the file drawn.
"""
