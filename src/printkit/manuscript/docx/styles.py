"""How paragraphs and runs of a .docx look: direct properties over styles, styles over those that they are based on."""

from dataclasses import dataclass, fields, replace
from typing import Any

from printkit.manuscript.docx.package import W

TITLE = -1
"""The level of Word's own Title: above that of its Heading 1, which is 0."""

_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Properties:
    """What a style or an element says; None where it says nothing."""

    size: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    dotted: bool | None = None
    raised: str | None = None
    font: str | None = None
    face: str | None = None
    align: str | None = None
    level: int | None = None
    number: str | None = None
    depth: int | None = None
    quotes: bool | None = None
    begins_page: bool | None = None

    def over(self, base: "Properties") -> "Properties":
        """Return these, with those of a base where they say nothing."""
        said = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        return replace(base, **said)


def read_properties(element: Any) -> Properties:
    """Read the pPr and rPr of a style, or of what has them."""
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    found = run_properties(run) if run is not None else Properties()
    return paragraph_properties(paragraph).over(found) if paragraph is not None else found


def run_properties(rpr: Any) -> Properties:
    """Read an rPr."""
    size, raised, font, em = (_value(rpr, name) for name in ("sz", "vertAlign", "rFonts", "em"))
    fonts = rpr.find(f"{W}rFonts")
    if fonts is not None:
        font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
    face = fonts.get(f"{W}eastAsia") if fonts is not None else None
    return Properties(
        size=int(float(size)) if size and size.replace(".", "").isdecimal() else None,
        bold=_flag(rpr, "b"),
        hidden=_flag(rpr, "vanish"),
        struck=_flag(rpr, "strike") or _flag(rpr, "dstrike"),
        dotted=em not in _OFF if em else None,
        raised=raised,
        font=font,
        face=face,
    )


def paragraph_properties(ppr: Any) -> Properties:
    """Read a pPr."""
    numbers = ppr.find(f"{W}numPr")
    level = _value(ppr, "outlineLvl")
    depth = _value(numbers, "ilvl") if numbers is not None else None
    return Properties(
        align=_value(ppr, "jc"),
        level=int(level) if level and level.isdecimal() and int(level) < 9 else None,
        number=_value(numbers, "numId") if numbers is not None else None,
        depth=int(depth) if depth and depth.isdecimal() else None,
        begins_page=_flag(ppr, "pageBreakBefore"),
    )


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _flag(element: Any, name: str) -> bool | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val") not in _OFF


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        """Take the root of styles.xml; None where a document has none."""
        found = root.findall(f"{W}style") if root is not None else ()
        self._elements = {one.get(f"{W}styleId"): one for one in found}
        self._read: dict[str, Properties] = {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault") if root is not None else None
        self._base = read_properties(defaults) if defaults is not None else Properties()
        usual = (
            k for k, e in self._elements.items() if e.get(f"{W}default") == "1" and e.get(f"{W}type") == "paragraph"
        )
        self._usual = next(usual, "")

    def paragraph(self, style: str | None) -> Properties:
        """Return what a paragraph of a style looks like."""
        return self.own(style or self._usual).over(self._base)

    def own(self, style: str | None) -> Properties:
        """Return what a style and those that it is based on say."""
        chain: list[str] = []
        while style and style in self._elements and style not in chain:
            chain.append(style)
            style = _value(self._elements[style], "basedOn")
        found = Properties()
        for name in reversed(chain):
            if name not in self._read:
                self._read[name] = _named(self._elements[name])
            found = self._read[name].over(found)
        return found


def _named(element: Any) -> Properties:
    """Read a style; those that Word brings say by their names what they are for."""
    found = read_properties(element)
    match (_value(element, "name") or "").lower():
        case "title" | "标题":
            return replace(found, level=TITLE)
        case "subtitle" | "副标题":
            return replace(found, level=1)
        case "quote" | "intense quote" | "引用":
            return replace(found, quotes=True)
    return found
