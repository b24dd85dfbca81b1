"""The style sheets of a page: the built-in ones, its layout's, the paper's; a paper's own file comes first."""

import re
from functools import lru_cache
from pathlib import Path

from printkit.gate import read_file
from printkit.model.context import PageContext
from printkit.render.templates import STYLES, layout_roots


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
    return [path.resolve() for path in (*sheets, *paper.stylesheets)]


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
    words = {name.strip() for names in declared for name in re.split(r"[,!]", re.sub(r"var\([^)]*\)", "", names))}
    return frozenset({name for name in words if name} | set(re.findall(r"[\"']([^\"'\n]+)[\"']", sheet)))
