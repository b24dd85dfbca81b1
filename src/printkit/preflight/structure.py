"""The structure tree: its elements, and the marked content of every page in the order of reading (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

DIRECT = (0, 0)
"""Number of an object that stands inside another."""


def elements(root: Any) -> Iterator[Any]:
    """Yield every structure element below a root, in reading order."""
    return (node for node, _ in _walk(root) if isinstance(node, Dictionary) and "/S" in node)


def reading_order(root: Any) -> dict[Any, tuple[int, ...]]:
    """Return for each page, by object number, its marked content ids in reading order; content of forms is left out."""
    found: dict[Any, list[int]] = {}
    for node, page in _walk(root):
        if isinstance(node, int) and page is not None:
            found.setdefault(page, []).append(node)
        elif isinstance(node, Dictionary) and "/MCID" in node and "/Stm" not in node and page is not None:
            found.setdefault(page, []).append(int(node.MCID))
    return {page: tuple(mcids) for page, mcids in found.items()}


def _walk(root: Any) -> Iterator[tuple[Any, Any]]:
    """Yield nodes depth first with the page they are on, by object number."""
    stack: list[tuple[Any, Any]] = [(root, None)]
    seen = set()
    while stack:
        node, page = stack.pop()
        if isinstance(node, Dictionary):
            number = node.objgen
            if number in seen:  # a broken tree may lead back to where it came from
                continue
            if number != DIRECT:
                seen.add(number)
            page = node.Pg.objgen if "/Pg" in node else page
        yield node, page
        kids = node.get("/K") if isinstance(node, Dictionary) else None
        children = list(kids) if isinstance(kids, Array) else [kids]
        stack += [(kid, page) for kid in reversed(children) if kid is not None]
