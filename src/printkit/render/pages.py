"""Pages as HTML: the Jinja2 layouts, with probes for measuring or with made-up stories for drawing.

A layout is the editor's own HTML; printkit writes into it only at elements with `data-slot`, at ``<main>``
when the body's size is fitted, and into ``<main data-makeup="auto">``. A paper's own `layouts/` and `styles/`
come before the built-in ones, file by file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jinja2

from printkit.diagnostics import Diagnostic, InputError, Say, near
from printkit.makeup.page.round import notch_of, parts_of
from printkit.model.context import PageContext
from printkit.model.edition import Story
from printkit.model.geometry import NO_SLOT, StyleKey
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox
from printkit.render import rules
from printkit.render.look import SCREEN, Look
from printkit.render.page_data import ANY_SLOT, page_data, paper_data, slot_data, story_data
from printkit.render.reprint import REPRINT_LAYOUTS, ReprintPage
from printkit.render.slots import Openings, group, probes, roles_of, share, tile, tile_without_place, with_style
from printkit.render.stylesheets import stylesheets
from printkit.render.templates import Defaults, Note, ignore, layout_roots, render
from printkit.units import css

_LEAD = 1
"""The level of a page's lead."""

Slots = Mapping[str, Sequence[Story]]
"""The stories of a page by slot."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as its template shows it: the slots in order, whether the body is fitted, whether it is automatic."""

    slots: Mapping[str, bool]
    """Each slot's name, and whether it takes several stories."""
    fits_body: bool = False
    auto: bool = False
    index: bool = False
    """Whether it shows the index of other pages (导读)."""
    spread: bool = False
    """Whether it is for two facing pages as one sheet (跨版)."""


@dataclass(frozen=True, slots=True)
class ComposedText:
    """A piece of composed text on a page: the story and the box that it is of."""

    made: MadeUpStory
    box: TextBox


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders pages in one look."""

    look: Look = SCREEN
    note: Note = ignore
    """Is given the files of the templates and style sheets that were read."""

    def layout(self, page: PageContext) -> Layout:
        """Read a page's layout: all the slots that it can have.

        Raises:
            InputError: there is no such layout, or its template cannot be used.
        """
        return _read(page, self._html(page, ANY_SLOT, None))

    def layout_for(self, page: PageContext, stories: Slots) -> Layout:
        """Read a page's layout as it is with some stories in its slots: a part of it may depend on what is used."""
        return _read(page, self._html(page, slot_data(stories), None))

    def probes(
        self, page: PageContext, stories: Slots, step: tuple[int, int] | None, reprint: ReprintPage | None = None
    ) -> str:
        """Return a page with empty slots and the probes of the stories that will stand in them.

        Stories under `NO_SLOT` have no place yet: an automatic page measures their type all the same.
        """

        def content(slot: str) -> str:
            wanted: dict[StyleKey, set[str]] = {}
            of_members: set[StyleKey] = set()
            for story in stories.get(slot, ()):
                key = slot, story.level, story.frame, story.look.css
                if story.is_member and key not in wanted:
                    of_members.add(key)
                wanted.setdefault(key, set()).update(roles_of(story))
            own = "".join(probes(key, roles) for key, roles in wanted.items() if key not in of_members)
            # Deeper than the slot's own story, so that a layout can give that a type which is not the members'.
            deeper = "".join(probes(key, wanted[key]) for key in wanted if key in of_members)
            return own + (f'<div class="members">{deeper}</div>' if deeper else "")

        return _inject(self._html(page, slot_data(stories), reprint), content, step, stories)

    def made_up(self, made: MadeUpPage, reprint: ReprintPage | None = None) -> tuple[str, Mapping[str, ComposedText]]:
        """Return a page with its made-up stories, and the composed text by its address in the HTML.

        An address counts stories and boxes (``composed:2.14``): the same page has the same ones.
        """
        roots, paper = layout_roots(made.page.paper), paper_data(made.page.paper)
        texts: dict[str, ComposedText] = {}
        pieces: dict[str, str] = {}
        for number, one in enumerate(made.stories):
            found = {index: box for index, box in enumerate(one.boxes) if isinstance(box, TextBox)}
            address = {index: f"composed:{number}.{index}" for index in found}
            texts |= {address[index]: ComposedText(one, box) for index, box in found.items()}
            slot = made.geometry.slots[one.story.slot]
            story = story_data(one, made, address, self.look.pictures)
            written = render(roots, "shared/story.html.j2", {"story": story, "paper": paper}, self.note)
            if one.share:
                place = one.share.rect
                written = share(written, place.x - slot.rect.x, place.y - slot.rect.y, place.width)
            pieces[slot.name] = pieces.get(slot.name, "") + written
        pieces |= {one.story.slot: group(pieces[one.story.slot]) for one in made.stories if one.story.is_common_head}
        stories = {slot: tuple(m.story for m in members) for slot, members in made.by_slot.items()}
        html = self._html(made.page, slot_data(stories), reprint)
        return _inject(html, lambda slot: pieces.get(slot, ""), made.body_step, stories), texts

    def _html(self, page: PageContext, slots: Defaults, reprint: ReprintPage | None) -> str:
        sheets = stylesheets(page)
        self.note(sheets)
        name = f"{page.layout}/page.html.j2"
        data = page_data(page, slots, self.look, [path.as_uri() for path in sheets], reprint)
        try:
            return render(layout_roots(page.paper), name, data, self.note)
        except jinja2.TemplateNotFound:
            raise InputError([_unknown(page)]) from None


def _read(page: PageContext, html: str) -> Layout:
    """Read what a layout's HTML has for printkit."""
    slots: dict[str, bool] = {}
    fits = auto = index = spread = False
    faults = []
    for tag in Openings(html).openings:
        if tag.name == "main":
            fits = fits or tag.attributes.get("data-fit") == "body"
            spread = spread or "data-spread" in tag.attributes
            auto = auto or tag.attributes.get("data-makeup") == "auto"
        index = index or "data-index" in tag.attributes
        if name := tag.attributes.get("data-slot"):
            if "|" in name or not name.isprintable():
                faults.append(_slot_name(page, name))
            if name in slots:
                faults.append(_slot_twice(page, name))
            slots[name] = "data-many" in tag.attributes
    if faults:
        raise InputError(faults)
    return Layout(slots, fits, auto, index, spread)


def _inject(html: str, content: Callable[[str], str], step: tuple[int, int] | None, stories: Slots) -> str:
    """Write into the slots, and the body's step and the tiles of an automatic page into ``<main>``."""
    pieces = []
    position = 0
    for tag in Openings(html).openings:
        pieces.append(html[position : tag.start])
        if tag.name == "main" and step:
            pieces.append(with_style(tag, f"--body-size:{css(step[0])};--body-leading:{css(step[1])}"))
        else:
            pieces.append(html[tag.start : tag.end])
        if slot := tag.attributes.get("data-slot"):
            pieces.append(content(slot))
        if tag.name == "main" and tag.attributes.get("data-makeup") == "auto":
            placed = [s for members in stories.values() for s in members if s.placement.at]
            shared = {name for name, members in stories.items() if len(members) > 1 and not members[0].group}
            places = [s.placement.at for s in placed if s.placement.at]
            notches = {s.anchor: notch_of(s.placement.at, places) for s in placed if s.placement.at and not s.ad}
            pieces.extend(tile(s, content(s.slot), many=s.slot in shared, notch=notches.get(s.anchor)) for s in placed)
            pieces.append(_rules(placed))
            pieces.append(tile_without_place(content(NO_SLOT)))
        position = tag.end
    pieces.append(html[position:])
    return "".join(pieces)


def _rules(placed: Sequence[Story]) -> str:
    """Write the rules of an automatic page: none beside a frame or an advertisement, a double one under the lead."""
    every = [story.placement.at for story in placed if story.placement.at]
    places = [
        (story, parts_of(story.placement.at, () if story.ad else every)) for story in placed if story.placement.at
    ]
    framed = [at for story, parts in places for at in parts if story.ad or story.frame != "none"]
    leads = [at for story, parts in places for at in parts if story.level == _LEAD and not story.ad]
    lead = min(leads, key=lambda at: (at.row, at.column), default=None)
    joined = [parts for _, parts in places if len(parts) > 1]
    return rules.html([at for _, parts in places for at in parts], framed, lead, joined)


def _slot_name(page: PageContext, name: str) -> Diagnostic:
    return Diagnostic(
        "layout.slot-name",
        Say(f"layout “{page.layout}” has a slot named {name!r}", f"版式“{page.layout}”里有版位名 {name!r}"),
        hint=Say("take out `|` and what cannot be printed", "版位名不能有“|”和不可打印的字符"),
        where=page.where,
    )


def _slot_twice(page: PageContext, name: str) -> Diagnostic:
    return Diagnostic(
        "layout.slot-twice",
        Say(f"layout “{page.layout}” has slot “{name}” twice", f"版式“{page.layout}”里版位“{name}”重复"),
        hint=Say("give each slot a name of its own", "请给每个版位各起一个名字"),
        where=page.where,
    )


def _unknown(page: PageContext) -> Diagnostic:
    found = {p.parent.name for r in layout_roots(page.paper) for p in r.glob("*/page.html.j2")}
    known = sorted(found - REPRINT_LAYOUTS - {"shared"})
    guess = near(page.layout, known)
    return Diagnostic(
        "layout.unknown",
        Say(
            f"no layout “{page.layout}”" + (f"; did you mean “{guess}”?" if guess else ""),
            f"没有版式“{page.layout}”" + (f"；是不是“{guess}”？" if guess else ""),
        ),
        hint=Say(f"there are: {', '.join(known)}", f"现有版式：{'、'.join(known)}"),
        where=page.where,
    )
