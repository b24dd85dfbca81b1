"""Subsets: outlines stay, numbers have no gaps, and a CID-keyed font names each glyph by its own number."""

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from printkit.diagnostics import InputError, SourceRef
from printkit.fonts.subset import _READY, make_ready, subset
from tests.support.fonts import COUNT, write_cid_keyed, write_truetype


@pytest.fixture
def truetype(tmp_path: Path) -> Path:
    return write_truetype(tmp_path / "made.ttf")


@pytest.fixture
def cid_keyed(tmp_path: Path) -> Path:
    return write_cid_keyed(tmp_path / "made.otf")


def outlines(data: bytes) -> dict[int, list[Any]]:
    """The outline of every glyph that has one, by id."""
    font = TTFont(io.BytesIO(data))
    glyphs = font.getGlyphSet()
    found = {}
    for gid, name in enumerate(font.getGlyphOrder()):
        pen = RecordingPen()
        glyphs[name].draw(pen)
        if pen.value:
            found[gid] = pen.value
    return found


@pytest.mark.parametrize("kind", ["truetype", "cid_keyed"])
def test_a_subset_keeps_outlines_and_numbers_them_without_gaps(kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    whole = outlines(path.read_bytes())
    made = subset(str(path), 0, {3, 17, 30})
    assert made.numbers == {0: 0, 3: 1, 17: 2, 30: 3}
    found = outlines(made.data)
    assert found == {new: whole[old] for old, new in made.numbers.items()}


def test_a_subset_is_the_same_twice_and_whatever_the_order(truetype: Path) -> None:
    first = subset(str(truetype), 0, {5, 2, 9})
    assert first == subset(str(truetype), 0, {9, 5, 2})


def test_a_subset_drops_what_a_pdf_needs_not(truetype: Path) -> None:
    tables = set(TTFont(io.BytesIO(subset(str(truetype), 0, {1}).data)).keys())
    assert tables.isdisjoint({"GSUB", "GPOS", "GDEF", "name", "meta", "DSIG"})
    assert {"glyf", "loca", "head", "hmtx", "maxp"} <= tables


def charset(data: bytes) -> list[str]:
    """The names by glyph id that the CFF table itself gives."""
    names: list[str] = TTFont(io.BytesIO(data))["CFF "].cff.topDictIndex[0].charset
    return names


def test_a_cid_keyed_font_is_mended(cid_keyed: Path) -> None:
    """A PDF names glyphs by CID: glyph 2 must be CID 2, not what Adobe-GB1 calls it."""
    assert charset(cid_keyed.read_bytes())[3] == "cid00016"
    mended = subset(str(cid_keyed), 0, {3, 17}).data
    assert charset(mended) == [".notdef", "cid00001", "cid00002"]


@pytest.mark.parametrize("kind", ["truetype", "cid_keyed"])
def test_a_subset_taken_from_a_larger_one_is_the_same(kind: str, request: pytest.FixtureRequest) -> None:
    path = str(request.getfixturevalue(kind))
    wanted = {3, 17, 30}
    alone = subset(path, 0, wanted)
    make_ready(path, 0, {2, *wanted, 35})
    assert subset(path, 0, wanted) == alone
    assert subset(path, 0, {1, 3}) != alone, "a glyph that was not made ready comes from the whole font"


def test_a_larger_one_takes_in_what_little_it_lacks(truetype: Path) -> None:
    path = str(truetype)
    alone = subset(path, 0, {3, 17, 30})
    make_ready(path, 0, {3, 17})
    make_ready(path, 0, {30})
    assert {3, 17, 30} <= _READY[path, 0][0].numbers.keys()
    assert subset(path, 0, {3, 17, 30}) == alone


def test_a_font_whose_tables_are_broken_is_told_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"\0\1\0\0\0\1" + bytes(6) + b"post" + struct.pack(">III", 0, 28, 32) + b"\xff" * 32)
    with pytest.raises(InputError) as raised:
        subset(str(path), 0, {1})
    (told,) = raised.value.diagnostics
    assert (told.code, told.where) == ("fonts.broken", SourceRef(str(path)))


@pytest.mark.parametrize("take", [subset, make_ready])
def test_a_font_that_names_a_glyph_it_has_not_is_told_by_its_file(take: Callable[..., object], truetype: Path) -> None:
    with pytest.raises(InputError) as raised:
        take(str(truetype), 0, {1, COUNT})
    (told,) = raised.value.diagnostics
    assert (told.code, told.where) == ("fonts.broken", SourceRef(str(truetype)))
