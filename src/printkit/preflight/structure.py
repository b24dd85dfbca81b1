"""The structure tree: its elements, and the marked content of every page in the order of reading (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary

DIRECT = (0, 0)
"""Number of an object that stands inside another."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A place in the tree: the object, the page it is on, and the article (Art) round it, by number; 0 is none."""

    obj: Any
    page: Any = None
    article: int = 0


def elements(root: Any) -> Iterator[Any]:
    """Yield every structure element below a root, in reading order."""
    return (node.obj for node in _walk(root) if isinstance(node.obj, Dictionary) and "/S" in node.obj)


def reading_orders(root: Any) -> dict[Any, tuple[tuple[int, ...], ...]]:
    """Return for each page, by object number, the runs of marked content ids that are read one after the other.

    A page's own content is one run; what an article that began on another page has here is a run by itself, for it is
    read with its beginning. Content of forms is left out: it counts by itself.
    """
    home: dict[int, Any] = {}
    found: dict[Any, dict[int, list[int]]] = {}
    for node in _walk(root):
        mcid = _mcid(node.obj)
        if mcid is None or node.page is None:
            continue
        begins_here = not node.article or home.setdefault(node.article, node.page) == node.page
        found.setdefault(node.page, {}).setdefault(0 if begins_here else node.article, []).append(mcid)
    return {page: tuple(tuple(run) for run in runs.values()) for page, runs in found.items()}


def _mcid(obj: Any) -> int | None:
    if isinstance(obj, int):
        return obj
    if isinstance(obj, Dictionary) and "/MCID" in obj and "/Stm" not in obj:
        return int(obj.MCID)
    return None


def _walk(root: Any) -> Iterator[_Node]:
    """Yield nodes depth first."""
    stack = [_Node(root)]
    seen = set()
    articles = 0
    while stack:
        node = stack.pop()
        kids = None
        if isinstance(node.obj, Dictionary):
            number = node.obj.objgen
            if number in seen:  # a broken tree may lead back to where it came from
                continue
            if number != DIRECT:
                seen.add(number)
            if str(node.obj.get("/S")) == "/Art":
                articles += 1
                node = _Node(node.obj, node.page, articles)
            if "/Pg" in node.obj:
                node = _Node(node.obj, node.obj.Pg.objgen, node.article)
            kids = node.obj.get("/K")
        yield node
        children = list(kids) if isinstance(kids, Array) else [kids]
        stack += [_Node(kid, node.page, node.article) for kid in reversed(children) if kid is not None]
