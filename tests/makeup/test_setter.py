"""The composer as make-up uses it: nothing is prepared or set twice."""

from dataclasses import replace

from printkit.diagnostics import SourceRef
from printkit.model.text import plain
from tests.support.setting import setter, styles


def test_equal_paragraphs_are_prepared_and_set_once_wherever_they_stand() -> None:
    compose, style = setter(), styles().roles["body"]
    text = plain("工会为职工服务。" * 20, SourceRef("a.yaml", 3))
    moved = replace(text, where=SourceRef("a.yaml", 4))
    assert compose.prepare(text, style) is compose.prepare(moved, style)
    assert compose.lines(text, style, 130_000) is compose.lines(moved, style, 130_000)
