"""Pages that are laid out alike: a page's probes without what its own words and its stories' names are.

In: a page's HTML with its probes, its tiles, its style sheets. Out: a key that is equal for pages of one kind, and the
geometry of one as that of another. Words count by their shape alone (each Han as 国, each digit as 0): they could push
a layout in another way still, so that whoever takes a geometry for another page's sees, when the page is drawn, that it is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, SourceRef
from printkit.gate import read_file
from printkit.model.geometry import PageGeometry

_TOKENS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(style|script|svg|template)\b.*?(?:</\1\s*>|\Z)|<[^>]*>|[^<]+", re.DOTALL | re.IGNORECASE
)
_TITLE = re.compile(r'(?<= data-title=")[^"]*')
_NAMED = re.compile(r"@import|\[\s*data-(?:slot|probe|title)\s*[~|^$*]?=", re.IGNORECASE)
"""What lets a style know a tile by its story's name, or a page by its own: such pages are of no kind."""

_HAN, _DIGIT = re.compile("[\u3400-\u9fff]"), re.compile("[0-9]")


class LaidOutOtherwiseError(InputError):
    """A page is not as planned, and it was planned as one of its kind: perhaps its own words push its layout."""


@dataclass(frozen=True, slots=True)
class Like:
    """A page as measured, for others of its kind: its tiles in order, and where it is told of."""

    geometry: PageGeometry
    told: tuple[Diagnostic, ...]
    where: SourceRef
    tiles: tuple[str, ...]
    files: frozenset[Path]
    """What was read for it."""

    @property
    def is_shared(self) -> bool:
        """Say whether what is told of it is told of every page of its kind: it is of styles, and of no tile."""
        return all(found.code.startswith(("style.", "fonts.")) for found in self.told)


def kind_of(html: str, tiles: Sequence[str], sheets: Iterable[Path]) -> str | None:
    """Return what a page's geometry depends on; None where a style may know more of it.

    Args:
        html: the page with its probes.
        tiles: the names of the tiles of an automatic page, in order.
        sheets: its style sheets.
    """
    if _NAMED.search(html) or any(_knows_names(read_file(sheet).decode("utf-8", "replace")) for sheet in sheets):
        return None
    for number, name in enumerate(tiles):
        for attribute, end in (("data-slot", '"'), ("data-probe", "|")):
            html = html.replace(f'{attribute}="{escape(name)}{end}', f'{attribute}="#{number}{end}')
    return _TOKENS.sub(_shape_of_token, html)


@lru_cache(maxsize=64)
def _knows_names(sheet: str) -> bool:
    return bool(_NAMED.search(sheet))


def _shape_of_token(token: re.Match[str]) -> str:
    if token[0][0] != "<":
        return _shape(token[0])
    return token[0] if token[1] else _TITLE.sub(lambda title: _shape(title[0]), token[0])


def _shape(text: str) -> str:
    return _DIGIT.sub("0", _HAN.sub("国", text))


def renamed(geometry: PageGeometry, names: dict[str, str]) -> PageGeometry:
    """Return a geometry with other names of its tiles."""
    return replace(
        geometry,
        styles={(names.get(slot, slot), *rest): style for (slot, *rest), style in geometry.styles.items()},  # type: ignore[misc]  # the rest of a `StyleKey`
        slots={(name := names.get(slot.name, slot.name)): replace(slot, name=name) for slot in geometry.slots.values()},
        rules=tuple(replace(rule, name=names.get(rule.name, rule.name)) for rule in geometry.rules),
    )
