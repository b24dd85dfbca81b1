"""How thick an edition may be: told at once, before thousands of pages or stories are read one by one.

In: the nodes of an edition's file. Out: one fault, or nothing.
"""

from printkit.diagnostics import Say
from printkit.source import nodes
from printkit.source.document import names_of
from printkit.source.faults import Faults
from printkit.source.schema import EditionKeys, PageKeys

MOST_PAGES = 2_000
"""Of an edition; of a PDF as many (`pdf_bounds`). The thickest issue of a paper has some hundred."""
MOST_STORIES = 5_000
"""On all pages and in the pool; a page of briefs has thirty."""
MOST_POOLED = 1_000
"""In the pool. It is shared out by a search, each story measured before, to 99 pages of some ten at the most."""


def is_too_thick(root: nodes.Mapping, faults: Faults) -> bool:
    """Tell of an edition with more pages or stories than any has."""
    pages, pool = _list(root, EditionKeys, "pages"), _list(root, EditionKeys, "pool")
    where, hint = root.start, Say("part it into several editions", "请分成几个期次")
    if pages and len(pages.items) > MOST_PAGES:
        message = Say(f"the edition has more than {MOST_PAGES:,} pages", f"期次超过 {MOST_PAGES} 版")
    elif pool and len(pool.items) > MOST_POOLED:
        message = Say(f"the pool has more than {MOST_POOLED:,} stories", f"待编稿件超过 {MOST_POOLED} 篇")
        where = pool.items[MOST_POOLED].start
        hint = Say("leave those in the pool that this issue may print", "“待编”里请只留本期可能用的稿件")
    elif _stories(root, pages) > MOST_STORIES:
        message = Say(f"the edition has more than {MOST_STORIES:,} stories", f"期次超过 {MOST_STORIES} 篇稿件")
    else:
        return False
    faults.error("too-thick", root.source.where(where), message, hint)
    return True


def _stories(root: nodes.Mapping, pages: nodes.Sequence | None) -> int:
    lists = [
        _list(page, PageKeys, "stories") for page in (pages.items if pages else ()) if isinstance(page, nodes.Mapping)
    ]
    return sum(len(one.items) for one in (*lists, _list(root, EditionKeys, "pool")) if one)


def _list(node: nodes.Mapping, kind: type[EditionKeys | PageKeys], name: str) -> nodes.Sequence | None:
    names = names_of(kind)
    found = next((value for key, value in node.entries.items() if names.get(key) == name), None)
    return found if isinstance(found, nodes.Sequence) else None
