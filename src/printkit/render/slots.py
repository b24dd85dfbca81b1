"""What printkit writes into a layout's HTML: probes and tiles, and the tags it writes them at."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from printkit.model.article import BOX_ROLES, BOX_TEXTS, CORNER_ROLE, NOTICE_ROLES
from printkit.model.edition import SECOND_PART, Story
from printkit.model.geometry import Notch, StyleKey
from printkit.model.text import LINED, Kind
from printkit.render.styles import GRID
from printkit.units import css


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag of a layout that printkit writes at: `start` and `end` are its offsets in the HTML."""

    name: str
    attributes: Mapping[str, str]
    start: int
    end: int


class Openings(HTMLParser):
    """Finds the tags that printkit writes at."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.openings: list[Opening] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep ``<main>``, the slots and an index (导读) with their offsets."""
        given = {name: value or "" for name, value in attrs}
        if tag == "main" or "data-slot" in given or "data-index" in given:
            line, column = self.getpos()
            start = self._lines[line - 1] + column
            self.openings.append(Opening(tag, given, start, start + len(self.get_starttag_text() or "")))


ROLES = ("kicker", "headline", "deck", "byline", "body", "subhead", "quotation", "verse", "flush", "sign", "centre",
         "editor-note", *BOX_ROLES, *NOTICE_ROLES, "caption", "credit", "section-title", "section-name", "pull-quote", "table", "table-head", "jump", "jump-from", CORNER_ROLE)  # fmt: skip


def classes(role: str) -> str:
    """Return the classes of a role in the HTML: the line 上接 is a `.jump`, too, the text of every box a `.box-text`."""
    return f"jump {role}" if role == "jump-from" else f"box-text {role}" if role in BOX_TEXTS else role


def roles_of(story: Story) -> tuple[str, ...]:
    """Return the roles that a story's text may be set in."""
    article = story.article
    used = {"body", "headline"}
    used |= {"jump"} if story.jump or article.goes_on else set()
    used |= {"jump-from"} if story.part == SECOND_PART else set()
    used |= {*article.headings, *(["byline"] if article.byline else [])}
    kinds = {paragraph.kind for paragraph in (*article.paragraphs, *article.boxed)}
    used |= {kind.value for kind in kinds if kind.value in ROLES}
    if Kind.TABLE in kinds:
        used.add("table-head")
    if article.editor_note:
        used.add("editor-note")
    if article.pictures or article.source:
        used |= {"caption", "credit"}
    if article.boxes:
        used |= {"box-name", "box-headline", *(box.role for box in article.boxes)}
    if article.notices:
        used |= {*NOTICE_ROLES}
    if article.pull_quote:
        used.add("pull-quote")
    if story.corner:
        used.add(CORNER_ROLE)
    if article.sections:
        used |= {"section-title", "section-name", "subhead"}
    return tuple(role for role in ROLES if role in used)


def with_style(tag: Opening, style: str) -> str:
    """Write a start tag with declarations before those of its own style, which win."""
    given = {**tag.attributes, "style": f"{style};{tag.attributes.get('style', '')}"}
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return f"<{tag.name}{written}>"


def probes(key: StyleKey, roles: set[str]) -> str:
    """Write the hidden probes of one slot × level × frame × look: one for each role, and for its runs in 黑体 and 楷体."""
    slot, level, frame, look = key
    begun = f"{escape(slot)}|{level}|{frame}|{look}|"
    probes = [
        f'<div style="font-size:var(--body-size);line-height:var(--body-leading)" data-probe="{begun}{GRID}"></div>'
    ]
    for role in ROLES:
        if role in roles:
            inner = "".join(
                f'<{tag} class="{name}" data-probe="{begun}{role}/{name}"></{tag}>'
                for tag, name in (("strong", "strong"), ("span", "kai"))
                if role in ("body", "quotation", *LINED, "editor-note", "table", "table-head", "notice-text")
                or role in BOX_TEXTS
            )
            probes.append(f'<div class="{classes(role)}" data-probe="{begun}{role}">{inner}</div>')
    return (
        f'<article class="story level-{level} frame-{frame}" data-probe="{begun}story" style="{look}">'
        f'<div class="probes">{"".join(probes)}</div></article>'
    )


def tile(story: Story, content: str, *, many: bool = False, notch: Notch | None = None) -> str:
    """Write the tile of a placed story on an automatic page; its last line and right gutter part it from the next; several may share it, and an advertisement may have a corner."""
    at = story.placement.at
    assert at is not None
    style = (
        f"left:calc({at.column - 1} * (100% + var(--gutter)) / var(--columns));"
        f"width:calc({at.columns} * (100% + var(--gutter)) / var(--columns) - var(--gutter));"
        f"top:calc({at.row - 1} * var(--page-leading));height:calc({at.rows - 1} * var(--page-leading))"
    )
    corner = f' data-notch="{notch.column} {notch.columns} {notch.lines}"' if notch else ""
    return (
        f'<section class="tile" data-slot="{escape(story.slot)}" data-columns="{at.columns}"{" data-many" * many}{corner} style="{style}">'
        f"{content}</section>"
    )


def tile_without_place(content: str) -> str:
    """Write a tile over the whole page for the probes of stories that have no place yet; it is no slot."""
    return f'<section class="tile" style="left:0;top:0;width:100%;height:100%">{content}</section>' if content else ""


def share(story: str, x: int, y: int, width: int) -> str:
    """Write a story of a group (组合报道) at its place in the slot that it shares, mpt from the slot's top left corner."""
    return f'<div class="share" style="left:{css(x)};top:{css(y)};width:{css(width)}">{story}</div>'


def group(stories: str) -> str:
    """Write a common head and its members as one section of their slot."""
    return f"<section data-group>{stories}</section>"
