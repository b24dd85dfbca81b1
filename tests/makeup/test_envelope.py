"""Envelopes: every height that arithmetic promises is one at which the story really closes."""

import pytest
from setting import EM, LEADING, WHERE, article, geometry, picture, setter, slot, story, styles

from printkit.makeup.envelope import LEAST_LEG, envelope
from printkit.makeup.frames import frame_of
from printkit.makeup.story import fill
from printkit.model.article import Article, Lines
from printkit.model.geometry import StoryStyle

SENTENCES = (
    "工会干事把表格一张张摊开，请大家先看第三栏。",
    "夜班的灯亮着，热水也烧着。",
    "她说，手册上的字太小，老师傅看不清，应当再印一版大字的，贴在机床边上。",
    "“能修的先修，能换的就换。”班长答应得很痛快，",
    "第二天一早，电工就带着梯子来了；中午时分，整条走廊都亮堂起来。",
    "协商会定在周四下午，企业方来了三个人，职工代表来了九个人，",
    "会开到傍晚，一共谈成了七条。",
)


def copy(characters: int, seed: int) -> tuple[str, ...]:
    """Invented copy of about so many characters, in paragraphs of newspaper length."""
    texts: list[str] = []
    length, turn = 0, seed
    while length < characters:
        turn = turn * 75 % 65_537 + seed
        text = "".join(SENTENCES[(turn // (n + 1)) % len(SENTENCES)] for n in range(2 + turn % 5))
        text = text.rstrip("，；") + ("" if text[-1] in "。”" else "。")
        texts.append(text[: characters - length] if length + len(text) > characters else text)
        length += len(texts[-1])
    return tuple(texts)


def piece(seed: int, *, pictured: bool) -> Article:
    """A story of some hundred characters, with or without a picture."""
    texts = copy(600 + 97 * seed, seed)
    shown = (picture(300, 200, columns=2),) if pictured else ()
    return article(
        *texts,
        headline="七条意见谈成了",
        pictures=shown,
        deck=Lines(("夜班职工有了新约定",), WHERE),
        optional=("deck",),
    )


def type_of() -> StoryStyle:
    return styles(headline_space=(1, 3))


@pytest.mark.parametrize("pictured", [False, True])
@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_height_of_an_envelope_closes(seed: int, columns: int, pictured: bool) -> None:
    told = piece(seed, pictured=pictured)
    compose = setter()
    width = columns * 13 + (columns - 1) * 2
    shape = slot(width, 200, columns, headline_space=(1, 3))
    page = geometry(shape)
    frame = frame_of(shape, page, shape.styles[1, "none"].frame)
    found = envelope(told, type_of(), frame, compose)
    assert found, "a story has heights at which it is full"
    for height in found:
        tall = slot(width, height, columns, headline_space=(1, 3))
        made, _ = fill(story(told), tall, geometry(tall), compose)
        assert (made.fit.over_lines, made.fit.under_lines) == (0, 0), (height, found[height])
        assert made.rect.height == height * LEADING


def test_the_plainest_height_is_the_cheapest() -> None:
    told = article(*copy(800, 3))
    shape = slot(13, 200, 1)
    frame = frame_of(shape, geometry(shape), shape.styles[1, "none"].frame)
    found = envelope(told, type_of(), frame, setter())
    lines = sum(len(setter().lines(p, type_of().roles["body"], 13 * EM)) for p in told.body)
    assert found[lines].cost == 0
    assert min(found.values(), key=lambda fill: fill.cost) == found[lines]
    assert all(height >= LEAST_LEG for height in found)
