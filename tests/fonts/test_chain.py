"""Which face sets a character, and what is said of one that none has. The faces are made here, not installed."""

from collections.abc import Callable

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from printkit.fonts.metrics import GETA, SUPERIOR, StyleMetrics, chain_of, missing, scale_of, shape, units
from printkit.model.style import Face, TextStyle
from printkit.model.text import Run

Maker = Callable[[str, str, int], Face]


def square(size: int) -> object:
    """A square glyph."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, size))
    pen.lineTo((size, size))
    pen.lineTo((size, 0))
    pen.closePath()
    return pen.glyph()


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """A function that makes a face which has some characters, each `width` thousandths wide."""
    folder = tmp_path_factory.mktemp("fonts")

    def make(name: str, characters: str, width: int) -> Face:
        names = [".notdef", *(f"u{ord(c):x}" for c in characters)]
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap({ord(c): f"u{ord(c):x}" for c in characters})
        builder.setupGlyf({n: square(600) for n in names})
        builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 0)))
        builder.setupHorizontalHeader(ascent=880, descent=-120)
        builder.setupNameTable({"familyName": name, "styleName": "Regular"})
        builder.setupOS2()
        builder.setupPost()
        path = folder / f"{name}.ttf"
        builder.save(path)
        return Face(name, 400, str(path), 0)

    return make


@pytest.fixture(scope="module")
def chain(maker: Maker) -> tuple[Face, ...]:
    return maker("First", "甲乙 a", 1000), maker("Second", "乙丙〓—…，", 900), maker("Third", "丁\U00020bb7", 800)


def faces(text: str, chain: tuple[Face, ...]) -> list[str]:
    """The family that sets each cluster."""
    return [s.face.family for s in shape(text, chain)]


def test_the_first_face_that_has_a_character_sets_it(chain: tuple[Face, ...]) -> None:
    assert faces("甲乙丙丁\U00020bb7", chain) == ["First", "First", "Second", "Third", "Third"]
    assert faces("乙", chain[1:]) == ["Second"]


def test_advances_are_the_face_s_own(chain: tuple[Face, ...]) -> None:
    assert [s.advance for s in shape("甲丙丁", chain)] == [1000, 900, 800]
    assert "".join(s.text for s in shape("甲丙丁a乙", chain)) == "甲丙丁a乙"


def test_a_character_that_no_face_has_is_drawn_as_a_geta(chain: tuple[Face, ...]) -> None:
    found = shape("甲\U0002a6d6乙", chain)
    assert [s.missing for s in found] == [False, True, False]
    assert found[1].text == "\U0002a6d6"
    assert found[1].glyphs == shape(GETA, chain)[0].glyphs
    assert found[1].advance == 900


def test_without_a_geta_the_first_face_stands_in(maker: Maker) -> None:
    """Even then nothing fails; the glyph is .notdef, and the character is told."""
    alone = (maker("Alone", "甲", 1000),)
    found = shape("🦄", alone)
    assert [s.missing for s in found] == [True]
    assert missing("🦄", alone) == ("🦄",)


@pytest.mark.parametrize("text", ["🦄", "\U0002a6d6", "\ue000", "㍿", "ฉ", "ॐ"])
def test_missing_characters_are_told_once(text: str, chain: tuple[Face, ...]) -> None:
    assert missing(f"甲{text}乙{text}", chain) == (text,)


def test_blanks_joiners_and_selectors_are_never_missing(chain: tuple[Face, ...]) -> None:
    assert missing("甲 \u3000\u00a0乙\n\u200b\ufe0f\u200d\u0301\U000e0100", chain) == ()
    assert missing("", chain) == ()


def test_missing_keeps_the_order_of_the_text(chain: tuple[Face, ...]) -> None:
    assert missing("戊己戊甲庚", chain) == ("戊", "己", "庚")


def test_an_accent_stays_with_its_letter(chain: tuple[Face, ...]) -> None:
    assert "".join(s.text for s in shape("a\u0301", chain)) == "a\u0301"
    assert len({s.face for s in shape("a\u0301", chain)}) == 1


def test_a_style_sets_its_runs_with_their_own_chains(chain: tuple[Face, ...]) -> None:
    style = TextStyle("body", 9000, 12000, chain[:1], strong=chain[1:2], kai=chain[2:])
    assert chain_of(style, Run("甲")) == chain[:1]
    assert chain_of(style, Run("乙", strong=True)) == chain[1:2]
    assert chain_of(style, Run("丁", kai=True)) == chain[2:]
    bare = TextStyle("body", 9000, 12000, chain[:1])
    assert chain_of(bare, Run("乙", strong=True)) == chain[:1]


def test_metrics_are_mpt_at_the_run_s_size(chain: tuple[Face, ...]) -> None:
    metrics = StyleMetrics(TextStyle("body", 9000, 12000, chain))
    assert list(metrics.clusters("甲丙", Run(""))) == [("甲", 9000), ("丙", 8100)]
    assert list(metrics.clusters("甲", Run("", superior=True))) == [("甲", round(9000 * SUPERIOR))]
    assert scale_of(Run("", small=True)) < scale_of(Run(""))
    assert list(metrics.clusters("🦄", Run(""))) == [("🦄", 8100)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲乙", ["甲", "乙"]),
        ("第3名", ["第", "3", "名"]),
        ("用Python 3写", ["用", "Python", " ", "3", "写"]),
        ("甲——乙", ["甲", "——", "乙"]),
        ("……。", ["……", "。"]),
        ("e\u0301t", ["e\u0301t"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
    ],
)
def test_units_that_are_shaped_at_a_time(text: str, pieces: list[str]) -> None:
    assert list(units(text)) == pieces
