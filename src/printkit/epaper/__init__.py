"""The e-paper: a static site that grows issue by issue, and what offices download from it.

Made of an edition, its made-up pages and its PDFs; nothing here lays out a page.
"""
