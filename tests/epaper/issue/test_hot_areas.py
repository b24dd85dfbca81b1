"""Every hot area holds the glyphs of its story as the page's PDF draws them, and no other's."""

import re

import pytest

from printkit.epaper import names
from printkit.epaper.issue.areas import Polygon, areas
from printkit.makeup.lint.places import on_page
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, TextBox
from tests.support.checks import page_glyphs
from tests.support.issues import MadeIssue

SAMPLES = pytest.mark.parametrize("sample", ["tabloid_issue", "broadsheet_issue"])
Place = tuple[float, float]


def holds(polygon: Polygon, place: Place) -> bool:
    """Tell whether a point lies inside: a ray to the right crosses the outline an odd number of times."""
    x, y = place
    crossings = 0
    for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def text_of(made: MadeUpPage) -> dict[str, list[Rect]]:
    """Return the boxes of composed text of each story on the page, advertisements left out."""
    found: dict[str, list[Rect]] = {}
    for story in made.stories:
        if not story.story.ad:
            boxes = [on_page(box, story) for box in story.boxes if isinstance(box, TextBox)]
            found.setdefault(story.story.id, []).extend(boxes)
    return found


def inside(rect: Rect, place: Place) -> bool:
    return rect.x <= place[0] <= rect.right and rect.y <= place[1] <= rect.bottom


@SAMPLES
def test_areas_hold_the_glyphs_of_their_story_and_no_other(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    seen = 0
    for made in issue.pages:
        shapes = {area.story: area.polygons for area in areas(made)}
        boxes = text_of(made)
        pdf = issue.made.files[names.page_pdf(issue.edition.date, made.page.number)]
        for glyph in page_glyphs(pdf):
            place = (glyph.left + glyph.right) * 500, (glyph.top + glyph.bottom) * 500  # its middle, mpt
            owners = {story for story, rects in boxes.items() if any(inside(rect, place) for rect in rects)}
            areas_there = {s for s, polygons in shapes.items() if any(holds(p, place) for p in polygons)}
            assert len(areas_there) <= 1, (made.page.number, glyph.char, place, areas_there)
            if owners:
                assert areas_there == owners, (made.page.number, glyph.char, place)
                seen += 1
    assert seen > 3000


@SAMPLES
def test_every_area_leads_to_a_view_that_is_there(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    for made in issue.pages:
        html = issue.html(names.page_view(made.page.number))
        shown = re.findall(r'<a href="([^"]+)" id="area-([^"]+)" data-story="\2" tabindex="-1">', html)
        assert [story for _, story in shown] == [area.story for area in areas(made)]
        assert all(href in issue.made.files for href, _ in shown)
        drawn = [tuple(map(float, corner)) for corner in re.findall(r"([\d.]+),([\d.]+)", html.split("<svg")[1])]
        corners = [corner for area in areas(made) for polygon in area.polygons for corner in polygon]
        assert drawn == [pytest.approx((x / 1000, y / 1000), abs=0.01) for x, y in corners]
        assert f'viewBox="0 0 {made.geometry.width / 1000:g} {made.geometry.height / 1000:g}"' in html


def test_an_advertisement_is_in_the_picture_alone(tabloid_issue: MadeIssue) -> None:
    ads = [s.story for made in tabloid_issue.pages for s in made.stories if s.story.ad]
    assert ads
    for ad in ads:
        assert names.story_view(ad.id) not in tabloid_issue.made.files
        assert all(f"area-{ad.id}" not in tabloid_issue.html(f"{n:02}.html") for n in range(1, 5))
        assert ad.id not in {story.id for story in tabloid_issue.made.issue.stories}


def test_a_story_that_goes_on_has_an_area_on_both_pages(tabloid_issue: MadeIssue) -> None:
    assert 'id="area-contest"' in tabloid_issue.html("01.html")
    assert 'id="area-contest"' in tabloid_issue.html("03.html")
    assert "下转第03版" in tabloid_issue.html("01.html")
    assert "上接第01版" in tabloid_issue.html("03.html")
