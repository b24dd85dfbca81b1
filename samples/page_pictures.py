"""Draws a PNG of every page: `python samples/page_pictures.py OUT`, for OUT/SAMPLE/DATE/web/NN.pdf.

The pictures stand in OUT/SAMPLE/DATE-png/, beside the issue's folder: that one is swapped as a whole by the
next build. Prints the path of each PDF and of each picture.
"""

import sys
from pathlib import Path

import pypdfium2

DPI = 110


def page_picture(pdf: Path, png: Path) -> None:
    """Draw the first page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        png.parent.mkdir(parents=True, exist_ok=True)
        document[0].render(scale=DPI / 72).to_pil().save(png)
    finally:
        document.close()


def main(out: Path) -> int:
    """Draw the pages of all issues under a folder; 1 when there is none."""
    editions = sorted(out.glob("*/*/web/edition.pdf"))
    pages = sorted(path for path in out.glob("*/*/web/*.pdf") if path.name != "edition.pdf")
    for pdf in editions:
        print(pdf.as_posix())
    for stale in out.glob("*/*-png/*.png"):
        stale.unlink()
    for pdf in pages:
        issue = pdf.parents[1]
        png = issue.with_name(f"{issue.name}-png") / f"{pdf.stem}.png"
        page_picture(pdf, png)
        print(pdf.as_posix())
        print(png.as_posix())
    if not pages:
        print(f"no pages in {out}/*/DATE/web/", file=sys.stderr)
    return 0 if pages else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: page_pictures.py OUT")
    sys.exit(main(Path(sys.argv[1])))
