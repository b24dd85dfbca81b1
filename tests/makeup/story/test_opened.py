"""White before subheads: a column that would end above its foot is as long as the others."""

from dataclasses import replace
from typing import Any

from printkit.diagnostics import SourceRef
from printkit.makeup.frames import frame_of
from printkit.makeup.story.envelope import Envelope
from printkit.makeup.story.fill import fill
from printkit.model.article import Article
from printkit.model.page import MadeUpStory
from printkit.model.text import Kind, Paragraph, Run
from tests.support.setting import LEADING, article, copy, geometry, setter, slot, story, styles, texts

_TYPE: dict[str, Any] = {"ladder": (), "subhead_space": 1}
_OPEN: dict[str, Any] = {**_TYPE, "forms": (("subheads", 12),)}


def with_subheads() -> Article:
    """A story in which every third paragraph has a subhead over it."""
    plain = article(*copy(1100, 5), headline="七条意见谈成了")
    heads = (Paragraph((Run("先谈工时"),), Kind.SUBHEAD, SourceRef("lead.yaml", 90 + n)) for n in range(9))
    body = [one for n, text in enumerate(plain.body) for one in ([next(heads), text] if n % 3 == 1 else [text])]
    return replace(plain, body=tuple(body))


def made(lines: int, asked: dict[str, Any]) -> MadeUpStory:
    room = slot(lines=lines, **asked)
    return fill(story(with_subheads()), room, geometry(room), setter())[0]


def envelope_of(asked: dict[str, Any]) -> Envelope:
    room = slot(**asked)
    return Envelope(with_subheads(), styles(**asked), frame_of(room, geometry(room), room.type.frame), setter())


def test_columns_end_at_their_feet_where_subheads_have_a_line_more() -> None:
    plain, opened = (set(envelope_of(asked).exact) for asked in (_TYPE, _OPEN))
    assert plain < opened
    [height, *_] = opened - plain
    before, after = made(height, _TYPE), made(height, _OPEN)
    assert before.fit.under_lines
    assert not after.fit.under_lines + after.fit.over_lines
    feet = {box.rect.x: box.rect.bottom for box in texts(after, "body")}
    assert {foot // LEADING for foot in feet.values()} == {height}
    [step] = [one for one in after.fit.steps if one.text.startswith("white before subheads")]
    assert step.cost == 12 * before.fit.under_lines


def test_a_story_with_subheads_has_every_height_at_which_it_closes() -> None:
    exact = envelope_of(_OPEN).exact
    closed = [height for height in range(min(exact) - 3, max(exact) + 4) if not _amiss(made(height, _OPEN))]
    assert [*exact] == closed


def _amiss(one: MadeUpStory) -> int:
    return one.fit.over_lines + one.fit.under_lines
