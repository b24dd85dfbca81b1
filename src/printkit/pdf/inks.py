"""A drawn page's colours as inks: what is left in RGB becomes CMYK, and black overprints.

In: the content streams that WeasyPrint wrote. Out: the same streams with each colour in DeviceCMYK, and the overprint
that the colour asks for: on for black alone (``0 0 0 1``), so that no white edge shows where plates are out of
register; off for all else, since white that overprints vanishes (ISO 32000-1, 8.6.7; GWG 2015).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Operator

from printkit.pdf.drawing_inks import ink_picture, ink_shadings, plain_space
from printkit.pdf.separation import BLACK, Ink, Separation, grey_ink

_FILL = frozenset({"rg", "g", "k", "sc", "scn"})
_STROKE = frozenset({"RG", "G", "K", "SC", "SCN"})
_OTHER_CMYK = "/OtherCMYK"
"""Inks by a profile of their own, as a drawing's file may have them: printed with the press's."""
_SPACE = {"rg": "/DeviceRGB", "g": "/DeviceGray", "k": "/DeviceCMYK"}

Overprint = tuple[bool, bool]
"""Whether strokes and whether fills overprint."""


def set_inks(pdf: pikepdf.Pdf, page: Any, separation: Separation, kept: Collection[str] = ()) -> bytes:
    """Return a page's content with inks and overprint set; what it draws by forms and patterns is changed in place.

    Args:
        pdf: the file.
        page: its page.
        separation: turns RGB into inks.
        kept: names of forms with another's own artwork (advertisements), whose inks are left as they are.
    """
    resources = page.obj.Resources
    forms = {f"/{name}" for name in kept}
    _Inner(pdf, separation, forms).rewrite(resources)
    # What is drawn before any colour is set would be black in DeviceGray, which knocks out.
    start: list[Any] = [((*_numbers(BLACK),), Operator("k")), ((*_numbers(BLACK),), Operator("K"))]
    start.append(((_state(pdf, resources, (True, True)),), Operator("gs")))
    rewritten = _rewritten(pdf, resources, pikepdf.parse_content_stream(page), separation, (True, True), forms)
    _drop_unused_spaces(resources, rewritten)
    return pikepdf.unparse_content_stream([*start, *rewritten])


@dataclass(slots=True)
class _Inner:
    """Rewrites the forms and tiling patterns that streams can use, each once."""

    pdf: pikepdf.Pdf
    separation: Separation
    kept: set[str]
    _done: set[tuple[int, int]] = field(default_factory=set)

    def rewrite(self, resources: Any) -> None:
        """Rewrite what a stream with these resources can use, and what that can use in turn."""
        ink_shadings(resources, self.separation)
        for kind in ("/XObject", "/Pattern"):
            for name, stream in resources.get(kind, Dictionary()).items():
                if isinstance(stream, pikepdf.Stream) and name not in self.kept and stream.objgen not in self._done:
                    self._done.add(stream.objgen)
                    if stream.get("/Subtype") == Name.Image:
                        ink_picture(stream, self.separation)
                    elif stream.get("/Subtype") == Name.Form or stream.get("/PatternType") == 1:
                        self._stream(stream)

    def _stream(self, stream: Any) -> None:
        if stream.get("/Group", Dictionary()).get("/CS") == Name.DeviceRGB:
            stream.Group.CS = Name.DeviceCMYK
        if "/Resources" not in stream:
            stream.Resources = Dictionary()
        self.rewrite(stream.Resources)
        instructions = pikepdf.parse_content_stream(stream)
        rewritten = _rewritten(self.pdf, stream.Resources, instructions, self.separation, None, self.kept)
        _drop_unused_spaces(stream.Resources, rewritten)
        stream.write(pikepdf.unparse_content_stream(rewritten))


def _rewritten(
    pdf: pikepdf.Pdf,
    resources: Any,
    instructions: Sequence[Any],
    separation: Separation,
    start: Overprint | None,
    kept: Collection[str] = (),
) -> list[Any]:
    """Rewrite one stream; `start` is the overprint that holds before it, None where that depends on its use.

    A form in `kept` is drawn with overprint off, as its maker saw it: white in it would vanish.
    """
    out: list[Any] = []
    spaces = ["/DeviceGray", "/DeviceGray"]
    state = start
    stack: list[tuple[list[str], Overprint | None]] = []
    for instruction in instructions:
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            stack.append((spaces[:], state))
        elif operator == "Q" and stack:
            spaces, state = stack.pop()
        elif operator in ("cs", "CS"):
            given = resources.get("/ColorSpace", Dictionary()).get(str(operands[0]), operands[0])
            space = plain_space(given)
            if space == "/DeviceCMYK" and not isinstance(given, Name):
                space = _OTHER_CMYK
            spaces[operator == "cs"] = space
            if space in ("/DeviceRGB", "/DeviceGray", _OTHER_CMYK):
                continue  # its colour sets the space of the inks
        elif operator in _FILL or operator in _STROKE:
            fills = operator in _FILL
            space = _SPACE.get(operator.lower(), spaces[fills])
            ink = _ink(space, operands, separation)
            black = ink == BLACK or (space == "/DeviceCMYK" and _floats(operands) == BLACK)
            if ink is not None:
                instruction = (_numbers(ink), Operator("k" if fills else "K"))
            other = False if state is None else state[not fills]
            wanted = (other, black) if fills else (black, other)
            if wanted != state:
                out.append(((_state(pdf, resources, wanted),), Operator("gs")))
                state = wanted
        elif operator == "Do" and str(operands[0]) in kept and state != (False, False):
            state = (False, False)
            out.append(((_state(pdf, resources, state),), Operator("gs")))
        out.append(instruction)
    return out


def _ink(space: str, operands: Sequence[Any], separation: Separation) -> Ink | None:
    """Return the ink of an RGB or grey colour; None for what is in inks already, or a pattern."""
    if space == "/DeviceRGB":
        red, green, blue = _floats(operands)
        return separation.ink((red, green, blue))
    if space == "/DeviceGray":
        return grey_ink(_floats(operands)[0])
    if space == _OTHER_CMYK:
        cyan, magenta, yellow, black = _floats(operands)
        return cyan, magenta, yellow, black
    return None


def _floats(operands: Sequence[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in operands)


def _numbers(ink: Ink) -> tuple[Any, ...]:
    """Write the parts of an ink to the nearest thousandth, whole ones without a point."""
    return tuple(pikepdf.Object.parse(f"{part:.3f}".rstrip("0").rstrip(".").encode()) for part in ink)


def named(resources: Any, kind: str) -> Any:
    """Return the resources of one kind (``/ExtGState``, ``/ColorSpace``), an empty dictionary where there were none."""
    if kind not in resources:
        resources[kind] = Dictionary()
    return resources[kind]


def _state(pdf: pikepdf.Pdf, resources: Any, overprint: Overprint) -> Any:
    """Return the name of a graphics state, added to the resources when it is first asked for."""
    strokes, fills = overprint
    name = f"/Overprint{strokes:d}{fills:d}"
    states = named(resources, "/ExtGState")
    if name not in states:
        # OPM 1: an ink that is nought leaves what is there; only so can black stand on a tint.
        states[name] = pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=strokes, op=fills, OPM=int(any(overprint))))
    return Name(name)


def _drop_unused_spaces(resources: Any, instructions: Sequence[Any]) -> None:
    """Drop the colour spaces (Lab) that WeasyPrint offers every stream and hardly one uses."""
    used = set()
    for operands, operator in instructions:
        if str(operator) in ("cs", "CS"):
            used.add(str(operands[0]))
    spaces = resources.get("/ColorSpace", Dictionary())
    for name in [key for key in spaces.keys() if key not in used]:  # noqa: SIM118  # pikepdf's mapping
        del spaces[name]
    if "/ColorSpace" in resources and not len(spaces):
        del resources["/ColorSpace"]
