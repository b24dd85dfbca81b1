"""Where a value stands in its file is told of it, and is no part of what it is."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from pathlib import Path

import pytest

import printkit.model
from printkit.source import read_edition

PAPER = "name: 某某工会报\n"
EDITION = "paper: paper.yaml\ndate: 2024-01-10\npages:\n- {number: 1, layout: front, stories: [{article: lead.yaml}]}\n"
ARTICLE = "headline: 工会服务职工\npull_quote: 一句\nbody: |\n  第一段。\n\n  | 甲 | 乙 |\n  |---|---|\n  | 一 | 二 |\n"


def places() -> Iterator[tuple[str, Field[object]]]:
    """Every field of the model's values that has a place in a file."""
    for module in pkgutil.iter_modules(printkit.model.__path__, "printkit.model."):
        for name, kind in vars(importlib.import_module(module.name)).items():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name:
                yield from ((f"{name}.{one.name}", one) for one in fields(kind) if "SourceRef" in str(one.type))


@pytest.mark.parametrize(("name", "place"), list(places()))
def test_no_place_is_compared(name: str, place: Field[object]) -> None:
    assert not place.compare, name


def test_an_article_is_the_same_under_a_line_of_comment(tmp_path: Path) -> None:
    (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
    (tmp_path / "edition.yaml").write_text(EDITION, encoding="utf-8")
    read = []
    for above in ("", "# 二校\n"):
        (tmp_path / "lead.yaml").write_text(above + ARTICLE, encoding="utf-8")
        read.append(read_edition(tmp_path / "edition.yaml")[0].pages[0].stories[0].article)
    first, second = read
    assert first == second
    assert hash(first) == hash(second)
    assert [one.body[0].where and one.body[0].where.line for one in read] == [4, 5]
