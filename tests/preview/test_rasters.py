"""Pages as pictures: what is drawn before anybody asks for it, and what is not drawn twice."""

from dataclasses import replace

import pytest

from printkit.preview import rasters
from printkit.preview.desk import Sheet


def test_whoever_looks_at_a_page_has_its_next_picture_drawn_as_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[bytes, int]] = []
    monkeypatch.setattr(rasters, "page_png", lambda pdf, width: drawn.append((pdf, width)) or b"PNG")  # type: ignore[func-returns-value]
    made, sheet = rasters.Rasters(), Sheet("1", "", 1, pdf=b"old")
    made.ahead(sheet)
    made.png(sheet, 1400)
    assert drawn == [(b"old", 1400)], "that which is asked for is there"
    made.png(sheet, 1800)
    made.png(sheet, 240)
    made.ahead(new := replace(sheet, revision=2, pdf=b"new"))
    made.png(new, 1800)
    assert drawn[3:] == [(b"new", 1800)]
    made.ahead(Sheet("2", ""))
    assert len(drawn) == 4, "there is no such page yet"
