"""Forms that part like neighbours on a page that lays itself out, and the stories that stand in them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.auto_pages import search_of, write_page
from printkit.makeup.page.entries import formed, forms_to_part
from printkit.makeup.page.laid import Laid
from printkit.makeup.tiling.board import Area
from printkit.model.edition import Place, Placement
from tests.support.setting import WHERE, article, story

PLAIN = story(article("一句话。", headline="短"), level=4)


@pytest.mark.parametrize(
    ("changes", "forms"),
    [
        ({}, ["tint", "vertical"]),
        ({"level": 2}, ["tint"]),
        ({"level": 1}, []),
        ({"frame": "box"}, []),
    ],
)
def test_which_stories_are_given_a_form(changes: dict[str, Any], forms: list[str]) -> None:
    found = formed(replace(PLAIN, **changes))
    assert [one.look.direction or one.frame for one in found] == forms


def test_a_story_in_a_form_closes_where_it_is_promised_and_is_placed_so(tmp_path: Path) -> None:
    search = search_of(write_page(tmp_path, "forms", 4, 0.9))
    names = [offer.story.id for offer in search.offers]
    tried = list(forms_to_part({offer.story.id: offer for offer in search.offers}, [(names[0], names[-1])]))
    assert {one.id for one in tried} == {names[-1]}, "the less important of the two"
    for one in tried:
        with search.formed(one):
            offer = next(offer for offer in search.offers if offer.story.id == one.id)
            piece = offer.piece()
            assert piece.form == (one.look.direction or one.frame)
            assert piece.shapes
            assert all(offer.closes(Area(0, 1, shape.columns, shape.rows)) for shape in piece.shapes)
        at = Place(1, 1, 2, 20, WHERE)
        given = replace(one, frame="none", look=PLAIN.look, placement=Placement())
        placed = Laid((), {one.anchor: at}, forms={one.anchor: one}).placed(given)
        assert (placed.frame, placed.look, placed.placement.at) == (one.frame, one.look, at)
    assert [offer.story.frame for offer in search.offers] == ["none"] * 4, "it was for a while"
