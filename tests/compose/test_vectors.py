"""The tables of other engines and of the standards. They lie beside the checkout; without them the tests are skipped.

A row that contradicts composition.md is named here with the clause and what the composer does instead.

Of LuaTeX-ja's four styles three are also ours; CCT is not (3.1 has it at 0.7 em a mark, and we do not offer it).
A row of its file is a pair of characters, with Han as one; class 6, boxbdd, is a line's edge and no character.
"""

import itertools
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from printkit.compose import FixedMetrics, compose_text, natural_widths, prepare
from printkit.compose.justify import set_line
from printkit.compose.text import EM
from printkit.model.style import Composition, Prohibition, Punctuation, TextStyle
from printkit.model.text import Run, plain

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"
LEVELS: tuple[Prohibition, ...] = ("none", "basic", "gb", "strict")


def read(name: str) -> Any:
    path = VECTORS / name
    if not path.exists():
        pytest.skip("no shared vectors beside the checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def test_prohibitions_of_clreq() -> None:
    checked = 0
    for mark in read("clreq-kinsoku.json")["marks"]:
        unit = mark["ch"] * 2 if mark["ch"] in "…⋯" else mark["ch"]
        wide = unit in ("……", "⋯⋯", "⸺")
        for level, fit in itertools.product(LEVELS, ("optimum", "first")):
            # A unit of two em needs one em more room than the templates give it.
            starts = compose_text(f"文文文{'文' * wide}{unit}字字字", 3 + wide, prohibition=level, fit=fit)  # type: ignore[arg-type]
            ends = compose_text(f"文文{unit}字字字", 3 + wide, prohibition=level, fit=fit)  # type: ignore[arg-type]
            at_start = any(line.text.startswith(unit) for line in starts)
            at_end = any(line.text.endswith(unit) for line in ends[:-1])
            no_start, no_end = (mark[key] and mark[key].lower() for key in ("no_start", "no_end"))
            if no_start and LEVELS.index(no_start) <= LEVELS.index(level):
                assert not at_start, (unit, level, fit)
            elif not wide:
                assert at_start, (unit, level, fit)
            if no_end and LEVELS.index(no_end) <= LEVELS.index(level):
                assert not at_end, (unit, level, fit)
            else:
                assert at_end, (unit, level, fit)
            checked += 1
    assert checked > 300


def test_strict_breaks_of_wpt() -> None:
    for row in read("wpt-zh-line-break.json")["cases"]:
        if "skip" in row:
            continue
        mark = row["ch"]
        lines = [line.text for line in compose_text(f"文文文文文文{mark}字字", 6.17, prohibition="strict")]
        expected = ["文" * 6, f"{mark}字字"] if row["start_ok"]["strict"] else ["文" * 5, f"文{mark}字字"]
        assert lines == expected


def test_trimmed_pairs_of_wpt() -> None:
    table = read("wpt-text-spacing-trim.json")
    for row in table["strings"]:
        # trim-all sets every mark half an em wide; that is banjiao here (3.1), and 国（国 keeps its blank in quanjiao.
        trim_all = row.get("mode") == "trim-all"
        if row["lang"] in ("zh-Hans", "any"):
            widths = natural_widths(row["input"], punctuation="banjiao" if trim_all else "quanjiao")
            half = [i for i, (char, width) in enumerate(zip(row["input"], widths, strict=True)) if width == 0.5]
            # W6 sets the interpunct half an em wide; CSS leaves it one em.
            assert [i for i in half if row["input"][i] != "・"] == [
                i for i in row["half"] if row["input"][i] != "・"
            ], row
    kinds = table["classes"]
    members = {
        "O": kinds["O"] + kinds["Q_open"],
        "C": kinds["C"] + kinds["R_close"] + kinds["D_dot"] + kinds["L_colon"] + kinds["S_semicolon"],
        "M": kinds["M_middle"],
    }
    for pattern in table["pair_patterns"]:
        for first, second in itertools.product(*(members[kind] for kind in pattern["pattern"])):
            widths = natural_widths(f"国{first}{second}国")[1:3]
            for mark, width, expected in zip((first, second), widths, pattern["widths"], strict=True):
                assert mark == "・" or width == {"H": 0.5, "F": 1.0}[expected], (first, second)


def test_trimmed_line_edges_of_wpt() -> None:
    for row in read("wpt-text-spacing-trim.json")["wraps"]:
        if "\n" not in row["input"]:
            assert [line.text for line in compose_text(row["input"], row["width_em"])] == row["lines"]


STYLES: tuple[Punctuation, ...] = ("quanjiao", "banjiao", "kaiming")
INTERPUNCT = {
    "quanjiao": {"0": 1000, "1": 1000, "2": 1000, "3": 1000, "4": 1000, "5": 1000, "7": 1000},
    "banjiao": {"0": 750, "1": 1000, "2": 750, "3": 750, "4": 1000, "5": 1000, "7": 1000},
    "kaiming": {"0": 500, "1": 1000, "2": 750, "3": 750, "4": 1000, "5": 1000, "7": 1000},
}
"""The box that stands for the blank before an interpunct, by the class before it: in banjiao and kaiming LuaTeX-ja
has no single width. Class 3, the interpunct itself, stands for its blank before Han."""
LEAST_BLANK = {"7": 250}
"""S5: LuaTeX-ja lets 、 keep a quarter of an em, and no other mark of the step."""
STOP_BLANK = {"4": 500}
"""S7: it freezes 。 (in kaiming ？！ too); ．, and in quanjiao and banjiao ？！, give all they have."""


class Deviation(NamedTuple):
    """Rows that contradict composition.md: every pair of a character of `first` and one of `second`.

    Both hold classes of LuaTeX-ja or characters; `ours` is the natural and the least width as composed.
    """

    styles: tuple[Punctuation, ...]
    first: str
    second: str
    ours: tuple[float, float]
    clause: str


_TIGHT: tuple[Punctuation, ...] = ("banjiao", "kaiming")
_STOP = "3.3: before an interpunct a stop drops its blank; LuaTeX-ja has both"
_HALF = "3.1: half an em for every mark, in kaiming but for stops; LuaTeX-ja sets 、 one em wide, unlike ，"
_SIDES = "W6: both sides of an interpunct are equal, whatever stands there; LuaTeX-ja has 1/8 em by Han, 1/4 here"
DEVIATIONS = (
    Deviation(STYLES, "4", "3", (1.25, 1.0), _STOP),
    Deviation(("banjiao",), "4", "1", (1.0, 1.0), "3.1: half an em for every mark; LuaTeX-ja sets 。 one em wide here"),
    Deviation(_TIGHT, "7", "0", (1.5, 1.5), _HALF),
    Deviation(_TIGHT, "7", "1", (1.0, 1.0), _HALF),
    Deviation(("kaiming",), "．", "0", (2.0, 1.5), "3.1: ． is one em wide, as 。 is; in LuaTeX-ja half an em"),
    Deviation(("kaiming",), "．", "1", (1.5, 1.0), "3.1: as before Han"),
    Deviation(_TIGHT, "3", "3", (1.25, 1.0), _SIDES),
    Deviation(_TIGHT, "3", "47", (1.125, 1.0), _SIDES),
    Deviation(_TIGHT, "3", "5", (1.625, 1.5), _SIDES),
)


def pair_widths(first: str, second: str, composition: Composition) -> tuple[float, float]:
    """Compose two characters, as wide as they are and as narrow as they get; in em."""
    style = TextStyle("body", EM, EM, composition=composition)
    material = prepare(plain(first + second), style, FixedMetrics(EM)).material
    wide, narrow = (set_line(material, 0, len(material.letters), measure) for measure in (4 * EM, 0))
    return wide.width / EM, narrow.width / EM


def test_pairs_of_luatexja() -> None:
    table = read("luatexja-jfm-zh.json")
    compared = 0
    found: dict[Deviation, int] = {}
    classes: set[tuple[str, str, str]] = set()
    for style in STYLES:
        rows = {row["cls"]: row for row in table[style] if row["width"]}
        members = [(kind, char) for kind, row in rows.items() for char in row["chars"] or "国"]
        known = {(f, s): one for one in DEVIATIONS if style in one.styles for f in one.first for s in one.second}
        for (a, first), (b, second) in itertools.product(members, repeat=2):
            natural, _, shrink = rows[a]["glue_to"].get(b, [0, 0, 0])
            natural += rows[a]["width"] + rows[b]["width"]
            composition = Composition(
                punctuation=style,
                interpunct=INTERPUNCT[style][a],
                least_blank=LEAST_BLANK.get(a, 0),
                stop_blank=STOP_BLANK.get(a, 0),
            )
            ours = pair_widths(first, second, composition)
            deviation = known.get((first, b)) or known.get((a, b))
            row = (style, first + second, ours, (natural, natural - shrink))
            compared += 1
            if deviation is None:
                assert ours == (natural, natural - shrink), row
            else:
                assert ours == deviation.ours != (natural, natural - shrink), row
                found[deviation] = found.get(deviation, 0) + 1
                classes.add((style, a, b))
    assert [one for one in DEVIATIONS if one not in found] == []
    assert (compared, sum(found.values()), len(classes)) == (6534, 116, 18)
    assert sum(found.values()) <= 0.03 * compared


def test_fixed_metrics_know_the_wide_and_the_narrow() -> None:
    widths = dict(FixedMetrics(1000).clusters("国A1，é——", Run("")))
    assert widths == {"国": 1000, "A": 500, "1": 500, "，": 1000, "é": 500, "——": 2000}
