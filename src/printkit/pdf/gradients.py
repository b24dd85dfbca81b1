"""Gradients of SVG pictures as every reader draws them: shading patterns (ISO 32000-1, 8.7.4) in the place of tiles.

WeasyPrint writes a gradient as a tiling pattern with one tile of one unit, in a transparency group; Poppler draws nothing of
it, and presses want no groups. What is transparent stays as it is.
"""

from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_DEEPEST = 20
"""Forms inside forms, and an end where a file names itself."""


def plain_gradients(pdf: pikepdf.Pdf) -> None:
    """Replace the tiles of all pages that show a gradient and nothing else."""
    for page in pdf.pages:
        _in_resources(pdf, page.obj.get("/Resources", Dictionary()), 0)


def _in_resources(pdf: pikepdf.Pdf, resources: Any, depth: int) -> None:
    patterns = resources.get("/Pattern", Dictionary())
    for name, pattern in list(patterns.items()):
        if shading := _gradient(pattern):
            plain = Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading)
            if "/Matrix" in pattern:
                plain.Matrix = pattern.Matrix
            patterns[name] = pdf.make_indirect(plain)
    for inner in list(resources.get("/XObject", Dictionary()).values()):
        if depth < _DEEPEST and "/Resources" in inner:
            _in_resources(pdf, inner.Resources, depth + 1)


def _gradient(pattern: Any) -> Any:
    """Return the shading that a tiling pattern shows, None where it shows something else."""
    if not isinstance(pattern, pikepdf.Stream) or int(pattern.get("/PatternType", 0)) != 1:
        return None
    group = _only(pattern, "Do", "/XObject")
    return _only(group, "sh", "/Shading") if group is not None and group.get("/Subtype") == Name.Form else None


def _only(stream: Any, operator: str, kind: str) -> Any:
    """Return what a stream's one operator draws, an opaque graphics state before it left out; None for another stream."""
    resources = stream.get("/Resources", Dictionary())
    instructions = pikepdf.parse_content_stream(stream)
    if [str(item.operator) for item in instructions] not in ([operator], ["gs", operator]):
        return None
    *states, drawn = (str(item.operands[0]) for item in instructions)
    for name in states:
        state = resources.get("/ExtGState", Dictionary()).get(name, Dictionary())
        if any(key != "/Type" and (key not in ("/ca", "/CA") or float(value) != 1) for key, value in state.items()):
            return None
    return resources.get(kind, Dictionary()).get(drawn)
