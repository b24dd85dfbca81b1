"""Envelopes: every height that arithmetic promises is one at which the story really closes."""

import pytest

from printkit.makeup.frames import frame_of
from printkit.makeup.story.envelope import envelope
from printkit.makeup.story.fill import fill
from printkit.model.article import Article, Lines
from printkit.model.geometry import StoryStyle
from tests.support.setting import EM, LEADING, WHERE, article, copy, geometry, picture, setter, slot, story, styles


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
    frame = frame_of(shape, page, shape.type.frame)
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
    frame = frame_of(shape, geometry(shape), shape.type.frame)
    found = envelope(told, type_of(), frame, setter())
    lines = sum(len(setter().lines(p, type_of().roles["body"], 13 * EM)) for p in told.body)
    assert found[lines].cost == 0
    assert min(found.values(), key=lambda fill: fill.cost) == found[lines]
    assert all(height >= 5 for height in found)
