"""The style sheets of a page: the built-in ones, its layout's, the paper's; a paper's own file comes first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef, file_name
from printkit.gate import read_file
from printkit.model.context import PageContext
from printkit.render.templates import STYLES, layout_roots, resource_roots

SHARED = ("base.css", "fonts.css", "house.css")
"""Those of printkit's own that all pages have, unless a paper has its own."""


def stylesheets(page: PageContext) -> list[Path]:
    """List the style sheets of a page in their order."""
    paper = page.paper
    own = paper.folder / "styles"
    sheets = []
    for name in ("base.css", "fonts.css", f"{paper.page_size}.css", "house.css"):
        path = next((p for p in (own / name, STYLES / name) if p.is_file()), None)
        if path:
            sheets.append(path)
    layout = next((p for r in layout_roots(paper) if (p := r / page.layout / "page.css").is_file()), None)
    if layout:
        sheets.append(layout)
    found = [path.resolve() for path in (*sheets, *paper.stylesheets)]
    roots = [root.resolve() for root in resource_roots(paper)]
    for path in found:
        _check(path, roots)
    return found


_LARGEST = 1 << 20
"""Bytes of a style sheet. printkit's own have 50,000 together."""
_DEEPEST = 40
"""Brackets within brackets. Styles nest five; the parsers call themselves for each."""
_LONGEST = 100
"""Compounds in one selector, ``main .story > .body``: each is one call deeper, too."""
_TEXT = re.compile(r"/\*.*?(?:\*/|$)|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?", re.DOTALL)
"""Comments and strings. One that is not closed ends with its line, as in CSS: nothing is looked through twice for its end."""
_BRACKETS = re.compile(r"[(\[{]|[)\]}]|\n")
_SELECTOR = re.compile(r"[^{};,]+")
_SHORT = 200
"""Characters of a selector that cannot be too long."""


def _check(path: Path, roots: Sequence[Path]) -> None:
    """See that a style sheet lies in the paper or in printkit and is of a size that a page has.

    Raises:
        InputError: it is not.
    """
    where = SourceRef(file_name(path, roots[0], STYLES.parent))
    if not any(path.is_relative_to(root) for root in roots):
        message = Say(f"{path.name} is a link out of the paper's folder", f"{path.name} 是指向本报文件夹之外的链接")
        hint = Say("put the file itself in its place", "请把文件本身放在这里")
        raise InputError([Diagnostic("style.wrong-path", message, hint=hint, where=where)])
    check_sheet(path, where)


def check_sheet(path: Path, where: SourceRef) -> None:
    """See that a style sheet, also one that a layout or another sheet brings in, is of a size that a page has.

    Raises:
        InputError: it is not.
    """
    found = path.stat()
    if found.st_size > _LARGEST:
        message = Say(f"the style sheet has {found.st_size >> 10:,} KiB", f"样式表有 {found.st_size >> 10} KiB")
        hint = Say(f"no style sheet may be larger than {_LARGEST >> 10:,}", f"样式表不得超过 {_LARGEST >> 10} KiB")
        raise InputError([Diagnostic("style.too-large", message, hint=hint, where=where)])
    if (line := _deep_line(path, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))) is not None:
        message = Say(
            f"a selector or a rule is nested more than {_DEEPEST} deep, or {_LONGEST} long",
            f"选择器或规则嵌套超过 {_DEEPEST} 层，或长过 {_LONGEST} 节",
        )
        hint = Say("write it shorter: a class does what many elements do", "请写短：用一个类代替一长串元素")
        raise InputError([Diagnostic("style.too-deep", message, hint=hint, where=replace(where, line=line))])


@lru_cache(maxsize=64)
def _deep_line(path: Path, _stands: tuple[int, ...]) -> int | None:
    """Return the line at which a file, as it stands, is nested too deep: each page asks it of the same ones."""
    return _too_deep(read_file(path, largest=_LARGEST).decode("utf-8", "replace"))


def _too_deep(sheet: str) -> int | None:
    """Return the line at which a sheet is nested too deep; None where it nowhere is."""
    sheet = _TEXT.sub(lambda found: "\n" * found[0].count("\n"), sheet)
    depth, line = 0, 1
    for found in _BRACKETS.finditer(sheet):
        if found[0] == "\n":
            line += 1
            continue
        depth = depth + 1 if found[0] in "([{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return line
    for selector in _SELECTOR.finditer(sheet):
        is_long = len(selector[0]) >= _SHORT and sheet[selector.end() : selector.end() + 1] in ("{", ",")
        if is_long and len(re.findall(r"[^\s>+~]+", selector[0])) > _LONGEST:
            start = selector.end() - len(selector[0].lstrip())
            return sheet.count("\n", 0, start) + 1
    return None


def families(page: PageContext) -> frozenset[str]:
    """Return every family that a page's style sheets name, and nothing that a system puts in its place."""
    return frozenset[str]().union(
        *(_families(read_file(path).decode("utf-8", "replace")) for path in stylesheets(page))
    )


def built_in_families() -> frozenset[str]:
    """Return the families that the built-in chains list; they are alternates, few machines have them all."""
    return _families((STYLES / "fonts.css").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _families(sheet: str) -> frozenset[str]:
    """Return what is quoted in a sheet, and the unquoted families of its fonts."""
    declared = re.findall(r"font-family\s*:([^;}]*)", sheet)
    words = {name.strip() for names in declared for name in re.split(r"[,!]", re.sub(r"var\([^)]*\)?", "", names))}
    return frozenset({name for name in words if name} | set(re.findall(r"[\"']([^\"'\n]+)[\"']", sheet)))
