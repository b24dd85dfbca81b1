"""Transparency groups that nothing shines through (ISO 32000-1, 11.4.7) as plain forms, which every press draws alike.

WeasyPrint puts each text of an SVG into a group, so that it can have an opacity. A group painted opaque, with nothing
blended in it, shows what its contents show without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_TOLD = "q Q gs Do"
"""The operators that matter."""
_DEEPEST = 30
"""Forms inside forms, and an end where a file names itself."""


def drop_opaque_groups(pdf: pikepdf.Pdf) -> None:
    """Make plain forms of the groups on all pages that are opaque wherever they are painted."""
    found = _Groups()
    for page in pdf.pages:
        resources = page.obj.get("/Resources", Dictionary())
        if any("/Group" in form for form in resources.get("/XObject", Dictionary()).values()):
            found.walk(page, resources, 0)
    for form in found.plain():
        del form.Group


@dataclass(slots=True)
class _Groups:
    """The groups of a file, and those of them that are transparent somewhere."""

    forms: dict[tuple[int, int], Any] = field(default_factory=dict)
    kept: set[tuple[int, int]] = field(default_factory=set)

    def plain(self) -> Iterator[Any]:
        """Yield the groups that may go."""
        return (form for number, form in self.forms.items() if number not in self.kept)

    def walk(self, stream: Any, resources: Any, depth: int, *, opaque: bool = True) -> bool:
        """Follow a content stream; say whether anything in it is blended with what is below it."""
        blends = False
        stack: list[bool] = []
        for item in pikepdf.parse_content_stream(stream, _TOLD):
            operator = str(item.operator)
            if operator == "q":
                stack.append(opaque)
            elif operator == "Q" and stack:
                opaque = stack.pop()
            elif operator == "gs":
                state = resources.get("/ExtGState", Dictionary()).get(str(item.operands[0]), Dictionary())
                blends = blends or state.get("/BM", Name.Normal) != Name.Normal
                opaque = opaque and _is_opaque(state)
            elif operator == "Do" and depth < _DEEPEST:
                form = resources.get("/XObject", Dictionary()).get(str(item.operands[0]))
                if form is not None and form.get("/Subtype") == Name.Form:
                    blends = self._painted(form, resources, depth, opaque=opaque) or blends
        return blends

    def _painted(self, form: Any, resources: Any, depth: int, *, opaque: bool) -> bool:
        is_group = "/Group" in form
        blends = self.walk(form, form.get("/Resources", resources), depth + 1, opaque=opaque or is_group)
        if is_group:
            self.forms[form.objgen] = form
            if not opaque or blends:
                self.kept.add(form.objgen)
        return blends


def _is_opaque(state: Any) -> bool:
    if state.get("/SMask", Name("/None")) != Name("/None"):
        return False
    return all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
