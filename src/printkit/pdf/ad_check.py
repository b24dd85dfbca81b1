"""What a press would send back in an advertisement's PDF: fonts that are not in it, colours that are not its inks, layers.

Only what the first page draws is read, through every form and pattern (ISO 32000-1, 7.8.3, 8.6, 9.9).
"""

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef
from printkit.pdf_bounds import opened
from printkit.units import MM

SCALED = 50
"""Thousandths by which an advertisement may be made larger or smaller before it is told: at 5 % type of 7 pt is seen
to change."""

_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black", "/All", "/None"})
_RESOURCES = {
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
    "Do": "/XObject",
    "Tf": "/Font",
    "gs": "/ExtGState",
}
"""Where the name that an operator is given stands among the resources."""
_TOLD = " ".join(("rg", "RG", "k", "K", *_RESOURCES, "BI", "ID", "EI"))
"""The operators that matter; the last three are a picture in the stream itself, which pikepdf gives whole."""
_DEEPEST = 20
"""Forms inside forms, and an end where a file names itself."""
_WRONG_KIND = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, UserWarning, ValueError)
"""What comes of a value of another kind than the standard says, of one that leads back to itself, and of content cut short."""


@dataclass(slots=True)
class AdFacts:
    """What the first page of a PDF uses: fonts that are not embedded, other inks, whether RGB, whether hidden layers.

    `odd` are colours that cannot be turned into inks one by one, `not_archived` what PDF/A forbids or cannot be sure of.
    """

    missing_fonts: set[str] = field(default_factory=set)
    spots: set[str] = field(default_factory=set)
    rgb: bool = False
    hidden_layers: bool = False
    odd: bool = False
    not_archived: bool = False

    @property
    def keeps_vectors(self) -> bool:
        """Whether a press may have it as vectors: all its colours are inks, or become some."""
        return not self.odd and not self.spots

    @property
    def is_archived(self) -> bool:
        """Whether an archive may have it as vectors."""
        return self.keeps_vectors and not self.not_archived and not self.missing_fonts


def ad_facts(file: Path) -> AdFacts:
    """Read what the first page of a PDF uses; the file is one that `source` has found whole.

    Raises:
        pikepdf.PdfError: a part of it is broken.
    """
    facts = AdFacts()
    try:
        with opened(file) as document, warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # content that does not end
            page = document.pages[0]
            layers = document.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
            facts.hidden_layers = len(layers.get("/OFF", [])) > 0
            _Reader(facts).read(page, page.resources)
    except _WRONG_KIND as error:
        raise pikepdf.PdfError(str(error)) from error
    return facts


def keeps_vectors(file: Path) -> bool:
    """Say whether a press may have a PDF's first page as vectors."""
    return ad_facts(file).keeps_vectors


def ad_findings(
    file: Path, size: tuple[int, int], place: tuple[int, int], where: SourceRef, *, press: bool
) -> list[Diagnostic]:
    """Tell what is wrong with an advertisement's PDF.

    Args:
        file: the PDF.
        size: width and height of its page as seen, in mpt.
        place: width and height at which it stands, in mpt.
        where: its entry in the edition.
        press: whether it is printed: then colours must be the press's, and a font that is not in it is an error.
    """
    facts = ad_facts(file)
    found = []
    if facts.missing_fonts:
        names = sorted(facts.missing_fonts)
        say = Say(
            f"the advertisement does not bring its fonts: {', '.join(names)}", f"广告没有嵌入字体：{'、'.join(names)}"
        )
        hint = Say(
            "ask for one with all fonts embedded, or with type turned into outlines",
            "请客户嵌入全部字体，或把文字转成曲线",
        )
        found.append(("ads.font-not-embedded", say, Severity.ERROR if press else Severity.WARNING, hint))
    if facts.rgb and press:
        say = Say("the advertisement has colours in RGB", "广告里有 RGB 颜色")
        found.append(("ads.rgb", say, Severity.ERROR, Say("ask for one in CMYK", "请客户改成 CMYK 再发")))
    if facts.spots and press:
        names = sorted(facts.spots)
        say = Say(
            f"the advertisement asks for inks that are not C, M, Y or K: {', '.join(names)}",
            f"广告用了专色：{'、'.join(names)}",
        )
        hint = Say(
            "ask for one in CMYK, or let the press say that it has this ink", "请客户改成 CMYK，或向印厂确认有此专色"
        )
        found.append(("ads.spot", say, Severity.WARNING, hint))
    if facts.hidden_layers:
        say = Say("the advertisement has hidden layers, which will be seen", "广告有隐藏的图层，排出来会显示")
        hint = Say("ask for one without layers (PDF/X-1a has none)", "请客户去掉图层再发（PDF/X-1a 没有图层）")
        found.append(("ads.hidden-layer", say, Severity.WARNING, hint))
    if size[0] and abs(place[0] - size[0]) * 1000 > SCALED * size[0]:
        made, stands = ((round(w / MM), round(h / MM)) for w, h in (size, place))
        share = f"{place[0] / size[0]:.0%}"
        say = Say(
            f"the advertisement was made {made[0]} × {made[1]} mm and stands at {stands[0]} × {stands[1]} mm",
            f"广告做成 {made[0]}×{made[1]} 毫米，排成 {stands[0]}×{stands[1]} 毫米",
        )
        hint = Say(
            f"its type comes out at {share} of its size: see that it can be read",
            f"字会变成原来的 {share}，请看是否清楚",
        )
        found.append(("ads.size", say, Severity.WARNING, hint))
    return [Diagnostic(code, say, severity, hint, where) for code, say, severity, hint in found]


class _Reader:
    """Follows what the contents of a page draw; what stands in its resources and is never used does not count."""

    def __init__(self, facts: AdFacts) -> None:
        self._facts = facts
        self._seen: set[tuple[int, int]] = set()

    def read(self, content: Any, resources: Any, depth: int = 0) -> None:
        """Note the fonts, colours and pictures of a content stream, and of every form and pattern that it draws."""
        for item in pikepdf.parse_content_stream(content, _TOLD):
            if isinstance(item, pikepdf.ContentStreamInlineImage):
                self._space(item.iimage.obj.get("/ColorSpace"))
                self._facts.odd = self._facts.odd or self._facts.rgb
                continue
            operator = str(item.operator)
            if operator in ("rg", "RG"):
                self._facts.rgb = True
                continue
            if operator in ("k", "K"):
                self._facts.not_archived = True
                continue
            name = item.operands[0] if operator == "Tf" else item.operands[-1]
            if not isinstance(name, Name):
                continue  # a tint of `scn`
            kind = _RESOURCES[operator]
            found = resources.get(kind, Dictionary()).get(str(name))
            if kind == "/ColorSpace":
                self._space(name if found is None else found)
            elif found is not None:
                self._use(kind, found, resources, depth)

    def _use(self, kind: str, found: Any, resources: Any, depth: int) -> None:
        facts = self._facts
        if kind == "/Font":
            if not _is_embedded(found):
                facts.missing_fonts.add(str(found.get("/BaseFont", "/?"))[1:])
            facts.not_archived = facts.not_archived or not _is_spelled(found)
        elif kind == "/ExtGState":
            facts.not_archived = facts.not_archived or _is_transparent(found)
        elif found.get("/Subtype") == Name.Image:
            self._space(found.get("/ColorSpace"))
            facts.odd = facts.odd or "JPXDecode" in str(found.get("/Filter", ""))
            facts.not_archived = facts.not_archived or "/SMask" in found or bool(found.get("/Interpolate", False))
        elif kind == "/Shading":
            self._shading(found)
        elif "/Shading" in found:
            self._shading(found.Shading)
        elif depth < _DEEPEST and found.objgen not in self._seen:
            self._seen.add(found.objgen)
            self.read(found, found.get("/Resources", resources), depth + 1)

    def _shading(self, shading: Any) -> None:
        self._space(shading.get("/ColorSpace"))
        is_plain = int(shading.get("/ShadingType", 0)) <= 3 and is_blend(shading.get("/Function"))
        self._facts.odd = self._facts.odd or not is_plain

    def _space(self, space: Any) -> None:
        """Note what a colour space asks of a press; of one that stands on another, both."""
        facts = self._facts
        if space is None:
            return
        if isinstance(space, Name):
            facts.rgb = facts.rgb or space in (Name.DeviceRGB, Name.RGB)
            facts.not_archived = facts.not_archived or space in (Name.DeviceCMYK, Name.CMYK)
            return
        kind = str(space[0])
        if kind == "/ICCBased":
            facts.rgb = facts.rgb or int(space[1].get("/N", 0)) == 3
            facts.not_archived = facts.not_archived or int(space[1].get("/N", 0)) == 4
        elif kind in ("/CalRGB", "/Lab"):
            facts.rgb = True
            facts.odd = facts.odd or kind == "/Lab"
        elif kind in ("/Indexed", "/I", "/Pattern") and len(space) > 1:
            self._space(space[1])
            facts.odd = facts.odd or (kind == "/Pattern" and facts.rgb)
        elif kind in ("/Separation", "/DeviceN"):
            names = [space[1]] if kind == "/Separation" else list(space[1])
            facts.not_archived = True
            facts.spots.update(str(name)[1:] for name in names if str(name) not in _PROCESS)


def _is_embedded(font: Any) -> bool:
    """Say whether a font's shapes are in the file."""
    if font.get("/Subtype") == Name.Type3:
        return True
    if "/DescendantFonts" in font:
        font = font.DescendantFonts[0]
    descriptor = font.get("/FontDescriptor", Dictionary())
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def is_blend(function: Any) -> bool:
    """Say whether a function blends one colour into another, or is some of these in a row (types 2 and 3)."""
    if not isinstance(function, Dictionary):
        return False
    kind = int(function.get("/FunctionType", -1))
    return kind == 2 or (kind == 3 and all(is_blend(part) for part in function.Functions))


def _is_spelled(font: Any) -> bool:
    """Say whether a font tells what its characters are."""
    return "/ToUnicode" in font or font.get("/Encoding") in (Name.WinAnsiEncoding, Name.MacRomanEncoding)


def _is_transparent(state: Any) -> bool:
    if state.get("/SMask", Name("/None")) != Name("/None") or state.get("/BM", Name.Normal) != Name.Normal:
        return True
    return any(float(state.get(key, 1)) < 1 for key in ("/ca", "/CA"))
