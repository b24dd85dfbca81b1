"""An automatic page measures stories before they have a place: in type and length they are what they will be there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.makeup.frames import draw_in
from printkit.makeup.story.envelope import envelope
from printkit.model.context import PageContext
from printkit.model.edition import Placement, Story
from printkit.model.geometry import NO_SLOT, Rect
from printkit.pipeline.assign import assigned_pages
from printkit.pipeline.measure import measured
from printkit.pipeline.run import Run
from tests.support.papers import write_paper

COPY: dict[str, Any] = {
    "kicker": "引题",
    "headline": "车间里的课堂",
    "deck": "副题",
    "byline": [{"role": "本报记者", "name": "甲某"}],
    "body": "车间里的灯亮到很晚，工会的热水也一直烧着。" * 30,
    "optional": ["deck"],
}
HOUSE = ".tile .body { font-size: 8.8pt } .frame-box { padding: 1em } .level-2 { --headline-space: 1 3 }"
"""What a style says of the stories of an automatic page alone."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, PageContext, tuple[Story, ...]]:
    """An automatic page with a story of each of two levels and frames in its place."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "house.css").write_text(HOUSE, encoding="utf-8")
    stories: list[dict[str, Any]] = [
        {
            "article": "articles/a.yaml",
            "id": f"s{level}",
            "level": level,
            "frame": frame,
            "at": {"column": 1, "row": 1 + 40 * n, "columns": 3, "rows": 40},
        }
        for n, (level, frame) in enumerate(((2, "none"), (4, "box")))
    ]
    paper = {"stylesheets": ["house.css"]}
    run = Run(cache=False)
    edition = run.read(write_paper(folder, {"a": COPY}, layout="auto", paper=paper, stories=stories)).edition
    [assigned], _ = assigned_pages(edition, run.pages())
    return run, assigned.context, assigned.stories


@pytest.mark.parametrize("beside", [False, True])
def test_their_type_is_that_of_their_place(page: tuple[Run, PageContext, tuple[Story, ...]], beside: bool) -> None:
    run, context, placed = page
    waiting = [replace(story, placement=Placement()) for story in placed]
    there, _ = measured(run, context, {story.slot: [story] for story in placed})
    others = {story.slot: [story] for story in placed} if beside else {}
    before, _ = measured(run, context, {**others, NO_SLOT: waiting})
    assert NO_SLOT not in before.slots
    assert before.grid == there.grid
    assert before.slots == (there.slots if beside else {})
    types = [before.style(story) for story in waiting]
    assert types == [there.style(story) for story in placed]
    assert types[0] != types[1]
    assert {one.roles["body"].size for one in types} == {8800}
    assert types[1].frame.left > 0


def test_the_heights_that_they_fill_are_those_of_their_place(page: tuple[Run, PageContext, tuple[Story, ...]]) -> None:
    run, context, placed = page
    waiting = [replace(story, placement=Placement()) for story in placed]
    there, _ = measured(run, context, {story.slot: [story] for story in placed})
    before, _ = measured(run, context, {NO_SLOT: waiting})
    grid = before.grid
    for one, other in zip(waiting, placed, strict=True):
        for columns in (1, 2, 3):
            width = columns * (grid.column + grid.gutter) - grid.gutter
            frame = draw_in(Rect(grid.main.x, grid.main.y, width, grid.main.height), columns, grid)
            found = envelope(one.article, before.style(one), frame, run.composer())
            assert found, (one.id, columns)
            assert found == envelope(other.article, there.style(other), frame, run.composer())


def test_a_layout_with_slots_has_no_place_for_them(tmp_path: Path) -> None:
    run = Run(cache=False)
    edition = run.read(write_paper(tmp_path, {"a": COPY}, layout="feature")).edition
    [assigned], _ = assigned_pages(edition, run.pages())
    waiting = [replace(story, placement=Placement()) for story in assigned.stories]
    geometry, _ = measured(run, assigned.context, {NO_SLOT: waiting})
    assert geometry.styles == {}
