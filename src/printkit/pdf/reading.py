"""The order in which an edition is read: pages in, one tree of standard structure types out.

Document › Art (story) › H1, H2, P, L, Table, Figure, Sect (box). A story over pages is one Art, a paragraph over columns
or pages one P; a caption stands beside its picture, so that it is heard as well as the picture's own words. A box (附文)
is heard after the text, as a Sect: PDF 1.7 has no Aside (ISO 32000-2 has). A group (组合报道) is a Sect: its common head,
then the Arts of its members, whose headings are a level lower.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from printkit.makeup.story.bylines import BYLINE_MARK
from printkit.makeup.story.tables import SOURCE_KEY
from printkit.model.geometry import Rect
from printkit.model.tags import Element, LinkArea, Marked, PageKid, Piece
from printkit.model.text import Kind

_CELL = re.compile(r"(?P<table>.+)r(?P<row>\d+)c(?P<column>\d+)")
"""Key of a table's cell (`makeup.tables`)."""

_HEADING = re.compile(r"H[1-6]")

_BOXED = re.compile(r"(?P<box>box\d+)[nhp]\d*")
"""Key of what stands in a box (`makeup.story.boxes`)."""

_NOTICE = re.compile(r"(?P<notice>notice\d+)[tp]\d*")
"""Key of what stands in a notice (`makeup.story.notices`)."""

_COPY = ("body", "quotation")

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content of a page of the file."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation of a page of the file."""

    page: int
    number: int


@dataclass(slots=True)
class Node:
    """An element of the structure tree as far as it is put together."""

    tag: str
    kids: "list[Node | Content | Annotation]" = field(default_factory=list)
    alt: str = ""
    title: str = ""
    place: tuple[int, Rect] | None = None
    """Page and rectangle of a figure."""
    span: int = 1
    text: str = ""
    """What a link says."""
    said: str = ""
    """What is said in the place of all that stands in it."""

    def add(self, tag: str, kids: "Iterable[Node | Content | Annotation]" = ()) -> "Node":
        """Append an element and return it."""
        node = Node(tag, list(kids))
        self.kids.append(node)
        return node


def reading_order(pages: Sequence[Sequence[PageKid]]) -> Node:
    """Return the structure of a file with some pages."""
    document = Node("Document")
    parts = story_parts(pages)
    for page, kids in enumerate(pages):
        least = min(_levels(kids), default=1)
        for kid in kids:
            if isinstance(kid, Element) and kid.tag == "Sect":
                document.kids.append(_group_node([parts[_story(art)] for art in _stories([kid])]))
            elif not (isinstance(kid, Element) and kid.tag == "Art"):
                document.kids.extend(_raised(_nodes(kid, page), least - 1))
            elif parts[_story(kid)][0][1] is kid:
                document.kids.extend(_story_nodes(parts[_story(kid)]))
    _number_headings(document)
    return document


def _story(art: Element) -> str:
    """Return the story's id; the anchor of a second part has a full stop after it, and no id has one."""
    return art.story.partition(".")[0]


def story_parts(pages: Sequence[Sequence[PageKid]]) -> dict[str, list[tuple[int, Element]]]:
    """Return the parts of each story with their pages, the first part first."""
    found: dict[str, list[tuple[int, Element]]] = {}
    for page, kids in enumerate(pages):
        for art in _stories(kids):
            found.setdefault(_story(art), []).append((page, art))
    for parts in found.values():
        parts.sort(key=lambda part: part[1].story)
    return found


def _stories(kids: Iterable[PageKid]) -> Iterator[Element]:
    """Yield the stories of a page, those of groups among them."""
    for kid in kids:
        if isinstance(kid, Element) and kid.tag == "Art":
            yield kid
        elif isinstance(kid, Element) and kid.tag == "Sect":
            yield from _stories(kid.kids)


# --- what stands outside of stories ------------------------------------------------------------------


def _nodes(kid: PageKid, page: int) -> "list[Node | Content | Annotation]":
    match kid:
        case Marked():
            return [Content(page, kid.number)]
        case LinkArea():
            return [Annotation(page, kid.number)]
        case Piece():
            return [Node("P", _all_nodes(kid.kids, page))]
    place = (page, kid.rect) if kid.rect else None
    text = "".join(_text(kid)).strip() if kid.tag == "Link" else ""
    return [Node(kid.tag, _all_nodes(kid.kids, page), kid.alt, kid.title, place, kid.span, text)]


def _all_nodes(kids: Iterable[PageKid], page: int) -> "list[Node | Content | Annotation]":
    return [node for kid in kids for node in _nodes(kid, page)]


def _text(kid: PageKid) -> Iterator[str]:
    if isinstance(kid, Marked):
        yield kid.text
    elif isinstance(kid, Element):
        for inner in kid.kids:
            yield from _text(inner)


def _levels(kids: Iterable[PageKid]) -> Iterator[int]:
    """Yield the levels of the headings outside of stories."""
    for kid in kids:
        if isinstance(kid, Element) and kid.tag not in ("Art", "Sect"):
            if _HEADING.fullmatch(kid.tag):
                yield int(kid.tag[1:])
            yield from _levels(kid.kids)


def _raised(nodes: "list[Node | Content | Annotation]", by: int) -> "list[Node | Content | Annotation]":
    """Raise the layout's own headings so that the page's first level is H1, beside the stories' headlines."""
    for node in nodes:
        if isinstance(node, Node):
            if _HEADING.fullmatch(node.tag):
                node.tag = f"H{int(node.tag[1:]) - by}"
            _raised(node.kids, by)
    return nodes


def _number_headings(document: Node) -> None:
    """Let no level of heading be left out on the way down (ISO 14289-1, 7.4.2)."""
    level = 0
    for node in walk(document):
        if _HEADING.fullmatch(node.tag):
            level = min(int(node.tag[1:]), level + 1, _DEEPEST)
            node.tag = f"H{level}"


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every element under it, in order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from walk(kid)


# --- stories -------------------------------------------------------------------------------------------


def _story_nodes(parts: Sequence[tuple[int, Element]]) -> list[Node]:
    """Return a story as an Art; one that says nothing but shows pictures, as an advertisement does, as its figures."""
    reader = _StoryReader(parts)
    if any(isinstance(kid, Piece) for _, part in parts for kid in part.kids):
        return [reader.art]
    return [kid for kid in reader.art.kids if isinstance(kid, Node)]


def _group_node(stories: "Sequence[Sequence[tuple[int, Element]]]") -> Node:
    """Return a group: what its common head says, then its members under that."""
    head, *members = stories
    found = Node("Sect", list(_StoryReader(head).art.kids), title=head[0][1].title)
    for member in members:
        found.kids.extend(_raised(list(_story_nodes(member)), -1))
    return found


class _StoryReader:
    """Puts the pieces of one story together."""

    def __init__(self, parts: Sequence[tuple[int, Element]]) -> None:
        self.art = Node("Art", title=parts[0][1].title)
        self._paragraphs: dict[tuple[str, str], Node] = {}
        self._tables: dict[tuple[str, str], tuple[Node, dict[int, dict[int, Node]]]] = {}
        self._boxes: dict[tuple[str, str], Node] = {}
        self._notices: dict[tuple[str, str], Node] = {}
        self._figures: list[Node] = []
        """The pictures just before, whose caption may follow."""
        self._caption: Node | None = None
        self._last_copy: Node | None = None
        """The paragraph of the text that was read last."""
        self._item: Node | None = None
        """The item of a list that was begun last."""
        self._levels = _heading_levels(parts[0][1])
        for page, part in parts:
            for kid in part.kids:
                self._add(kid, page, part.story)
            self._levels |= {"headline": 2, "kicker": 0}
        for table, rows in self._tables.values():
            _fill(table, rows)
        self.art.kids.extend(self._boxes.values())

    def _add(self, kid: PageKid, page: int, part: str) -> None:
        if isinstance(kid, Piece):
            self._piece(kid, page, part)
            return
        nodes = _nodes(kid, page)
        self.art.kids.extend(nodes)
        pictures = [n for n in nodes if isinstance(n, Node) and n.tag == "Figure"]
        if not pictures or self._caption:
            self._figures = []
        self._caption = None
        self._figures += pictures

    def _piece(self, piece: Piece, page: int, part: str) -> None:
        box = piece.box
        kids = _all_nodes(piece.kids, page)
        if box.role == "caption" or (box.role == "credit" and box.key != SOURCE_KEY and self._figures):
            self._under_picture(piece, part, kids)
            return
        self._figures, self._caption = [], None
        if cell := _CELL.fullmatch(box.key):
            self._cell(part, cell["table"], int(cell["row"]), int(cell["column"]), kids)
            return
        name = (part, box.key)
        if name not in self._paragraphs:
            self._paragraphs[name] = self._paragraph(piece, part)
        node = self._paragraphs[name]
        if box.role in _COPY:
            self._last_copy = node
        label = kids[0] if kids and isinstance(kids[0], Node) and kids[0].tag == "Lbl" else None
        if label and self._item is not None and not node.kids:
            self._item.kids.insert(0, label)
            kids = kids[1:]
        node.kids.extend(kids)
        if box.role == "byline":
            lines = " ".join("".join(line.clusters).strip() for line in box.lines)
            node.said = f"{node.said} {lines.removeprefix(BYLINE_MARK)}".strip()

    def _paragraph(self, piece: Piece, part: str) -> Node:
        """Return the element that a paragraph's pieces stand in; the rest of one that came over pages has one already."""
        box = piece.box
        if box.paragraph.is_rest and self._last_copy:
            return self._last_copy
        parent = self._parent(box.key, part)
        if level := self._levels.get(box.role):
            return parent.add(f"H{level}")
        if box.paragraph.kind is Kind.LIST_ITEM:
            self._item = _container(parent, "L").add("LI")
            return self._item.add("LBody")
        if box.role == "quotation":
            return _container(parent, "BlockQuote").add("P")
        return parent.add("P")

    def _parent(self, key: str, part: str) -> Node:
        """Return what a paragraph stands in: its story, the box or the notice that it is of."""
        if boxed := _BOXED.fullmatch(key):
            return self._boxes.setdefault((part, boxed["box"]), Node("Sect"))
        if notice := _NOTICE.fullmatch(key):
            name = part, notice["notice"]
            if name not in self._notices:
                self._notices[name] = _container(self.art, "L").add("LI").add("LBody")
            return self._notices[name]
        return self.art

    def _under_picture(self, piece: Piece, part: str, kids: "list[Node | Content | Annotation]") -> None:
        """Put a caption and its credit with the pictures just before them, each a paragraph: a voice rests between them."""
        if self._caption is None:
            count = len(self._figures)
            self.art.kids[len(self.art.kids) - count :] = []
            self._caption = self.art.add("Div", self._figures).add("Caption")
        name = (part, piece.box.key)
        if name not in self._paragraphs or self._paragraphs[name] not in self._caption.kids:
            self._paragraphs[name] = self._caption.add("P")
        self._paragraphs[name].kids.extend(kids)

    def _cell(self, part: str, key: str, row: int, column: int, kids: "list[Node | Content | Annotation]") -> None:
        if (part, key) not in self._tables:
            self._tables[part, key] = self.art.add("Table"), {}
        cell = self._tables[part, key][1].setdefault(row, {}).setdefault(column, Node("TD" if row else "TH"))
        cell.kids.extend(kids)


def _container(parent: Node, tag: str) -> Node:
    """Return the list or quotation that goes on in an element, or a new one."""
    last = parent.kids[-1] if parent.kids else None
    return last if isinstance(last, Node) and last.tag == tag else parent.add(tag)


def _heading_levels(part: Element) -> dict[str, int]:
    """Return the levels of the roles that are headings; the kicker is one where there is no headline."""
    roles = {kid.box.role for kid in part.kids if isinstance(kid, Piece)}
    levels = {"headline": 1, "subhead": 2, "section-name": 2, "section-title": 2, "box-headline": 2}
    return levels if "headline" in roles else {**levels, "kicker": 1}


def _fill(table: Node, rows: dict[int, dict[int, Node]]) -> None:
    """Put the cells into rows; an empty cell has no text on the page and stands here for its column."""
    columns = max(max(row) for row in rows.values())
    for number in sorted(rows):
        row = rows[number]
        table.add("TR", [row.get(c) or Node("TD" if number else "TH") for c in range(1, columns + 1)])
