"""A web page that was saved (.html), a WeChat article above all, as blocks; parsed by tinyhtml5 as browsers parse (WHATWG).

The text is that of ``#js_content``, else ``article``, else ``main``, else the body. What the page hides by ``display: none`` is left
out; ``visibility: hidden`` is not: WeChat's own bodies carry it until a script has run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printkit.copy.marks import HAN, lowered, raised
from printkit.copy.people import signed
from printkit.copy.spans import Change, applied_to_runs
from printkit.diagnostics import Say, SourceRef
from printkit.manuscript.block import Block, Embedded, Look, Manuscript, Note, table_blocks
from printkit.manuscript.files import local_picture
from printkit.manuscript.refused import refusal
from printkit.model.text import Kind, Run, joined

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "ul",
])  # fmt: skip
_LEFT_OUT = frozenset([
    "script", "style", "noscript", "template", "iframe", "video", "audio", "canvas", "nav", "form", "button", "input",
    "select", "textarea", "object", "embed", "map", "head", "mpvoice", "mp-common-profile", "mpprofile", "link", "meta",
    "title",
])  # fmt: skip
_BOLD = frozenset({"b", "strong", "th"})
_UNITS = {"px": 1.5, "pt": 2.0, "em": 32.0, "rem": 32.0}
"""Half-points of a length, at 16 pixels an em."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """What an element hands down to its text."""

    size: int = 0
    bold: bool = False
    centred: bool = False
    right: bool = False
    level: int | None = None
    link: str | None = None
    kind: Kind = Kind.BODY
    emphasis: bool = False
    face: str = ""


@dataclass(slots=True)
class _Line:
    runs: list[Run] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    light: int = 0


def read_html(name: str, text: str, encoding: str, folder: Path) -> Manuscript:
    """Read a page; its pictures are looked for in its folder."""
    import tinyhtml5

    if len(text) > MOST and len(re.sub(r"data:[\w/+.-]*;base64,[\w+/=]*", "", text)) > MOST:
        message = Say(f"the page has more than {MOST:,} characters", f"网页超过 {MOST} 字符")
        raise refusal("too-large", name, message, _COPY_OUT)
    if _depth(text) > _DEEPEST:
        message = Say(f"the page is nested deeper than {_DEEPEST} elements", f"网页嵌套超过 {_DEEPEST} 层")
        raise refusal("too-large", name, message, _COPY_OUT)
    if max((len(found[0].split()) for found in _TAG.finditer(text)), default=0) > _MOST_BLANKS:
        message = Say("an element of the page has thousands of attributes", "网页里一个元素有数千个属性")
        raise refusal("too-large", name, message, _COPY_OUT)
    root = tinyhtml5.parse(text, namespace_html_elements=False)
    return _Reader(name, folder).read(root, encoding)


MOST = 5_000_000
"""Characters of a page, its pictures aside; WeChat's own have three million, nearly all scripts. The parser is slow."""
_COPY_OUT = Say("copy its text into a new document", "请把文字复制到新文档里")
_DEEPEST = 400
"""Elements within one another; WeChat's own pages have 60. The parser takes the square of it in time."""


_TAG = re.compile(r"""<[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*""")
_MOST_BLANKS = 10_000
"""Blanks in a tag, those of its values with it; the parser takes the square of its attributes in time."""


_ENDING_ALONE = frozenset([
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "br", "img", "hr", "input", "meta", "link",
    "col", "area", "base", "source", "track", "wbr", "embed", "param",
])  # fmt: skip
"""Elements without an end, or that the next one ends."""


def _depth(text: str) -> int:
    """Return how deep elements stand in one another that do not end by themselves."""
    depth = deepest = 0
    for found in re.finditer(r"<(/?)([a-zA-Z][\w-]*)", re.sub(r"(?s)<(script|style)\b.*?(?:</\1>|\Z)", "", text)):
        if found[2].lower() not in _ENDING_ALONE:
            depth = max(depth - 1, 0) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Reader:
    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder
        self._blocks: list[Block] = []
        self._notes: list[Note] = []
        self._line = _Line()
        self._manner = _Manner()
        self._number = 0
        self._breaks = 0
        self._label = ""
        """The number of an item that nothing of is read yet."""
        self._lacks_picture = False

    def read(self, root: Any, encoding: str) -> Manuscript:
        """Read a parsed page."""
        title, source, content = _title(root), _of_id(root, "js_name"), _content(root)
        self._walk(content, _Manner())
        self._end()
        blocks = [replace(block, where=replace(block.where, line=at)) for at, block in enumerate(self._blocks, 2)]
        where = SourceRef(self._name)
        if title and not any(block.text.strip() == title or block.look.level == 0 for block in blocks[:4]):
            blocks.insert(0, Block(where, (Run(title),), Look(level=0)))
        if (author := _author(root)) and not any(author in block.text for block in blocks[:6]):
            at = 1 if blocks and blocks[0].look.level == 0 else 0
            blocks.insert(at, Block(where, (Run(author),)))
        if source is not None and (said := " ".join("".join(source.itertext()).split())):
            blocks.append(Block(replace(where, line=len(blocks) + 2), (Run(f"来源：{said}"),)))
        return Manuscript(self._name, tuple(blocks), tuple(self._notes), encoding)

    @property
    def _where(self) -> SourceRef:
        return SourceRef(self._name, len(self._blocks) + 2)

    def _walk(self, element: Any, manner: _Manner) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _LEFT_OUT or not tag:
            return
        style = _style(element)
        if re.search(r"display:none", style):
            if text := " ".join("".join(element.itertext()).split()):
                self._notes.append(Note("hidden", self._where, text[:40]))
            return
        own = _handed_down(tag, style, element, manner)
        if tag == "table" and not _is_frame(element):
            self._end()
            self._add_table(element)
            return
        if tag == "li" and self._label:
            own = replace(own, kind=Kind.BODY)
        match tag:
            case "figcaption" if self._lacks_picture:
                self._notes.append(Note("caption-alone", self._where, " ".join("".join(element.itertext()).split())))
            case "br":
                self._end(breaks=True)
            case "img":
                self._add_picture(element)
            case "rt" | "rp":
                self._notes.append(Note("ruby", self._where, "".join(element.itertext())))
            case "hr":
                self._end()
                self._blocks.append(Block(self._where, (Run("———"),)))
            case _:
                is_block = tag in _BLOCKS or tag in ("td", "tr", "tbody", "table")
                if is_block:
                    self._end()
                self._text(element.text, own, tag)
                for number, child in enumerate(element, 1):
                    self._label = f"{number}. " if tag == "ol" and child.tag == "li" else self._label
                    self._walk(child, own)
                    self._text(child.tail, own, tag)
                if is_block:
                    self._end()

    def _text(self, text: str | None, manner: _Manner, tag: str) -> None:
        shown = re.sub(r"[ \t\r\n\f]+", lambda white: "\n" if "\n" in white[0] else " ", text or "")
        if not self._line.runs:
            shown = shown.lstrip(" \n")
        if not shown:
            return
        if self._label:
            self._notes.append(Note("numbers-written-out", self._where, now=self._label))
            shown, self._label = self._label + shown, ""
        if tag in ("sup", "sub"):
            written = raised(shown) if tag == "sup" else lowered(shown)
            code = "superscript" if tag == "sup" else "subscript"
            self._notes.append(Note(code if written else "raised-kept", self._where, shown, written or ""))
            shown = written or shown
        if not self._line.runs or self._manner.level is None:
            self._manner = manner
        self._line.runs.append(Run(shown, strong=manner.bold, emphasis=manner.emphasis, link=manner.link))
        count = len(shown.strip())
        self._line.sizes.append((count, manner.size))
        self._line.light += 0 if manner.bold else count

    def _end(self, *, breaks: bool = False) -> None:
        """End a line; a soft break before the next is counted."""
        line, manner, self._line = self._line, self._manner, _Line()
        if any(run.text.strip() for run in line.runs):
            bold = not line.light
            size = max(line.sizes, default=(0, 0))[1]
            look = Look(size, bold, manner.centred, manner.right, manner.level, manner.face)
            line.runs = list(_unwrapped(line.runs))
            runs = joined(replace(run, strong=run.strong and not bold) for run in line.runs)
            self._blocks.append(Block(self._where, runs, look, manner.kind, breaks=self._breaks))
            self._breaks = 0
        self._breaks += breaks

    def _add_picture(self, element: Any) -> None:
        alt = element.get("alt") or ""
        found: Embedded | Note = local_picture(element.get("src") or "", self._folder, alt)
        self._lacks_picture = isinstance(found, Note)
        if isinstance(found, Note):
            address = element.get("data-src") or element.get("src") or ""
            self._notes.append(replace(found, where=self._where, was=address[:80]))
            return
        self._end()
        self._blocks.append(Block(self._where, pictures=(found,)))

    def _add_table(self, element: Any) -> None:
        rows = []
        for row in element.iter("tr"):
            cells: list[tuple[Run, ...]] = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    text = " ".join("".join(cell.itertext()).split())
                    cells.append((Run(text),) if text else ())
                    wide = cell.get("colspan") or "1"
                    cells += [()] * (min(int(wide), 50) - 1 if wide.isdecimal() else 0)
                    if wide != "1" or cell.get("rowspan", "1") != "1":
                        self._notes.append(Note("merged-cells", self._where, now="1"))
            if cells:
                rows.append(cells)
        self._blocks += table_blocks(self._where, rows, self._notes)


def _unwrapped(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs without the line ends of the page's file: a blank, but nothing between two wide characters."""
    text = "".join(run.text for run in runs)
    ends = re.finditer("\n", text)
    return applied_to_runs(runs, [Change(*end.span(), "" if _is_wide(text, end.start()) else " ", "") for end in ends])


def _is_wide(text: str, at: int) -> bool:
    """Say whether the characters on both sides of a place are Chinese."""
    return (
        re.fullmatch(f"[{HAN}\u3001-\u301f\uff01-\uff60“”‘’…—]{{2}}", text[at - 1 : at] + text[at + 1 : at + 2])
        is not None
    )


def _style(element: Any) -> str:
    hides = "display:none;" if element.get("hidden") is not None else ""
    return hides + re.sub(r"\s", "", (element.get("style") or "").lower())


def _handed_down(tag: str, style: str, element: Any, manner: _Manner) -> _Manner:
    """Return what an element's text looks like."""
    own = manner
    if tag in _BOLD or re.search(r"font-weight:(?:bold|[6-9]00)", style):
        own = replace(own, bold=True)
    elif re.search(r"font-weight:(?:normal|[1-4]00)", style):
        own = replace(own, bold=False)
    if re.fullmatch("h[1-6]", tag):
        own = replace(own, level=int(tag[1]) - 1, bold=True)
    if tag == "center" or (element.get("align") or "").lower() == "center" or "text-align:center" in style:
        own = replace(own, centred=True, right=False)
    elif re.search("text-align:(?:right|end)", style):
        own = replace(own, right=True, centred=False)
    elif re.search("text-align:(?:left|justify|start)", style):
        own = replace(own, centred=False, right=False)
    if found := re.search(r"font-size:([\d.]+)(px|pt|r?em)", style):
        own = replace(own, size=int(float(found[1]) * _UNITS[found[2]]) if found[1].count(".") < 2 else own.size)
    if found := re.search(r"font-family:[\"']?([^,;\"']+)", style):
        own = replace(own, face=found[1])
    elif tag == "font" and element.get("face"):
        own = replace(own, face=element.get("face").split(",")[0])
    if tag == "a" and re.match(r"https?://|mailto:|tel:", element.get("href") or ""):
        own = replace(own, link=element.get("href"))
    if tag == "blockquote":
        own = replace(own, kind=Kind.QUOTATION)
    elif tag == "li":
        own = replace(own, kind=Kind.LIST_ITEM)
    return replace(own, emphasis=True) if "text-emphasis" in style else own


def _is_frame(table: Any) -> bool:
    """Say whether a table only frames what stands in it: pictures, other tables, or one cell."""
    return (
        sum(1 for _ in table.iter("td")) < 2
        or any(True for _ in table.iter("img"))
        or sum(1 for _ in table.iter("table")) > 1
    )


def _title(root: Any) -> str:
    found = _of_id(root, "activity-name")
    texts = ["".join(found.itertext()) if found is not None else ""]
    texts += [one.get("content") or "" for one in root.iter("meta") if one.get("property") == "og:title"]
    texts += ["".join(one.itertext()) for one in root.iter("title")]
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def _author(root: Any) -> str:
    """Return who a page says wrote it, where that is a name or a byline."""
    found = _of_id(root, "js_author_name")
    texts = ["".join(found.itertext()) if found is not None else ""]
    texts += [one.get("content") or "" for one in root.iter("meta") if one.get("name") == "author"]
    said = (" ".join(text.split()) for text in texts)
    return next((text for text in said if text and signed(text, names_alone=True)), "")


def _content(root: Any) -> Any:
    def found() -> Iterator[Any]:
        yield _of_id(root, "js_content")
        for tag in ("article", "main", "body"):
            yield next(root.iter(tag), None)

    return next((one for one in found() if one is not None), root)


def _of_id(root: Any, name: str) -> Any:
    return next((one for one in root.iter() if one.get("id") == name), None)
