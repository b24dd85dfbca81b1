"""The composer as make-up uses it: nothing is prepared or set twice."""

from dataclasses import replace

from printkit.diagnostics import SourceRef
from printkit.model.text import plain
from tests.support.setting import EM, setter, styles


def test_equal_paragraphs_are_prepared_and_set_once_wherever_they_stand() -> None:
    compose, style = setter(), styles().roles["body"]
    text = plain("工会为职工服务。" * 20, SourceRef("a.yaml", 3))
    moved = replace(text, where=SourceRef("a.yaml", 4))
    assert compose.prepare(text, style) is compose.prepare(moved, style)
    assert compose.lines(text, style, 130_000) is compose.lines(moved, style, 130_000)


def test_marks_give_up_their_last_quarter_only_where_a_line_cannot_be_set_otherwise() -> None:
    body = styles().roles["body"]
    house = replace(body, composition=replace(body.composition, least_blank=250, stop_blank=250))
    compose, freer = setter(), 0
    for count in range(20, 60):
        text = plain("工会，职工，班组。" * (count // 9) + "工" * (count % 9) + "。")
        lines = compose.lines(text, house, 12 * EM)
        assert len(lines) < 2 or sum(map(str.isalnum, lines[-1].text)) > 1
        freer += lines != compose.prepare(text, house).compose(12 * EM)
    assert freer < 5
