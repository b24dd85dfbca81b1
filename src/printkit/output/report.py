"""The report of a run: one object for ``--json`` and report.json, with the keys that formats.md promises."""

import json
import platform
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from printkit import __version__
from printkit.diagnostics import Diagnostic, Say, Severity, diagnostic_object
from printkit.gate import read_file, real
from printkit.makeup.lint.places import on_page
from printkit.makeup.page.judged import headline, judged
from printkit.model.edition import Allotted, Edition
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, MadeUpStory, PictureBox
from printkit.output.manifest import Output


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file that the pages were drawn with: its name, without the folder that it stands in, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an earlier build was made with, as its report.json tells: versions by name, font hashes by file name."""

    versions: Mapping[str, str]
    fonts: Mapping[str, str]


def report_object(
    edition: Edition,
    pages: Sequence[MadeUpPage],
    diagnostics: Sequence[Diagnostic],
    outputs: Sequence[Output],
    fonts: Sequence[FontFile],
    libraries: Mapping[str, str],
) -> dict[str, Any]:
    """Put the report together. Rectangles are left, top, width, height in points from the page's top left."""
    return {
        "edition": {"paper": edition.paper.name, "date": edition.date.isoformat(), "issue": edition.issue},
        "outputs": [
            {"path": o.path.as_posix(), "pages": o.pages, "bytes": o.bytes, "sha256": o.sha256} for o in outputs
        ],
        "diagnostics": [diagnostic_object(d) for d in diagnostics],
        "pages": [_page(p) for p in pages],
        "stories": [_story(s, p) for p in pages for s in p.stories],
        "pool": pool_object(edition.allotted),
        "versions": {**versions(), **libraries},
        "fonts": [{"file": font.name, "sha256": font.sha256} for font in fonts],
    }


def pool_object(allotted: Sequence[Allotted]) -> list[dict[str, Any]]:
    """Return where each story of the pool has gone, and why."""
    return [
        {"id": one.story.id, "level": one.story.level, "page": one.page, "why": one.why.en, "why_zh": one.why.zh}
        for one in allotted
    ]


def failure_object(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the report of a run that wrote nothing."""
    return {
        "outputs": [],
        "diagnostics": [diagnostic_object(d) for d in diagnostics],
        "pages": [],
        "stories": [],
        "versions": {**versions()},
    }


def _page(made: MadeUpPage) -> dict[str, Any]:
    return {
        "number": made.page.number,
        "layout": made.page.layout,
        "closed": made.is_closed,
        "over_lines": made.over_lines,
        "under_lines": made.under_lines,
        "white_share": round(made.under_lines / made.room_lines, 4) if made.room_lines else 0.0,
        "white": [_rect(white.rect) for white in made.white],
        "makeup": _judged(made),
        "body_step": [made.body_step[0] / 1000, made.body_step[1] / 1000] if made.body_step else None,
        "width": made.geometry.width / 1000,
        "height": made.geometry.height / 1000,
    }


def _judged(made: MadeUpPage) -> dict[str, Any] | None:
    """Return how the craft judges an automatic page: what its stories' ladders and the rules cost, and the rules' counts."""
    found = judged(made)
    if found is None:
        return None
    return {"ladder": found.ladder / 100, "craft": found.craft / 100, "rules": dict(found.rules)}


def _head(made: MadeUpStory) -> dict[str, Any] | None:
    """Return a story's headline: its size, the columns that it covers, its direction and its place."""
    box = headline(made)
    if box is None:
        return None
    rect = on_page(box, made)
    return {
        "size": box.style.nominal / 1000,
        "columns": max(1, round(made.columns * rect.width / made.rect.width)),
        "direction": "vertical" if box.turns else "horizontal",
        "rectangle": _rect(rect),
    }


def _story(made: MadeUpStory, page: MadeUpPage) -> dict[str, Any]:
    fit = made.fit
    article = made.story.article
    pictures = [b for b in made.boxes if isinstance(b, PictureBox)]
    return {
        "id": made.story.id,
        "page": page.page.number,
        "part": made.story.part,
        "continues_on": article.goes_on.page if article.goes_on else None,
        "continued_from": article.came_from.page if article.came_from else None,
        "file": article.where.file,
        "line": article.where.line,
        "slot": made.story.slot,
        "group": made.story.group.id if made.story.group else None,
        "level": made.story.level,
        "frame": made.story.frame,
        "rectangles": [_rect(r) for r in made.parts],
        "columns": made.columns,
        "head": _head(made),
        "lines": fit.lines,
        "characters": fit.characters,
        "capacity": fit.capacity_lines,
        "over": {"lines": fit.over_lines, "characters": fit.over_characters},
        "under": {"lines": fit.under_lines, "characters": fit.under_characters},
        "pictures": len(pictures),
        "crops": [
            {"file": _named(box.file, page.page.paper.folder), **_crop(box)}
            for box in pictures
            if box.role != "ad" and max(box.cut_off) >= _SEEN
        ],
        "steps": [{"step": step.text, "cost": step.cost / 10} for step in fit.steps],
    }


_SEEN = 0.0005
"""Share of a picture that is told as cut off: less is no pixel."""


def _crop(box: PictureBox) -> dict[str, float]:
    """Return what is cut off of a picture at each side, in per cent."""
    return {
        side: round(100 * share, 1) for side, share in zip(("left", "top", "right", "bottom"), box.cut_off, strict=True)
    }


def _named(file: Path, folder: Path) -> str:
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


def _rect(rect: Rect) -> list[float]:
    return [rect.x / 1000, rect.y / 1000, rect.width / 1000, rect.height / 1000]


@cache
def versions() -> Mapping[str, str]:
    """Return what makes the files, as far as it is known without loading it."""
    names = ("weasyprint", "pydyf", "uharfbuzz", "pikepdf", "pillow")
    return {"printkit": __version__, "python": platform.python_version(), **{name: version(name) for name in names}}


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that draw, shape, compress and turn colours."""
    from PIL import features  # a run that fails, and one that keeps what this returns, need load neither

    from printkit.render.engine import text_library_versions

    return {
        **text_library_versions(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "littlecms": features.version("littlecms2") or "none",
    }


# --- the same as before? ----------------------------------------------------------------------------

_NOT_IN_THE_BYTES = frozenset({"python"})
"""Versions that are told, but decide nothing in the files."""


def font_files(paths: Iterable[str], hashed: Callable[[Path], str]) -> tuple[FontFile, ...]:
    """Return the font files of some paths by name, each once, with their hashes as `hashed` tells them."""
    found = {FontFile(Path(path).name, hashed(Path(path))) for path in paths}
    return tuple(sorted(found, key=lambda font: (font.name, font.sha256)))


def read_provenance(report: Path) -> Provenance:
    """Read what an earlier build was made with; nothing where there is no report that can be read."""
    try:
        told = json.loads(read_file(report, [real(report.parent)]))
        fonts = {font["file"]: font["sha256"] for font in told["fonts"]}
        return Provenance(dict(told["versions"]), fonts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Provenance({}, {})


def differences(before: Provenance, fonts: Sequence[FontFile], libraries: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Tell which fonts and libraries are others than those of the earlier build: its pages may come out otherwise."""
    now = {**versions(), **libraries}
    changed = [
        f"{name} {before.versions[name]} → {now[name]}"
        for name in now
        if name not in _NOT_IN_THE_BYTES and before.versions.get(name, now[name]) != now[name]
    ]
    hashes: dict[str, set[str]] = {}
    for font in fonts:
        hashes.setdefault(font.name, set()).add(font.sha256)
    changed += [name for name, known in hashes.items() if before.fonts.get(name, next(iter(known))) not in known]
    if not changed:
        return ()
    shown = ", ".join(changed)
    return (
        Diagnostic(
            "build.fonts-differ",
            Say(
                f"fonts or libraries are not those of the earlier build: {shown}",
                f"字体或程序库与上一次不同：{shown}",
            ),
            Severity.WARNING,
            Say(
                "lines may break otherwise than in pages that were made before: build the whole edition again, and compare",
                "断行可能与先前所出的版面不同：请整期重出，并核对",
            ),
        ),
    )
