"""Pages drawn apart, finished: fonts embedded once, pages joined, names, outlines and metadata put right.

The recipes were measured before they were written (fonts: one subset per face for an edition; joins: what
`pages.extend` loses is written anew).
"""
