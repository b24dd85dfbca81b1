"""Word's .docx (WPS writes it too): python-docx opens the package, a walk of ours reads the body (ECMA-376, part 1).

python-docx's own paragraphs lose insertions, moves, text boxes, numbers, symbols and ruby's base, and print what is hidden.
"""

from printkit.manuscript.docx.reader import read_docx

__all__ = ["read_docx"]
