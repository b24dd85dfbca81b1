"""The structure tree of a file (ISO 32000-1, 14.7), written from `pdf.reading`; what PDF/UA-1 asks of a file and links.

Each page's array in the parent tree names the owner of its marked content by number; numbers of artifacts stay null.
"""

from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from printkit.model.geometry import Rect
from printkit.pdf.reading import Annotation, Content, Node

_PRINTED = 4
"""Annotation flag Print: what PDF/A asks of every annotation (ISO 19005-2, 6.3.2)."""

_MAY_BE_EMPTY = ("TH", "TD")


def write_tags(pdf: pikepdf.Pdf, document: Node) -> None:
    """Write the structure of a joined file; links that went out of the file are plain text."""
    writer = _Writer(pdf)
    _prune(document, writer.annotations)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = writer.element(document, tree)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=writer.numbers()))
    tree.ParentTreeNextKey = writer.next_key
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def rectangle(page: Any, rect: Rect) -> Array:
    """Return a rectangle of a page, mpt from its top left corner, as PDF has it: in points from its foot."""
    height = Decimal(str(page.MediaBox[3]))
    left, right = Decimal(rect.x) / 1000, Decimal(rect.right) / 1000
    top, bottom = height - Decimal(rect.y) / 1000, height - Decimal(rect.bottom) / 1000
    return Array([round(value, 2) for value in (left, bottom, right, top)])


def _prune(node: Node, annotations: dict[tuple[int, int], Any]) -> None:
    """Leave out annotations that are gone, the links that had no other, and elements without content."""
    kept: list[Node | Content | Annotation] = []
    for kid in node.kids:
        if isinstance(kid, Annotation):
            kept += [kid] if (kid.page, kid.number) in annotations else []
        elif isinstance(kid, Content):
            kept.append(kid)
        else:
            _prune(kid, annotations)
            if kid.tag == "Link" and not any(isinstance(part, Annotation) for part in kid.kids):
                kept.extend(kid.kids)
            elif kid.kids or kid.tag in _MAY_BE_EMPTY:
                kept.append(kid)
    node.kids = kept


class _Writer:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: list[dict[int, Any]] = [{} for _ in self._pages]
        self._links: list[Any] = []
        self.annotations = {
            (number, int(annotation.StructParent)): annotation
            for number, page in enumerate(self._pages)
            for annotation in page.get("/Annots", Array())
            if "/StructParent" in annotation
        }

    @property
    def next_key(self) -> int:
        """The first free key of the parent tree: one is taken by each page and each link."""
        return len(self._pages) + len(self._links)

    def element(self, node: Node, parent: Any) -> Any:
        """Write an element and all that stands in it."""
        made = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent))
        home = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if home is not None:
            made.Pg = self._pages[home]
        if node.title:
            made.T = String(node.title)
        if node.alt:
            made.Alt = String(node.alt)
        if node.said:
            made.ActualText = String(node.said)
        if attributes := self._attributes(node):
            made.A = attributes
        kids = [self._kid(kid, made, home, node.text) for kid in node.kids]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _attributes(self, node: Node) -> Any:
        if node.tag == "TH" or (node.tag == "TD" and node.span > 1):
            made = Dictionary(O=Name.Table)
            if node.tag == "TH":
                made.Scope = Name.Column
            if node.span > 1:
                made.ColSpan = node.span
            return made
        if node.place is None:
            return None
        page, rect = node.place
        return Dictionary(O=Name.Layout, BBox=rectangle(self._pages[page], rect), Placement=Name.Block)

    def _kid(self, kid: Node | Content | Annotation, owner: Any, home: int | None, text: str) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, owner)
        if isinstance(kid, Content):
            self._owners[kid.page][kid.number] = owner
            if kid.page == home:
                return kid.number
            return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.number)
        annotation = self.annotations[kid.page, kid.number]
        annotation.StructParent = self.next_key
        annotation.F = _PRINTED
        if text:
            annotation.Contents = String(text)
        self._links.append(owner)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._pages[kid.page])

    def numbers(self) -> Any:
        """Write the parent tree's entries, and each page's key."""
        numbers = Array()
        for key, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page.StructParents = key
            page.Tabs = Name.S
            numbers.append(key)
            numbers.append(Array([owners.get(number) for number in range(max(owners, default=-1) + 1)]))
        for key, owner in enumerate(self._links, start=len(self._pages)):
            numbers.append(key)
            numbers.append(owner)
        return numbers
