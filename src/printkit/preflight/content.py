"""Reads a page's content stream as a renderer would, and tells what it paints (ISO 32000-1, 8 to 11).

Followed: the graphics state with its stack, colour spaces, text matrices, clipping by its bounding box, form XObjects,
tiling patterns, marked content. A box is the smallest upright one, so what a curved clip hides still counts as painted.
"""

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from printkit.preflight.colour import (
    CMYK,
    GREY,
    PAPER_BLACK,
    PATTERN,
    RGB,
    Colour,
    Space,
    read_space,
    start_of,
)
from printkit.preflight.fonts import Font, read_font
from printkit.preflight.geometry import (
    EVERYWHERE,
    IDENTITY,
    Box,
    Matrix,
    Point,
    across,
    around,
    box_of,
    box_under,
    read_box,
    read_matrix,
    scale,
    times,
    transformed,
    upwards,
)
from printkit.preflight.marks import AreaMark, GroupMark, LineMark, Look, Mark, PictureMark, ShadeMark, TextMark
from printkit.preflight.structure import DIRECT

_DEEPEST = 24
"""Forms within forms; a file that nests deeper is broken or hostile (Acrobat stops at 28)."""
_INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing: hidden, and clip only (9.3.6)."""
_EM_ABOVE, _EM_BELOW = 0.88, 0.12
"""How the em box of a Han character stands on the baseline (the ideographic box of OpenType's BASE table)."""


@dataclass(slots=True)
class _State:
    """The graphics state (8.4.1), text state included."""

    ctm: Matrix
    clip: Box
    fill: Colour = PAPER_BLACK
    stroke: Colour = PAPER_BLACK
    fill_pattern: str | None = None
    stroke_pattern: str | None = None
    line_width: float = 1.0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    has_soft_mask: bool = False
    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def look(self, *, stroke: bool = False) -> Look:
        return Look(
            self.stroke if stroke else self.fill,
            self.overprint_stroke if stroke else self.overprint_fill,
            self.overprint_mode,
            self.stroke_alpha if stroke else self.fill_alpha,
            self.blend,
            self.has_soft_mask,
        )


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
    reader.run(page, page.get("/Resources", Dictionary()), _State(IDENTITY, visible), pikepdf.Page(page))
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

    def run(self, owner: Any, resources: Any, state: _State, stream: Any, cover: Box | None = None) -> None:
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
            except (pikepdf.PdfError, ValueError, TypeError) as error:  # qpdf's own words may be no UTF-8
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


def _numbers(operands: Iterable[Any]) -> tuple[float, ...]:
    return tuple(float(v) for v in operands if isinstance(v, (int, float, Decimal)))


def _six(operands: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = _numbers(operands)
    return a, b, c, d, e, f


class _Interpreter:
    """One content stream with its own stack, path and text object."""

    def __init__(self, reader: _Reader, resources: Any, state: _State, cover: Box | None) -> None:
        self.reader = reader
        self.resources = resources
        self.state = state
        self.base = state.ctm
        self.cover = cover
        self.stack: list[_State] = []
        self.path: list[list[Point]] = []
        self.clipping = False
        self.text_matrix = self.line_matrix = IDENTITY
        self.content: list[int | None] = []
        self.lenient = 0

    def step(self, operands: Sequence[Any], operator: str) -> None:
        """Do one instruction; one whose operands do not fit it is told and skipped, as readers do."""
        action = _ACTIONS.get(operator)
        if action is None:
            if operator not in _WITHOUT_EFFECT and not self.lenient:
                self.reader.faults.append(f"unknown operator {operator}")
            return
        try:
            action(self, operands)
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, pikepdf.PdfError) as error:
            self.reader.faults.append(f"{operator}: {error}")

    # Graphics state

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(replace(self.state))

    def restore(self, _: Sequence[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def transform(self, operands: Sequence[Any]) -> None:
        self.state.ctm = times(_six(operands), self.state.ctm)

    def set_line_width(self, operands: Sequence[Any]) -> None:
        self.state.line_width = float(operands[0])

    def set_state(self, operands: Sequence[Any]) -> None:
        """Take over an ExtGState (8.4.5, tables 58 and 128)."""
        given = self.resources["/ExtGState"][str(operands[0])]
        state = self.state
        if "/OP" in given:
            state.overprint_stroke = bool(given["/OP"])
            state.overprint_fill = bool(given.get("/op", given["/OP"]))
        elif "/op" in given:
            state.overprint_fill = bool(given["/op"])
        state.overprint_mode = int(given.get("/OPM", state.overprint_mode))
        state.fill_alpha = float(given.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(given.get("/CA", state.stroke_alpha))
        state.line_width = float(given.get("/LW", state.line_width))
        if "/BM" in given:
            blend = given["/BM"]
            state.blend = str(blend[0] if isinstance(blend, Array) else blend)[1:]
        if "/SMask" in given:
            state.has_soft_mask = not isinstance(given["/SMask"], Name)
        if "/Font" in given:
            state.font, state.size = self.reader.font(given["/Font"][0]), float(given["/Font"][1])

    # Colour

    def set_fill(self, space: Space, operands: Sequence[Any]) -> None:
        self.state.fill, self.state.fill_pattern = Colour(space, _numbers(operands)), None

    def set_stroke(self, space: Space, operands: Sequence[Any]) -> None:
        self.state.stroke, self.state.stroke_pattern = Colour(space, _numbers(operands)), None

    def set_fill_space(self, operands: Sequence[Any]) -> None:
        self.state.fill, self.state.fill_pattern = start_of(read_space(operands[0], self.resources)), None

    def set_stroke_space(self, operands: Sequence[Any]) -> None:
        self.state.stroke, self.state.stroke_pattern = start_of(read_space(operands[0], self.resources)), None

    def set_fill_colour(self, operands: Sequence[Any]) -> None:
        self.set_fill(self.state.fill.space, operands)
        if operands and isinstance(operands[-1], Name):
            self.state.fill_pattern = str(operands[-1])

    def set_stroke_colour(self, operands: Sequence[Any]) -> None:
        self.set_stroke(self.state.stroke.space, operands)
        if operands and isinstance(operands[-1], Name):
            self.state.stroke_pattern = str(operands[-1])

    # Paths

    def point(self, x: Any, y: Any) -> Point:
        return transformed((float(x), float(y)), self.state.ctm)

    def move(self, operands: Sequence[Any]) -> None:
        self.path.append([self.point(*operands)])

    def line(self, operands: Sequence[Any]) -> None:
        """Add the points of a line or curve; a curve lies within its control points."""
        points = [self.point(x, y) for x, y in zip(operands[::2], operands[1::2], strict=True)]
        if not self.path:
            self.path.append([])
        self.path[-1].extend(points)

    def rectangle(self, operands: Sequence[Any]) -> None:
        x, y, w, h = (float(v) for v in operands)
        self.path.append([self.point(x, y), self.point(x + w, y), self.point(x + w, y + h), self.point(x, y + h)])

    def clip(self, _: Sequence[Any]) -> None:
        self.clipping = True

    def end(self, _: Sequence[Any] = ()) -> None:
        """End the path; a clip asked for takes hold now (8.5.4)."""
        if self.clipping:
            shape = box_of(p for part in self.path for p in part) if any(self.path) else None
            self.state.clip = (shape and self.state.clip.cut(shape)) or Box(0, 0, -1, -1)
        self.clipping = False
        self.path = []

    def fill(self, _: Sequence[Any]) -> None:
        self.paint(fill=True, stroke=False)

    def stroke(self, _: Sequence[Any]) -> None:
        self.paint(fill=False, stroke=True)

    def fill_and_stroke(self, _: Sequence[Any]) -> None:
        self.paint(fill=True, stroke=True)

    def paint(self, *, fill: bool, stroke: bool) -> None:
        boxes = [box_of(part) for part in self.path if part]
        if boxes and fill:
            self.paint_area(boxes)
        if boxes and stroke:
            self.paint_lines(boxes)
        self.end()

    def paint_area(self, boxes: list[Box]) -> None:
        state = self.state
        parts = [cut for piece in _pieces(boxes) if (cut := self.shown(piece))]
        if not parts:
            return
        whole = around(parts)
        if state.fill.space == PATTERN:
            self.paint_pattern(state.fill_pattern, whole)
            return
        self.add(AreaMark(self.cover or whole, state.look(), tuple(parts)))

    def paint_lines(self, boxes: list[Box]) -> None:
        state = self.state
        width = state.line_width * scale(state.ctm)
        for box in boxes:
            if where := self.shown(box.grown(width / 2)):
                self.add(LineMark(self.cover or where, state.look(stroke=True), width))

    def paint_pattern(self, name: str | None, where: Box) -> None:
        """Paint a tiling's cell once, its marks standing for all repeats, or note a shading (8.7)."""
        pattern = self.resources["/Pattern"][name]
        if int(pattern.PatternType) == 2:
            self.add(
                ShadeMark(where, self.state.look(), read_space(pattern.Shading.get("/ColorSpace"), self.resources))
            )
            return
        matrix = times(read_matrix(pattern.get("/Matrix")), self.base)
        inner = replace(self.state, ctm=matrix, clip=EVERYWHERE, fill=PAPER_BLACK, stroke=PAPER_BLACK)
        self.reader.run(pattern, pattern.get("/Resources", self.resources), inner, pattern, cover=where)

    def paint_shading(self, operands: Sequence[Any]) -> None:
        shading = self.resources["/Shading"][str(operands[0])]
        self.add(ShadeMark(self.state.clip, self.state.look(), read_space(shading.get("/ColorSpace"), self.resources)))

    # XObjects and images

    def paint_object(self, operands: Sequence[Any]) -> None:
        obj = self.resources["/XObject"][str(operands[0])]
        if str(obj.get("/Subtype")) == "/Form":
            self.paint_form(obj)
        elif str(obj.get("/Subtype")) == "/Image":
            stencil = bool(obj.get("/ImageMask", False))
            space = GREY if stencil else read_space(obj.get("/ColorSpace"), self.resources)
            bits = 1 if stencil else int(obj.get("/BitsPerComponent", 8))
            self.paint_image(obj, (int(obj.Width), int(obj.Height)), bits, space, is_stencil=stencil)

    def paint_inline(self, operands: Sequence[Any]) -> None:
        image = operands[0]
        stencil = bool(image.image_mask)
        space = GREY if stencil else read_space(image.obj.get("/ColorSpace"), self.resources)
        bits = 1 if stencil else int(image.bits_per_component)
        self.paint_image(None, (int(image.width), int(image.height)), bits, space, is_stencil=stencil)

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

    def paint_image(self, obj: Any, pixels: tuple[int, int], bits: int, space: Space, *, is_stencil: bool) -> None:
        ctm = self.state.ctm
        where = self.shown(box_under(Box(0, 0, 1, 1), ctm))
        width, height = across(ctm) / 72, upwards(ctm) / 72
        if where is None or not width or not height:
            return
        ppi = min(pixels[0] / width, pixels[1] / height)
        look = self.state.look()
        if obj is not None and ("/SMask" in obj or int(obj.get("/SMaskInData", 0))):
            look = replace(look, has_soft_mask=True)
        self.add(PictureMark(self.cover or where, look, pixels, ppi, bits, space, is_stencil, obj))

    # Text

    def begin_text(self, _: Sequence[Any]) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def set_text_matrix(self, operands: Sequence[Any]) -> None:
        self.text_matrix = self.line_matrix = _six(operands)

    def next_line(self, operands: Sequence[Any]) -> None:
        x, y = _numbers(operands)
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def next_line_leading(self, operands: Sequence[Any]) -> None:
        self.state.leading = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Sequence[Any] = ()) -> None:
        self.next_line((0, -self.state.leading))

    def set_font(self, operands: Sequence[Any]) -> None:
        self.state.size = float(operands[1])
        self.state.font = self.reader.font(self.resources["/Font"][str(operands[0])])

    def set_text_state(self, name: str, operands: Sequence[Any], unit: float = 1.0) -> None:
        setattr(self.state, name, type(getattr(self.state, name))(float(operands[0]) * unit))

    def show(self, operands: Sequence[Any]) -> None:
        self.show_pieces(operands[:1])

    def show_array(self, operands: Sequence[Any]) -> None:
        self.show_pieces(operands[0])

    def show_line(self, operands: Sequence[Any]) -> None:
        self.new_line()
        self.show(operands)

    def show_spaced_line(self, operands: Sequence[Any]) -> None:
        self.state.word_space, self.state.character_space = float(operands[0]), float(operands[1])
        self.show_line(operands[2:])

    def show_pieces(self, pieces: Iterable[Any]) -> None:
        """Show strings with the steps between them (9.4.4), as one mark."""
        state, font = self.state, self.state.font
        if font is None:
            raise ValueError("text without a font")
        pen, least, most = 0.0, 0.0, 0.0
        codes: list[int] = []
        vertical = font.encoding.vertical
        for piece in pieces:
            if isinstance(piece, (int, float, Decimal)):
                pen -= float(piece) / 1000 * state.size
                continue
            for code in font.codes(bytes(piece)):
                codes.append(code)
                advance = -state.size if vertical else font.width(code) * state.size
                least, most = min(least, pen, pen + advance), max(most, pen, pen + advance)
                pen += advance - state.character_space if vertical else advance + state.character_space
                if code == ord(" ") and font.encoding.size == 1:
                    pen += state.word_space
        if codes:
            self.add_text(font, tuple(codes), least, most)
        step = (1, 0, 0, 1, 0, pen) if vertical else (1, 0, 0, 1, pen * state.stretch, 0)
        self.text_matrix = times(step, self.text_matrix)

    def add_text(self, font: Font, codes: tuple[int, ...], least: float, most: float) -> None:
        state = self.state
        em = state.size
        if font.encoding.vertical:
            box = Box(-em / 2, least, em / 2, most)
        else:
            box = Box(
                least * state.stretch, state.rise - _EM_BELOW * em, most * state.stretch, state.rise + _EM_ABOVE * em
            )
        matrix = times(self.text_matrix, state.ctm)
        where = self.shown(box_under(box, matrix))
        if where is None:
            return
        look = state.look(stroke=state.mode in (1, 5))
        size = abs(em) * upwards(matrix)
        mcid = next((one for one in reversed(self.content) if one is not None), None)
        self.add(TextMark(self.cover or where, look, font, size, codes, state.mode not in _INVISIBLE, mcid))

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

    # What is painted

    def shown(self, box: Box) -> Box | None:
        """Return what the clip leaves of a box."""
        return box.cut(self.state.clip)

    def add(self, mark: Mark) -> None:
        self.reader.marks.append(mark)


def _pieces(boxes: list[Box]) -> list[Box]:
    """Part a frame of two rectangles, one inside the other, into its four sides; else keep each piece."""
    if len(boxes) != 2:
        return boxes
    outer, inner = sorted(boxes, key=lambda box: -box.width * box.height)
    if not outer.contains(inner) or outer == inner:
        return boxes
    sides = (
        Box(outer.left, inner.top, outer.right, outer.top),
        Box(outer.left, outer.bottom, outer.right, inner.bottom),
        Box(outer.left, inner.bottom, inner.left, inner.top),
        Box(inner.right, inner.bottom, outer.right, inner.top),
    )
    return [side for side in sides if side.width > 0 and side.height > 0]


_Action = Callable[[_Interpreter, Sequence[Any]], None]


def _device(setter: Callable[[_Interpreter, Space, Sequence[Any]], None], space: Space) -> _Action:
    return lambda interpreter, operands: setter(interpreter, space, operands)


def _text_state(name: str, unit: float = 1.0) -> _Action:
    return lambda interpreter, operands: interpreter.set_text_state(name, operands, unit)


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
    "f": _I.fill,
    "F": _I.fill,
    "f*": _I.fill,
    "S": _I.stroke,
    "s": _I.stroke,
    "B": _I.fill_and_stroke,
    "B*": _I.fill_and_stroke,
    "b": _I.fill_and_stroke,
    "b*": _I.fill_and_stroke,
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
