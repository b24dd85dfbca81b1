"""Sections of a paper (版块): the emblem and the colour that pages of one name have, read from paper.yaml."""

from pathlib import Path

from printkit.diagnostics import Say, SourceRef
from printkit.model.paper import Accent, PressDemands, Section
from printkit.pictures.sizes import BadPictureError, read_pixels
from printkit.pictures.svg import svg_facts
from printkit.source.document import Document
from printkit.source.faults import Faults
from printkit.source.paths import find_file
from printkit.source.schema import AccentKeys, PaperKeys


def read_sections(document: Document[PaperKeys], folder: Path, faults: Faults) -> tuple[Section, ...]:
    """Read what a paper has under `sections`."""
    found = []
    for name, keys in document.keys.sections.items():
        way = ("sections", name)
        emblem = artwork(keys.emblem, document, folder, document.at(*way, "emblem"), faults) if keys.emblem else None
        found.append(Section(name, document.at(*way), emblem, _accent(keys.accent, document, way, faults)))
    return tuple(found)


def artwork(name: str, document: Document[PaperKeys], folder: Path, where: SourceRef, faults: Faults) -> Path | None:
    """Return the file of a masthead or an emblem; None where there is none, and where it is no picture that is told."""
    path = find_file(name, document.path, folder, where, faults)
    if path is None:
        return None
    try:
        if path.suffix.lower() == ".svg":
            svg_facts(path)
        else:
            read_pixels(path)
    except BadPictureError as error:
        faults.error("bad-picture", where, error.message, error.hint)
    return path


def _accent(
    keys: AccentKeys | None, document: Document[PaperKeys], way: tuple[str, str], faults: Faults
) -> Accent | None:
    if keys is None or keys.press is None:  # what is missing is told already
        return None
    cyan, magenta, yellow, black = map(float, keys.press)
    total = round(100 * (cyan + magenta + yellow + black))
    limit = document.keys.print.tac if document.keys.print else None
    most = limit or PressDemands().ink_limit
    if total > most:
        faults.error(
            "too-much-ink",
            document.at(*way, "accent", "press"),
            Say(f"the inks of this colour are {total}% together; the press takes {most}%",
                f"这个颜色四色合计 {total}%，超过总墨量上限 {most}%"),
            Say("take less of them", "请减少墨量"),
        )  # fmt: skip
    return Accent(keys.screen, (cyan, magenta, yellow, black))
