"""What a page's template knows: the plain data that `templates.render` is given for a page and for a made-up story."""

from collections.abc import Mapping, Sequence
from typing import Any

from printkit.fonts.metrics import GETA, missing
from printkit.model.article import CORNER_ROLE, HEADINGS
from printkit.model.context import PageContext
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect
from printkit.model.page import MadeUpPage, MadeUpStory, Ornament, PictureBox, TextBox
from printkit.model.paper import Accent, Paper
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
        "emblem": "" if reprint else _emblem(page, look.pictures),
        "accent": accent_css(page.section.accent, look) if page.section and page.section.accent and not reprint else "",
        "red": page.is_red,
        "inks": look.inks,
        "sheet": _sheet(paper, look.margin),
        "edition": _edition(page),
        "page": {
            "number": page.number,
            "numbers": page.numbers,
            "name": page.name,
            "layout": page.layout,
            "duty": dict(page.duty),
        },
        "page_title": page.label,
        "first": page.is_first,
        "last": page.is_last,
        "right_hand": page.is_right_hand,
        "spread": page.is_spread and reprint is None,
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


def _emblem(page: PageContext, pictures: PictureMaker) -> str:
    """Return the address of the emblem in a page's folio; empty where it has none."""
    section = page.section
    if section is None or section.emblem is None:
        return ""
    box = PictureBox(Rect(0, 0, page.paper.page_width, 0), section.emblem, "", role="masthead", where=section.where)
    return pictures.uri(box)


_TINT = 0.1
"""Share of a section's colour in its tint: a little more than the built-in tint of black, since colours are lighter."""

_LEAST_TONE = 0.03
"""A tone under it does not print (`preflight.settings`); a tint leaves such an ink out."""


def accent_css(accent: Accent, look: Look) -> str:
    """Return a section's colour, and the tint made of it, as the declarations that a look takes."""
    if look.inks == "press":
        tint = [round(ink * _TINT, 3) for ink in accent.press]
        inks = accent.press, [ink if ink >= _LEAST_TONE else 0 for ink in tint]
        colour, light = (f"device-cmyk({' '.join(f'{ink:g}' for ink in one)})" for one in inks)
    else:
        parts = _channels(accent.screen)
        colour, light = accent.screen, "#" + "".join(f"{round(255 - (255 - part) * _TINT):02x}" for part in parts)
    dark = "" if _contrast_with_white(accent.screen) >= _LEAST_CONTRAST else ";--on-accent:var(--ink)"
    return f"--accent:{colour};--tint:{light}{dark}"


_LEAST_CONTRAST = 3.0
"""Of white letters on a colour, as large type asks (WCAG 2.2, 1.4.3): on a lighter one stands ink, in every look."""


def _contrast_with_white(screen: str) -> float:
    channels = [part / 255 for part in _channels(screen)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def _channels(screen: str) -> tuple[int, ...]:
    """Return red, green and blue of ``#0b4f8a`` or ``#05a``."""
    digits = screen[1:] if len(screen) == 7 else "".join(2 * digit for digit in screen[1:])
    return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))


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
    if made.story.frame == "reverse" and (band := _band(made, slot.rect)):
        boxes.append({"kind": "ornament", "role": "head-band", "text": "", "style": _placed(band, x, y)})
    for index, box in enumerate(made.boxes):
        view: dict[str, Any] = {"role": classes(box.role), "style": _placed(box.rect, x, y)}
        if isinstance(box, TextBox):
            view["role"] += f" on-picture in-{box.on_picture}" if box.on_picture else ""
            view |= {"kind": "text", "src": address[index], "alt": f"pk:{made.story.anchor}:{box.key}:{box.role}"}
            place = (box.rect.x + x, box.rect.y + y, box.rect.width, box.rect.height)
            view["at"] = " ".join(f"{length / 1000:.3f}" for length in place)
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
            if box.is_drawing and box.role != "ad":
                view["role"] += " drawing"
        elif isinstance(box, Ornament):
            view |= {"kind": "ornament", "text": box.text}
        boxes.append(view)
    return {
        "id": made.story.anchor,
        "level": made.story.level,
        "frame": made.story.frame,
        "corner": _corner(made.story, page.geometry),
        "look": made.story.look.css,
        "title": made.story.title,
        "boxes": boxes,
        "height": "0" if slot.many else css(_framed(made, page.geometry).height),
    }


def _corner(story: Story, geometry: PageGeometry) -> str:
    """Return what stands in the rule of a story's frame, with 〓 for what no font has."""
    if not story.corner:
        return ""
    lost = missing(story.corner, geometry.style(story).roles[CORNER_ROLE].chain)
    return "".join(GETA if char in lost else char for char in story.corner)


_REVERSED = ("kicker", "headline", "deck")


def _band(made: MadeUpStory, slot: Rect) -> Rect | None:
    """Return what lies under a reversed head: to the edges of its slot, where its frame is, and half its own white under it."""
    heads = [box.rect for box in made.boxes if isinstance(box, TextBox) and box.role in _REVERSED]
    if not heads:
        return None
    foot = max(rect.bottom for rect in heads)
    left, top = slot.x - made.rect.x, slot.y - made.rect.y
    right = left + slot.width
    if any(box.turns for box in made.boxes if isinstance(box, TextBox)):  # a vertical head has its own side
        left, right = min(rect.x for rect in heads) - _BESIDE, max(rect.right for rect in heads) + _BESIDE
    below = [box.rect.y for box in made.boxes if not isinstance(box, TextBox) or box.role not in _REVERSED]
    below = [y for y in below if y >= foot]
    lowest = (foot + min(below)) // 2 if below else foot
    return Rect(left, top, right - left, min(lowest, foot + _BESIDE) - top)


_BESIDE = 6000
"""mpt of colour at most beside a vertical head and under every head."""


def _framed(made: MadeUpStory, geometry: PageGeometry) -> Rect:
    """Return what a story's frame is drawn round: of a common head all that stands under it, too."""
    return (geometry.slots[made.story.slot] if made.story.is_common_head else made.slot(geometry)).rect


def _placed(rect: Rect, x: int, y: int) -> str:
    return f"left:{css(rect.x + x)};top:{css(rect.y + y)};width:{css(rect.width)};height:{css(rect.height)}"
