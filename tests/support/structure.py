"""The structure tree of a finished PDF, read as a screen reader has it: types, words, pages.

In: a PDF. Out: elements with the text of their marked content, decoded from the fonts' ToUnicode and from
ActualText. Nothing here uses printkit.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf


@dataclass
class Tag:
    """An element; `content` is its own marked content as page (from 0) and number, `text` what that says in order."""

    name: str
    alt: str = ""
    title: str = ""
    kids: "list[Tag]" = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    text: str = ""
    """The words of the element and of all under it."""
    said: str = ""
    """What is said in the place of all that."""
    attributes: Any = None
    up: "Tag | None" = None

    def walk(self) -> "Iterator[Tag]":
        """Yield the element and all under it."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *names: str) -> "list[Tag]":
        """Return the elements of some types under this one, in order."""
        return [tag for tag in self.walk() if tag.name in names]

    @property
    def pages(self) -> list[int]:
        """The pages of its own content, from 0."""
        return [page for page, _ in self.content]


class Structure:
    """The tree of a file, and the marked content of its pages."""

    def __init__(self, path: Path) -> None:
        self.pdf = pikepdf.open(path)
        self.words = [marked_text(page) for page in self.pdf.pages]
        self._pages: dict[Any, int] = {page.obj.objgen: n for n, page in enumerate(self.pdf.pages)}
        root: Any = self.pdf.Root.StructTreeRoot
        self.root = self._read(root.K, None)

    def _read(self, element: Any, up: Tag | None) -> Tag:
        tag = Tag(str(element.S)[1:], str(element.get("/Alt", "")), str(element.get("/T", "")), up=up)
        tag.attributes = element.get("/A")
        tag.said = str(element.get("/ActualText", ""))
        given = element.get("/K", pikepdf.Array())
        for kid in given if isinstance(given, pikepdf.Array) else [given]:
            if isinstance(kid, int):
                self._content(tag, self._pages[element.Pg.objgen], kid)
            elif kid.get("/Type") == "/MCR":
                self._content(tag, self._pages[kid.Pg.objgen], int(kid.MCID))
            elif kid.get("/Type") == "/OBJR":
                tag.links.append(kid.Obj)
            else:
                assert kid.P.objgen == element.objgen
                tag.kids.append(self._read(kid, tag))
                tag.text += tag.kids[-1].text
        return tag

    def _content(self, tag: Tag, page: int, number: int) -> None:
        tag.content.append((page, number))
        tag.text += self.words[page].get(number, "")

    def owner(self, page: int, number: int) -> Any:
        """Return the element that the parent tree names for marked content."""
        numbers: Any = self.pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        return keys[int(self.pdf.pages[page].obj.StructParents)][number]


def marked_text(page: Any) -> dict[int, str]:
    """Return the text of each marked sequence of a page by its number; artifacts have none and are left out."""
    fonts = {name: _texts(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    found: dict[int, str] = defaultdict(str)
    open_ones: list[Any] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        number = next((int(m["/MCID"]) for m in reversed(open_ones) if "/MCID" in m), None)
        if name in ("BDC", "BMC"):
            properties: Any = operands[1] if name == "BDC" else {}
            if "/MCID" in properties:
                assert number is None, "marked content inside marked content"
                found[int(properties["/MCID"])] += ""
            elif number is not None and "/ActualText" in properties:
                found[number] += str(properties["/ActualText"])
            open_ones.append(properties)
        elif name == "EMC":
            open_ones.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name == "TJ" and number is not None and not any("/ActualText" in m for m in open_ones):
            for part in operands[0]:
                codes = bytes(part) if isinstance(part, pikepdf.String) else b""
                found[number] += "".join(font.get(codes[n] * 256 + codes[n + 1], "") for n in range(0, len(codes), 2))
    assert not open_ones
    return found


def _texts(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", cmap)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
