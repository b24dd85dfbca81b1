"""Pages as pictures: what is drawn before anybody asks for it, and what is not drawn twice."""

from dataclasses import replace

import pytest

from printkit.preview import rasters
from printkit.preview.desk import Sheet


def test_whoever_looks_at_a_page_has_its_next_picture_drawn_as_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[bytes, int]] = []
    monkeypatch.setattr(rasters, "page_png", lambda pdf, width: drawn.append((pdf, width)) or b"PNG")  # type: ignore[func-returns-value]
    made, sheet = rasters.Rasters(), Sheet("1", "", 1, pdf=b"old")
    made.png(sheet, 240)
    made.ahead(sheet)
    assert drawn == [(b"old", 240)], "nobody looks at more than its thumbnail"
    made.png(sheet, 1800)
    made.png(sheet, 240)
    made.ahead(new := replace(sheet, revision=2, pdf=b"new"))
    assert drawn[2:] == [(b"new", 1800)]
    made.png(new, 1800)
    made.ahead(Sheet("2", "", 1, pdf=b"other"))
    assert len(drawn) == 3, "that which is asked for is there; at the other page nobody looks"
