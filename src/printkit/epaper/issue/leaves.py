"""What the full view of a page loads when it is opened: all pages of the issue, their pictures, pieces and hot areas.

It is a script, since nothing else can be loaded from a folder on a stick, and it is not loaded before somebody asks for
the view: the first sight of a page stays as light as its picture.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from printkit.epaper import names
from printkit.epaper.issue.areas import areas, points
from printkit.epaper.issue.facts import Issue
from printkit.epaper.issue.media import SitePicture, Tiles
from printkit.epaper.scripts import script_value
from printkit.model.edition import page_label
from printkit.model.page import MadeUpPage


def pages_script(
    issue: Issue,
    made: Sequence[MadeUpPage],
    sheets: Mapping[str, tuple[SitePicture, SitePicture]],
    tiles: Mapping[str, Tiles],
) -> bytes:
    """Return the pages of an issue as ``styles/viewer.js`` takes them; addresses are from the issue's folder."""
    titles = {story.id: story.headline for story in issue.stories}
    told = []
    for page in made:
        number = page.page.number
        large, (picture, thumbnail) = tiles[number], sheets[number]
        shown: dict[str, Any] = {
            "label": page_label(number, page.page.name),
            "href": quote(names.page_view(number)),
            "spread": page.page.is_spread,
            "size": [page.geometry.width / 1000, page.geometry.height / 1000],
            "webp": [[quote(source.path), source.width] for source in picture.webp],
            "jpg": [[quote(source.path), source.width] for source in picture.jpg],
            "small": quote(thumbnail.jpg[0].path),
            "tiles": {
                "size": [large.width, large.height],
                "side": large.side,
                "rows": [[quote(name) for name in row] for row in large.names],
            },
            "areas": [
                [
                    area.story,
                    quote(names.story_view(area.story)),
                    titles[area.story],
                    [points(p) for p in area.polygons],
                ]
                for area in areas(page)
            ],
        }
        told.append(shown)
    return f"printkitPages({script_value(told)});\n".encode()
