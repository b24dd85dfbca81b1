"""One-file cases: ``measure: 13`` and other options, the text, ``---``, the lines. The name tells the rule."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.line_checks import compose_twice

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
NUMBERS = ("measure", "indent_em", "han_latin_gap")


def read_case(path: Path) -> tuple[dict[str, Any], str, list[str]]:
    """Return options, text and expected lines; ``|`` ends a line where a blank was dropped."""
    head, _, expected = path.read_text(encoding="utf-8").partition("\n---\n")
    *options, text = [line for line in head.split("\n") if not line.startswith("#")]
    values: dict[str, Any] = {}
    for option in options:
        key, _, value = option.partition(": ")
        values[key] = float(value) if key in NUMBERS else value == "yes" if key == "hanging" else value
    return values, text, expected.rstrip("\n").split("\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    options, text, expected = read_case(path)
    lines = compose_twice(text, options.pop("measure"), **options)
    assert [line.text for line in lines] == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 40
