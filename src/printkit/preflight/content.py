"""Reads a page's content stream as a renderer would, and tells what it paints (ISO 32000-1, 8 to 11).

Followed: the graphics state with its stack, colour spaces, text matrices, clipping by its bounding box, form XObjects,
tiling patterns, marked content. `graphics` and `text` have what their operators do.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from printkit.preflight.colour import CMYK, GREY, PAPER_BLACK, RGB, Space, read_space
from printkit.preflight.fonts import Font, read_font
from printkit.preflight.geometry import (
    EVERYWHERE,
    IDENTITY,
    Box,
    across,
    box_under,
    read_box,
    read_matrix,
    times,
    upwards,
)
from printkit.preflight.graphics import State
from printkit.preflight.marks import GroupMark, Mark, PictureMark, ShadeMark
from printkit.preflight.structure import DIRECT
from printkit.preflight.text import Text

_DEEPEST = 24
"""Forms within forms; a file that nests deeper is broken or hostile (Acrobat stops at 28)."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page paints, in painting order; `order` is its marked content ids as they come; `faults` is what is broken."""

    marks: tuple[Mark, ...]
    order: tuple[int, ...]
    faults: tuple[str, ...]


def read_content(page: Any, visible: Box, fonts: dict[Any, Font]) -> PageContent:
    """Read what a page paints.

    Args:
        page: the page's dictionary.
        visible: its MediaBox, which clips everything.
        fonts: fonts read so far, shared by all pages of a file; new ones are added.
    """
    reader = _Reader(fonts)
    reader.run(page, page.get("/Resources", Dictionary()), State(IDENTITY, visible), pikepdf.Page(page))
    return PageContent(tuple(reader.marks), tuple(dict.fromkeys(reader.order)), tuple(dict.fromkeys(reader.faults)))


class _Reader:
    """Everything found on a page, whatever stream it stands in."""

    def __init__(self, fonts: dict[Any, Font]) -> None:
        self.fonts = fonts
        self.marks: list[Mark] = []
        self.order: list[int] = []
        self.faults: list[str] = []
        self._inside: list[Any] = []

    @property
    def is_on_page(self) -> bool:
        """The stream being read is the page's own; a form counts its marked content for itself (14.7.4.2)."""
        return len(self._inside) == 1

    def run(self, owner: Any, resources: Any, state: State, stream: Any, cover: Box | None = None) -> None:
        """Interpret one content stream; `cover` stands for the boxes of what a pattern repeats."""
        key = owner.objgen
        if key in self._inside or len(self._inside) >= _DEEPEST:
            self.faults.append("forms that contain themselves")
            return
        self._inside.append(key)
        interpreter = _Interpreter(self, resources, state, cover)
        for operands, operator in self._instructions(stream):
            interpreter.step(operands, operator)
        self._inside.pop()

    def _instructions(self, stream: Any) -> Sequence[tuple[Any, str]]:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                found = [
                    ([i.iimage], "inline")
                    if isinstance(i, pikepdf.ContentStreamInlineImage)
                    else (i.operands, str(i.operator))
                    for i in pikepdf.parse_content_stream(stream)
                ]
            except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as error:  # qpdf's own words may be no UTF-8
                self.faults.append(str(error))
                return ()
        self.faults += [str(one.message) for one in told]
        return found

    def font(self, obj: Any) -> Font:
        """Return a font, read once per file; direct dictionaries have no number and are read each time."""
        key = obj.objgen
        if key == DIRECT:
            return read_font(obj)
        if key not in self.fonts:
            self.fonts[key] = read_font(obj)
        return self.fonts[key]


class _Interpreter(Text):
    """One content stream, with what it calls: forms, patterns, pictures."""

    def __init__(self, reader: _Reader, resources: Any, state: State, cover: Box | None) -> None:
        super().__init__(resources, state, reader.marks, cover)
        self.reader = reader
        self.content = []
        self.lenient = 0

    def font(self, obj: Any) -> Font:
        return self.reader.font(obj)

    def step(self, operands: Sequence[Any], operator: str) -> None:
        """Do one instruction; one whose operands do not fit it is told and skipped, as readers do."""
        action = _ACTIONS.get(operator)
        if action is None:
            if operator not in _WITHOUT_EFFECT and not self.lenient:
                self.reader.faults.append(f"unknown operator {operator}")
            return
        try:
            action(self, operands)
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, RuntimeError, pikepdf.PdfError) as error:
            self.reader.faults.append(f"{operator}: {error}")

    def paint_pattern(self, name: str | None, where: Box) -> None:
        """Paint a tiling's cell once, its marks standing for all repeats, or note a shading (8.7)."""
        pattern = self.resources["/Pattern"][name]
        if int(pattern.PatternType) == 2:
            self.paint_shade(pattern.Shading, where)
            return
        matrix = times(read_matrix(pattern.get("/Matrix")), self.base)
        inner = replace(self.state, ctm=matrix, clip=EVERYWHERE, fill=PAPER_BLACK, stroke=PAPER_BLACK)
        self.reader.run(pattern, pattern.get("/Resources", self.resources), inner, pattern, cover=where)

    def paint_shading(self, operands: Sequence[Any]) -> None:
        self.paint_shade(self.resources["/Shading"][str(operands[0])], self.state.clip)

    def paint_shade(self, shading: Any, where: Box) -> None:
        self.add(ShadeMark(where, self.state.look(), read_space(shading.get("/ColorSpace"), self.resources)))

    # XObjects and images

    def paint_object(self, operands: Sequence[Any]) -> None:
        obj = self.resources["/XObject"][str(operands[0])]
        if str(obj.get("/Subtype")) == "/Form":
            self.paint_form(obj)
        elif str(obj.get("/Subtype")) == "/Image":
            bits, stencil = int(obj.get("/BitsPerComponent", 8)), bool(obj.get("/ImageMask", False))
            self.paint_image(obj, (int(obj.Width), int(obj.Height)), bits, obj.get("/ColorSpace"), is_stencil=stencil)

    def paint_inline(self, operands: Sequence[Any]) -> None:
        image = operands[0]
        pixels, bits = (int(image.width), int(image.height)), int(image.bits_per_component)
        self.paint_image(None, pixels, bits, image.obj.get("/ColorSpace"), is_stencil=bool(image.image_mask))

    def paint_form(self, form: Any) -> None:
        matrix = times(read_matrix(form.get("/Matrix")), self.state.ctm)
        clip = self.state.clip
        if (limits := read_box(form.get("/BBox"))) is not None:
            cut = clip.cut(box_under(limits, matrix))
            if cut is None:
                return
            clip = cut
        if "/Group" in form and str(form.Group.get("/S")) == "/Transparency":
            self.add(GroupMark(self.cover or clip, self.state.look()))
        inner = replace(self.state, ctm=matrix, clip=clip)
        self.reader.run(form, form.get("/Resources", self.resources), inner, form, self.cover)

    def paint_image(self, obj: Any, pixels: tuple[int, int], bits: int, colours: Any, *, is_stencil: bool) -> None:
        ctm = self.state.ctm
        where = self.shown(box_under(Box(0, 0, 1, 1), ctm))
        width, height = across(ctm) / 72, upwards(ctm) / 72
        if where is None or not width or not height:
            return
        bits, space = (1, GREY) if is_stencil else (bits, read_space(colours, self.resources))
        ppi = min(pixels[0] / width, pixels[1] / height)
        look = self.state.look()
        if obj is not None and ("/SMask" in obj or int(obj.get("/SMaskInData", 0))):
            look = replace(look, has_soft_mask=True)
        self.add(PictureMark(self.cover or where, look, pixels, ppi, bits, space, is_stencil, obj))

    # Marked content

    def begin_content(self, operands: Sequence[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = self.resources.get("/Properties", {}).get(str(properties))
        mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
        self.content.append(None if mcid is None else int(mcid))
        if mcid is not None and self.reader.is_on_page:
            self.reader.order.append(int(mcid))

    def end_content(self, _: Sequence[Any]) -> None:
        if self.content:
            self.content.pop()

    def begin_lenient(self, _: Sequence[Any]) -> None:
        """Let unknown operators pass without a word (7.8.2)."""
        self.lenient += 1

    def end_lenient(self, _: Sequence[Any]) -> None:
        self.lenient = max(0, self.lenient - 1)


_Action = Callable[[_Interpreter, Sequence[Any]], None]


def _device(setter: Callable[[_Interpreter, Space, Sequence[Any]], None], space: Space) -> _Action:
    return lambda interpreter, operands: setter(interpreter, space, operands)


def _text_state(name: str, unit: float = 1.0) -> _Action:
    return lambda interpreter, operands: interpreter.set_text_state(name, operands, unit)


def _painted(*, fill: bool, stroke: bool) -> _Action:
    return lambda interpreter, _: interpreter.paint(fill=fill, stroke=stroke)


_I = _Interpreter
_ACTIONS: dict[str, _Action] = {
    "q": _I.save,
    "Q": _I.restore,
    "cm": _I.transform,
    "w": _I.set_line_width,
    "gs": _I.set_state,
    "g": _device(_I.set_fill, GREY),
    "G": _device(_I.set_stroke, GREY),
    "rg": _device(_I.set_fill, RGB),
    "RG": _device(_I.set_stroke, RGB),
    "k": _device(_I.set_fill, CMYK),
    "K": _device(_I.set_stroke, CMYK),
    "cs": _I.set_fill_space,
    "CS": _I.set_stroke_space,
    "sc": _I.set_fill_colour,
    "scn": _I.set_fill_colour,
    "SC": _I.set_stroke_colour,
    "SCN": _I.set_stroke_colour,
    "m": _I.move,
    "l": _I.line,
    "c": _I.line,
    "v": _I.line,
    "y": _I.line,
    "re": _I.rectangle,
    "W": _I.clip,
    "W*": _I.clip,
    "n": _I.end,
    "f": _painted(fill=True, stroke=False),
    "F": _painted(fill=True, stroke=False),
    "f*": _painted(fill=True, stroke=False),
    "S": _painted(fill=False, stroke=True),
    "s": _painted(fill=False, stroke=True),
    "B": _painted(fill=True, stroke=True),
    "B*": _painted(fill=True, stroke=True),
    "b": _painted(fill=True, stroke=True),
    "b*": _painted(fill=True, stroke=True),
    "sh": _I.paint_shading,
    "Do": _I.paint_object,
    "inline": _I.paint_inline,
    "BT": _I.begin_text,
    "Tm": _I.set_text_matrix,
    "Td": _I.next_line,
    "TD": _I.next_line_leading,
    "T*": _I.new_line,
    "Tf": _I.set_font,
    "Tc": _text_state("character_space"),
    "Tw": _text_state("word_space"),
    "Tz": _text_state("stretch", 0.01),
    "TL": _text_state("leading"),
    "Ts": _text_state("rise"),
    "Tr": _text_state("mode"),
    "Tj": _I.show,
    "TJ": _I.show_array,
    "'": _I.show_line,
    '"': _I.show_spaced_line,
    "BMC": _I.begin_content,
    "BDC": _I.begin_content,
    "EMC": _I.end_content,
    "BX": _I.begin_lenient,
    "EX": _I.end_lenient,
}
"""What each operator does."""
_WITHOUT_EFFECT = frozenset(("d", "i", "j", "J", "M", "ri", "h", "ET", "MP", "DP", "d0", "d1"))
"""Operators that change nothing a rule looks at: dashes, joins, rendering intents, marked points."""
