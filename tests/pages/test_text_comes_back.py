"""Every composed line comes back from the PDF in one piece, whatever reads it: no blank and no break inside.

pdftotext has three modes: the default (reading order by its own lights), ``-raw`` (order of the stream) and
``-layout`` (as on the page); pypdfium2 is what Chrome reads with.
"""

import re
import subprocess

import pypdfium2
import pytest

from printkit.model.edition import page_stem
from printkit.model.page import MadeUpPage, TextBox
from tests.support.papers import Built, pages_of

LEAST = 4
"""Clusters that a line must have to be looked for: shorter ones stand in other lines, too."""


def lines_of(made: MadeUpPage) -> list[str]:
    """Return every composed line of a page as the copy has it, typed blanks at its ends left out."""
    return [
        line.text.strip("\u3000 ")
        for story in made.stories
        for box in story.boxes
        if isinstance(box, TextBox)
        for line in box.lines
        if len(line.clusters) >= LEAST
    ]


@pytest.mark.parametrize("name", ["tabloid", "broadsheet"])
@pytest.mark.parametrize("mode", ["default", "-raw", "-layout", "pdfium"])
def test_lines_come_back_whole(name: str, mode: str, request: pytest.FixtureRequest) -> None:
    sample: Built = request.getfixturevalue(name)
    looked_for = 0
    for made in pages_of(sample.source):
        path = sample.pdf(page_stem(made.page.number))
        if mode == "pdfium":
            document = pypdfium2.PdfDocument(path)
            text = document[0].get_textpage().get_text_range()
            document.close()
        else:
            flags = [] if mode == "default" else [mode]
            done = subprocess.run(["pdftotext", *flags, str(path), "-"], capture_output=True, check=True)
            text = done.stdout.decode()
        # A typed blank may come back as one or several: the width of the gap is the composer's.
        text = re.sub(r"[ \u3000]+", " ", text)
        for line in lines_of(made):
            looked_for += 1
            assert re.sub(r"[ \u3000]+", " ", line) in text, f"{mode}: “{line}” is broken or spaced"
    assert looked_for > 400
