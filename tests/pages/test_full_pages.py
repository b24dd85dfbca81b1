"""Every page of the samples is full: of its cells at most one in two hundred holds nothing (issue 4, «Shown by»)."""

import pytest

from tests.support.full import MOST, empty_cells
from tests.support.papers import Built, pages_of

ROWS_OVERHEAD = {"front": 13, "front-b": 16, "spread": 15}
"""Rows of a page above its lead: masthead, 报眼, dateline, and the index where it stands in a strip; the head of a spread."""


@pytest.mark.parametrize("name", ["tabloid", "broadsheet", "weekly"])
def test_the_pages_of_the_samples_are_full(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    for index, made in enumerate(pages_of(built.source)):
        assert not made.over_lines
        assert not made.under_lines
        first = ROWS_OVERHEAD.get(made.page.layout, 0)
        empty, cells = empty_cells(built.pdf(), index, made, first)
        assert cells > 300
        assert len(empty) <= MOST * cells, (made.page.number, empty)


def test_a_short_story_leaves_cells_that_are_found(tabloid: Built) -> None:
    """The measure itself: a page made up for more copy than the PDF holds has cells that nothing fills."""
    pages = pages_of(tabloid.source)
    empty, cells = empty_cells(tabloid.pdf(), 0, pages[3])
    assert len(empty) > MOST * cells
