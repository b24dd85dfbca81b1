"""Boxes and notices of any number and length in any slot: nothing is printed over text, below the slot or lost untold."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.diagnostics import SourceRef
from printkit.makeup.page.notices import fill_notices
from printkit.makeup.story.fill import fill
from printkit.model.article import Lines, Notice, Picture, StoryBox
from printkit.model.page import Ornament, TextBox
from tests.support.setting import LEADING, WHERE, article, copy, geometry, paragraphs, setter, slot, story

SETTER = setter()
BOXES = st.builds(
    lambda kind, length, seed, headline, place: StoryBox(
        kind, paragraphs(*copy(length, seed)), WHERE, Lines((headline,), WHERE) if headline else None, place
    ),
    st.sampled_from(["link", "after", "data", "related"]),
    st.integers(5, 500),
    st.integers(1, 50),
    st.sampled_from(["", "附文的标题", "一个很长很长的附文的标题" * 3]),
    st.sampled_from(["foot", "side", "inside"]),
)
NOTICES = st.builds(
    lambda length, seed, title: Notice(paragraphs(*copy(length, seed)), WHERE, title),
    st.integers(1, 200),
    st.integers(1, 9),
    st.sampled_from(["", "遗失声明"]),
)
PICTURE = Picture(Path("x.jpg"), (900, 600), SourceRef("lead.yaml", 5), "图注")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(BOXES, min_size=1, max_size=4),
    st.integers(1, 5),
    st.integers(6, 60),
    st.integers(0, 2000),
    st.integers(0, 2),
    st.sampled_from(["horizontal", "vertical"]),
)
def test_boxes(boxes: list[StoryBox], columns: int, lines: int, length: int, pictures: int, direction: str) -> None:
    # Each box has a place in the file of its own.
    given_boxes = tuple(replace(box, where=SourceRef("lead.yaml", 100 + n)) for n, box in enumerate(boxes))
    subject = article(*copy(length, 7), headline="标题一行", boxes=given_boxes, pictures=(PICTURE,) * pictures)
    place = slot(width=15 * columns, lines=lines, columns=columns, box_padding=4500, headline_direction=direction)
    made, told = fill(story(subject), place, geometry(place), SETTER)
    codes = {found.code for found in told}
    frames = [b.rect for b in made.boxes if isinstance(b, Ornament) and b.role.startswith("story-box")]
    others = [b.rect for b in made.boxes if not isinstance(b, Ornament)
              and not (isinstance(b, TextBox) and b.key.startswith("box"))]  # fmt: skip
    over = [
        (a, b) for a in frames for b in others if a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom
    ]
    assert not over or "makeup.box-too-tall" in codes
    words = [b.rect for b in made.boxes if isinstance(b, TextBox) and b.key.startswith("box")]
    assert all(any(f.y <= w.y < f.bottom and f.x <= w.x < f.right for w in words) for f in frames), "none is bare"
    assert len(frames) == len(boxes) or codes & {"makeup.box-too-tall", "makeup.overset"}
    assert all(box.rect.bottom <= made.rect.height + LEADING for box in made.boxes)


def test_a_box_of_which_no_line_finds_room_leaves_no_bare_rules() -> None:
    for place in ("foot", "side"):
        box = StoryBox("after", paragraphs(*copy(60, 3)), WHERE, Lines(("末梢",), WHERE), place)
        low = slot(width=30, lines=4, columns=2, box_padding=4500)
        made, told = fill(story(article(*copy(100, 7), headline="标题", boxes=(box,))), low, geometry(low), SETTER)
        assert {found.code for found in told} >= {"makeup.box-too-tall", "makeup.overset"}
        assert [b.role for b in made.boxes if isinstance(b, Ornament)] == ["overset"]


@settings(max_examples=80, deadline=None)
@given(st.lists(NOTICES, min_size=1, max_size=60), st.integers(1, 6), st.integers(4, 60), st.sampled_from(["", "启事"]))
def test_notices(notices: list[Notice], columns: int, lines: int, headline: str) -> None:
    subject = article(headline=headline, notices=tuple(notices))
    place = slot(width=15 * columns, lines=lines, columns=columns)
    made, told = fill_notices(story(subject), place, geometry(place), SETTER)
    assert (made.fit.over_lines > 0) == any(found.code == "makeup.notices-left-over" for found in told)
    assert sum(found.code == "makeup.underset" for found in told) == bool(made.fit.under_lines)
    rects = [box.rect for box in made.boxes if isinstance(box, TextBox)]
    assert all(rect.bottom <= made.rect.height + LEADING // 2 for rect in rects)
    assert len({(rect.x, rect.y) for rect in rects}) == len(rects)
    standing = sum(not c.isspace() for b in made.boxes if isinstance(b, TextBox) and b.key.startswith("notice")
                   and b.role != "notice-mark" for line in b.lines for c in line.text)  # fmt: skip
    assert standing == made.fit.characters - made.fit.over_characters
