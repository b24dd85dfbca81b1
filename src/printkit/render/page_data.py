"""What a page's template knows: the plain data that `templates.render` is given for a page and for a made-up story."""

from collections.abc import Mapping, Sequence
from typing import Any

from printkit.model.article import HEADINGS
from printkit.model.context import PageContext
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect
from printkit.model.page import MadeUpPage, MadeUpStory, Ornament, PictureBox, TextBox
from printkit.model.paper import Paper
from printkit.render.links import link_boxes
from printkit.render.look import Look
from printkit.render.picture_maker import PictureMaker
from printkit.render.reprint import ReprintPage
from printkit.render.slots import classes
from printkit.render.templates import Defaults
from printkit.units import css

_PAPER = (
    "name", "masthead", "subtitle", "issn_cn", "publisher", "address", "postcode", "phone", "price", "postal_code",
    "printer", "ad_licence", "pinyin", "supervisor", "sponsor", "chief_editor", "printer_address", "website", "permit",
    "recipients", "print_run", "site_address", "language", "page_size", "page_width", "page_height",
)  # fmt: skip


def page_data(
    page: PageContext, slots: Defaults, look: Look, sheets: Sequence[str], reprint: ReprintPage | None
) -> dict[str, Any]:
    """Return what `page.html.j2` is given.

    Args:
        page: the page.
        slots: the first story of each slot that is used, as `slot_data` tells it.
        look: how the page is drawn.
        sheets: addresses of the style sheets in order.
        reprint: what an A4 page of a reprint shows round its story.
    """
    paper = page.paper
    return {
        "paper": paper_data(paper),
        "masthead_image": _masthead(paper, look.pictures),
        "inks": look.inks,
        "sheet": _sheet(paper, look.margin),
        "edition": _edition(page),
        "page": {
            "number": page.number,
            "name": page.name,
            "layout": page.layout,
            "duty": dict(page.duty),
        },
        "page_title": page.label,
        "first": page.is_first,
        "last": page.is_last,
        "right_hand": page.is_right_hand,
        "slots": slots,
        "reprint": reprint,
        "stylesheets": sheets,
    }


def paper_data(paper: Paper) -> dict[str, Any]:
    """Return what templates know of a paper."""
    return {name: getattr(paper, name) for name in _PAPER}


def _edition(page: PageContext) -> dict[str, Any]:
    return {
        "date": page.date.isoformat(),
        "date_text": page.date_words,
        "weekday": page.weekday,
        "lunar": page.lunar,
        "issue": page.issue,
        "pages": [{"number": number, "name": name} for number, name in page.pages],
        "index": [{"id": entry.target, "title": entry.title, "page": entry.page} for entry in page.index],
    }


def _masthead(paper: Paper, pictures: PictureMaker) -> str:
    """Return the address of the masthead's picture, which is at most as wide as the page; empty where it is text."""
    if paper.masthead_file is None:
        return ""
    box = PictureBox(
        Rect(0, 0, paper.page_width, 0), paper.masthead_file, paper.name, role="masthead", where=paper.where
    )
    return pictures.uri(box)


def _sheet(paper: Paper, margin: int) -> dict[str, int]:
    """Return the sheet that a page is drawn on, mpt: the trimmed page with its margin on each side."""
    return {"width": paper.page_width + 2 * margin, "height": paper.page_height + 2 * margin, "margin": margin}


# --- stories ----------------------------------------------------------------------------------------------


def slot_data(stories: Mapping[str, Sequence[Story]]) -> Defaults:
    """Return the first story of each slot that is used; any other slot has none."""
    return Defaults({slot: _in_slot(members[0]) for slot, members in stories.items() if members}, None)


ANY_SLOT = Defaults({}, Defaults({}, ""))
"""Has a story in any slot that is asked for: so a layout shows all the slots that it can have."""


def _in_slot(story: Story) -> dict[str, Any]:
    written = story.article.headings
    words = {role: written[role].text if role in written else "" for role in HEADINGS}
    return {"id": story.anchor, "title": story.title, "level": story.level, "frame": story.frame, **words}


def story_data(
    made: MadeUpStory, page: MadeUpPage, address: Mapping[int, str], pictures: PictureMaker
) -> dict[str, Any]:
    """Return what `shared/story.html.j2` writes of a story.

    Args:
        made: the story.
        page: its page.
        address: of each piece of composed text, by the place of its box in the story.
        pictures: says what picture boxes show.
    """
    slot = made.slot(page.geometry)
    x = made.rect.x - slot.rect.x - made.insets.left
    y = made.rect.y - slot.rect.y - made.insets.top
    boxes: list[dict[str, Any]] = []
    for index, box in enumerate(made.boxes):
        view: dict[str, Any] = {"role": classes(box.role), "style": _placed(box.rect, x, y)}
        if isinstance(box, TextBox):
            view |= {"kind": "text", "src": address[index], "alt": f"pk:{made.story.anchor}:{box.key}:{box.role}"}
            view["links"] = [
                {"href": href, "run": run, "style": _placed(rect, x, y)} for href, run, rect in link_boxes(box)
            ]
        elif isinstance(box, PictureBox):
            view |= {
                "kind": "picture",
                "src": pictures.uri(box),
                "alt": box.alt or made.story.title,
                "focus": f"{box.focus[0]:.2%} {box.focus[1]:.2%}",
            }
        elif isinstance(box, Ornament):
            view |= {"kind": "ornament", "text": box.text}
        boxes.append(view)
    return {
        "id": made.story.anchor,
        "level": made.story.level,
        "frame": made.story.frame,
        "look": made.story.look.css,
        "title": made.story.title,
        "boxes": boxes,
        "height": "0" if slot.many else css(_framed(made, page.geometry).height),
    }


def _framed(made: MadeUpStory, geometry: PageGeometry) -> Rect:
    """Return what a story's frame is drawn round: of a common head all that stands under it, too."""
    return (geometry.slots[made.story.slot] if made.story.is_common_head else made.slot(geometry)).rect


def _placed(rect: Rect, x: int, y: int) -> str:
    return f"left:{css(rect.x + x)};top:{css(rect.y + y)};width:{css(rect.width)};height:{css(rect.height)}"
