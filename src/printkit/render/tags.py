"""A drawn page read for what it says: WeasyPrint's boxes in the order of the HTML, as `model.tags` has them.

WeasyPrint marks what it draws; its own tree of tags is not used, since stories go on over columns and pages. HTML's
elements stand for PDF's (``p`` or ``role="paragraph"``, ``h1``, ``ul``, ``table``, ``a``, ``img``); blocks with text
of their own are paragraphs; all other elements only hold what is in them. What ``aria-hidden="true"`` hides, a picture
without `alt`, and the repeated head of a table become artifacts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from printkit.model.geometry import Rect
from printkit.model.page import TextBox
from printkit.model.tags import Element, LinkArea, Marked, PageKid, Piece
from printkit.render.marking import Stretch
from printkit.units import from_px

_REPEATED = "+"
"""Stands in the key of a table's head where it is set again."""

_BLOCKS = {"p": "P", "ul": "L", "ol": "L", "table": "Table", "tr": "TR", "th": "TH", "td": "TD", "blockquote": "BlockQuote",
           "caption": "Caption", **{f"h{n}": f"H{n}" for n in range(1, 7)}}  # fmt: skip

_CONTAINERS = ("L", "Table", "TR", "BlockQuote")
"""Types that hold elements and no text of their own."""


class Composed(Protocol):
    """Composed text as it was drawn (`render.draw.ComposedImage`)."""

    @property
    def box(self) -> TextBox:
        """What was drawn."""
        ...

    @property
    def stretches(self) -> Sequence[Stretch]:
        """Its marked content."""
        ...


class PageReader:
    """Reads one page while WeasyPrint writes it, in the place of WeasyPrint's own `add_tags`."""

    def __init__(self, images: Mapping[str, Composed]) -> None:
        """Keep the composed text by its address in the HTML."""
        self._images = images
        self._numbers: dict[Any, int] = {}
        self._silent: list[int] = []
        self._areas: dict[tuple[str, int], list[LinkArea]] = {}
        self._annotations = 0
        self.kids: tuple[PageKid, ...] = ()
        """What the page says, in order."""

    def read(self, page_box: Any, stream: Any) -> None:
        """Read a page's boxes; let the marked content that nobody is to hear be an artifact in its stream."""
        self._numbers = {box: tag["mcid"] for box, tag in stream._tags.items()}  # noqa: SLF001  # see marking.py
        for box in _descendants(page_box):
            if box.link_annotation and (address := box.element.get("data-text")):
                key = address, int(box.element.get("data-run"))
                self._areas.setdefault(key, []).append(self._area(box))
        kids: list[PageKid] = []
        for child in page_box.children:
            if type(child).__name__ == "MarginBox":
                kids.extend(self._hidden(child))
            else:
                kids.extend(self._kids(child, None, in_text=False))
        self.kids = tuple(kids)
        _make_artifacts(stream, self._silent)

    def _area(self, box: Any) -> LinkArea:
        number = self._annotations
        self._annotations += 1
        box.link_annotation["StructParent"] = number
        return LinkArea(number)

    def _hidden(self, box: Any) -> Iterator[PageKid]:
        """Silence a box and all in it; a link in it can still be followed, and so it keeps its element."""
        for part in (box, *_descendants(box)):
            if part in self._numbers:
                self._silent.append(self._numbers[part])
                if image := self._images.get(_source(part)):
                    self._silent.extend(stretch.number for stretch in image.stretches[1:])
            if part.link_annotation and not part.element.get("data-text"):
                yield Element("Link", (self._area(part),))
        source = _source(box)
        yield from (Element("Link", tuple(areas)) for (address, _), areas in self._areas.items() if address == source)

    def _kids(self, box: Any, parent: Any, *, in_text: bool) -> Iterator[PageKid]:
        """Yield what a box says; `parent` is the element that it stands in, `in_text` whether that is a text's own."""
        name, element = box.element_tag, box.element
        if type(box).__name__ == "TextBox":
            if box in self._numbers:
                yield Marked(self._numbers[box], box.text)
            return
        if element is not None and element.get("aria-hidden") == "true":
            yield from self._hidden(box)
            return
        if box in self._numbers and not box.children:
            yield from self._replaced(box)
            return
        if name and name.endswith("::marker"):
            yield Element("Lbl", tuple(self._inside(box, in_text=True)))
            return
        if box.link_annotation and not element.get("data-text"):
            yield Element("Link", (self._area(box), *self._inside(box, in_text=True)))
            return
        if element is None or element is parent or "::" in (name or ""):
            yield from self._inside(box, in_text=in_text)
            return
        yield from self._element(box, element, name, in_text=in_text)

    def _element(self, box: Any, element: Any, name: str, *, in_text: bool) -> Iterator[PageKid]:
        """Yield the element that an HTML element stands for, or only what is in it."""
        if name == "article":
            anchor = (element.get("id") or "").removeprefix("story-")
            kids = tuple(self._inside(box, in_text=False))
            yield Element("Art", kids, story=anchor, title=element.get("data-title") or "")
        elif element.get("data-group") is not None:
            yield Element("Sect", tuple(self._inside(box, in_text=False)))
        elif name == "li":
            kids = tuple(self._inside(box, in_text=True))
            labels = tuple(k for k in kids if isinstance(k, Element) and k.tag == "Lbl")
            body = Element("LBody", tuple(_with_link(k for k in kids if k not in labels)))
            yield Element("LI", (*labels, body))
        elif tag := "P" if element.get("role") == "paragraph" else _BLOCKS.get(name):
            kids = tuple(_with_link(self._inside(box, in_text=tag not in _CONTAINERS)))
            if kids or tag in ("TH", "TD"):
                yield Element(tag, kids, span=getattr(box, "colspan", 1))
        elif not in_text and any(type(child).__name__ == "LineBox" for child in box.children):
            yield from _paragraphs(_with_link(self._inside(box, in_text=True)))
        else:
            yield from self._inside(box, in_text=in_text)

    def _inside(self, box: Any, *, in_text: bool) -> Iterator[PageKid]:
        for child in _children(box):
            yield from self._kids(child, box.element, in_text=in_text)

    def _replaced(self, box: Any) -> Iterator[PageKid]:
        """Yield a picture, or a piece of composed text."""
        if box not in self._numbers:
            return
        source = _source(box)
        x, y = from_px(box.content_box_x()), from_px(box.content_box_y())
        rect = Rect(x, y, from_px(box.width), from_px(box.height))
        if image := self._images.get(source):
            if _REPEATED in image.box.key:
                yield from self._hidden(box)
            else:
                yield Piece(image.box, rect, tuple(self._stretches(source, image)))
            return
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alt = box.element.get("alt") or (title.text if title is not None else "")
        if alt:
            yield Element("Figure", (Marked(self._numbers[box]),), alt=alt, rect=rect)
        else:
            yield from self._hidden(box)

    def _stretches(self, address: str, image: Composed) -> Iterator[PageKid]:
        """Yield the marked content of a piece; a ruby stands after its base, though it is drawn after the lines."""
        rubies: dict[int, list[Marked]] = {}
        for stretch in image.stretches:
            if stretch.kind == "ruby":
                rubies.setdefault(stretch.run, []).append(Marked(stretch.number, stretch.text))
        for stretch in image.stretches:
            marked = Marked(stretch.number, stretch.text)
            if stretch.kind == "link":
                yield Element("Link", (marked, *self._areas.get((address, stretch.run), ())))
            elif stretch.kind == "label":
                yield Element("Lbl", (marked,))
            elif stretch.kind == "base" and stretch.run in rubies:
                over = Element("RT", tuple(rubies.pop(stretch.run)))
                yield Element("Ruby", (Element("RB", (marked,)), over))
            elif stretch.kind != "ruby":
                yield marked
        for left in rubies.values():
            yield from left


def _with_link(kids: Iterator[PageKid]) -> list[PageKid]:
    """Let a link that lies empty over its text hold the text: ``<li>words <a class="over"></a></li>``."""
    found = list(kids)
    empty = [k for k in found if isinstance(k, Element) and k.tag == "Link" and _is_bare(k)]
    if len(empty) != 1 or len(found) == 1:
        return found
    link = empty[0]
    return [Element("Link", (*(k for k in found if k is not link), *link.kids))]


def _paragraphs(kids: Sequence[PageKid]) -> list[Element]:
    """Return what stands in the lines of a block as paragraphs: those that the HTML has, and one of all between two of them."""
    found: list[Element] = []
    goes_on = False
    for kid in kids:
        if isinstance(kid, Element) and kid.tag == "P":
            found.append(kid)
            goes_on = False
        elif found and (goes_on or (isinstance(kid, Marked) and not kid.text.strip())):
            found[-1] = replace(found[-1], kids=(*found[-1].kids, kid))
        else:
            found.append(Element("P", (kid,)))
            goes_on = True
    return found


def _is_bare(link: Element) -> bool:
    return all(isinstance(k, LinkArea) for k in link.kids)


def _source(box: Any) -> str:
    return "" if box.element is None else box.element.get("src") or ""


def _children(box: Any) -> Iterator[Any]:
    """Yield a box's children, those of its lines in their place; absolute ones without their placeholder."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "LineBox":
            yield from _children(child)
        else:
            yield child


def _descendants(box: Any) -> Iterator[Any]:
    for child in _children(box):
        yield child
        yield from _descendants(child)


def _make_artifacts(stream: Any, numbers: Sequence[int]) -> None:
    """Turn marked content into artifacts in a page's stream."""
    silent = set(numbers)
    parts = stream.stream
    for index, part in enumerate(parts):
        if isinstance(part, dict) and part.get("MCID") in silent:
            parts[index - 1], parts[index], parts[index + 1] = "/Artifact", b"", b"BMC"
