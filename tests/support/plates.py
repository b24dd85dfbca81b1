"""What a press file says of its inks, read from the file alone: every colour that paints, and the plates of a RIP."""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

INKS = ("Cyan", "Magenta", "Yellow", "Black")
PPI = 144
"""Of the plates: two pixels a point."""

_PAINT = {"f": "fill", "f*": "fill", "F": "fill", "S": "stroke", "s": "stroke", "B": "both", "b": "both"}
_TEXT = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Paint:
    """One painting operator: what it paints, the colour's space and parts, whether it overprints."""

    what: str
    space: str
    parts: tuple[float, ...]
    overprints: bool
    mode: int


def paints(pdf: pikepdf.Pdf) -> list[Paint]:
    """Return what the first page and the forms and patterns that it uses paint, in order."""
    page = pdf.pages[0]
    state = _State(["/DeviceGray", "/DeviceGray"], [(0.0,), (0.0,)], [False, False], 0)
    return list(_walk(page.obj.Resources, pikepdf.parse_content_stream(page), state))


@dataclass(slots=True)
class _State:
    """Of strokes and fills: space, parts and overprint; and the overprint mode of both."""

    spaces: list[str]
    parts: list[tuple[float, ...]]
    overprint: list[bool]
    mode: int

    def copy(self) -> "_State":
        return _State(self.spaces[:], self.parts[:], self.overprint[:], self.mode)

    def paint(self, what: str, fills: bool) -> Paint:
        return Paint(what, self.spaces[fills], self.parts[fills], self.overprint[fills], self.mode)


def _walk(resources: Any, instructions: Sequence[Any], state: _State) -> Iterator[Paint]:
    stack = []
    for operands, operator in instructions:
        name = str(operator)
        fills = name == name.lower()
        if name == "q":
            stack.append(state.copy())
        elif name == "Q":
            state = stack.pop()
        elif name == "gs":
            _set(state, resources.ExtGState[operands[0]])
        elif name in ("cs", "CS"):
            space = str(operands[0])
            state.spaces[fills] = space if space.startswith("/Device") else _space(resources, space)
        elif name in ("sc", "scn", "SC", "SCN") and not (operands and isinstance(operands[-1], pikepdf.Name)):
            state.parts[fills] = tuple(float(o) for o in operands)
        elif name in ("sc", "scn", "SC", "SCN"):
            pattern = resources.Pattern[operands[-1]]
            yield from _walk(pattern.Resources, pikepdf.parse_content_stream(pattern), state.copy())
        elif name in ("g", "G", "rg", "RG", "k", "K"):
            state.spaces[fills] = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}[name.lower()]
            state.parts[fills] = tuple(float(o) for o in operands)
        elif name == "Do" and resources.XObject[operands[0]].Subtype == "/Form":
            form = resources.XObject[operands[0]]
            yield from _walk(form.Resources, pikepdf.parse_content_stream(form), state.copy())
        elif name in _TEXT:
            yield state.paint("text", True)
        elif name in _PAINT:
            for kind in ("fill", "stroke") if _PAINT[name] == "both" else (_PAINT[name],):
                yield state.paint(kind, kind == "fill")


def _set(state: _State, given: Any) -> None:
    if "/OP" in given:
        state.overprint[False] = bool(given.OP)
        state.overprint[True] = bool(given.get("/op", given.OP))
    elif "/op" in given:
        state.overprint[True] = bool(given.op)
    state.mode = int(given.get("/OPM", state.mode))


def _space(resources: Any, name: str) -> str:
    found = resources.get("/ColorSpace", {}).get(name)
    return str(found[1]) if isinstance(found, pikepdf.Array) and found[0] == "/Separation" else name


def plates(path: Path, folder: Path) -> dict[str, Image.Image]:
    """Return the four plates of a page as Ghostscript's RIP makes them: 0 is ink, 255 is paper."""
    folder.mkdir(exist_ok=True)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}"]
    subprocess.run([*command, f"-sOutputFile={folder / 'plate.tif'}", str(path)], check=True, capture_output=True)
    made = {file.name for file in folder.glob("plate(*).tif")}
    assert made == {f"plate({ink}).tif" for ink in INKS}
    return {ink: Image.open(folder / f"plate({ink}).tif").convert("L") for ink in INKS}
