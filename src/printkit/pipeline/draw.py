"""A made-up page drawn, and what WeasyPrint placed compared with what make-up planned."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, Severity
from printkit.limits import Limits, over_memory, within
from printkit.makeup.lint.places import error_of_page, of_page
from printkit.model.page import MadeUpPage, TextBox
from printkit.model.tags import Element, PageKid, Piece
from printkit.pdf.part import PagePart
from printkit.pipeline.ahead import DRAW
from printkit.render.alike import LaidOutOtherwiseError
from printkit.render.look import SCREEN, Look
from printkit.render.pages import ComposedText, Pages
from printkit.render.reprint import ReprintPage
from printkit.render.stylesheets import SHARED
from printkit.render.templates import STYLES, load_shared, resource_roots
from printkit.units import PX

if TYPE_CHECKING:
    from printkit.pipeline.run import Run  # of another process, which draws one page, it would load far too much


class Drawing(Protocol):
    """What a page needs of the run that it is drawn in."""

    alike: bool

    def pages(self, look: Look) -> Pages:
        """Return what renders pages in a look."""

    def note(self, files: Iterable[Path]) -> None:
        """Keep in mind that some files were read."""


def drawn_pages(run: "Run", pages: Sequence[MadeUpPage], looks: Iterable[Look]) -> dict[Look, list[PagePart]]:
    """Draw pages once in each look that the variants have."""
    wanted = [(look, made) for look in dict.fromkeys(looks) for made in pages]
    drawn: dict[Look, list[PagePart]] = {look: [] for look, _ in wanted}
    outcomes = run.each(
        DRAW,
        len(wanted),
        lambda n: drawn_page(run, wanted[n][1], wanted[n][0]),
        lambda n: wanted[n][1].page.where,
        wanted.__getitem__,
        load,
        _load_files,
        partial(_drawn_anew, alike=run.alike),
    )
    total = 0
    for (look, made), outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, PrintkitError):
            raise error_of_page(outcome, made.page)
        total += len(outcome.pdf)
        for size, most in ((len(outcome.pdf), run.limits.memory // _SHARE), (total, run.limits.memory)):
            if size > most:
                raise InputError([of_page(over_memory(replace(run.limits, memory=most), made.page.where), made.page)])
        drawn[look].append(with_boxes_of(made, outcome))
    return drawn


_SHARE = 8
"""Of the memory that a run may take one drawn page has this part at most: files are made of several copies of it."""


def with_boxes_of(made: MadeUpPage, part: PagePart) -> PagePart:
    """Return a drawn page that says what it says in the page's own boxes.

    What another process or an earlier run has drawn brings them all once more: half of what a page takes of the memory.
    """
    own = {
        (story.story.anchor, box.rect, box.role, box.key): box
        for story in made.stories
        for box in story.boxes
        if isinstance(box, TextBox)
    }

    def shared(kid: PageKid, story: str) -> PageKid:
        if isinstance(kid, Element):
            return replace(kid, kids=tuple(shared(one, kid.story or story) for one in kid.kids))
        if isinstance(kid, Piece) and (box := own.get((story, kid.box.rect, kid.box.role, kid.box.key))) == kid.box:
            return replace(kid, box=box)
        return kid

    return replace(part, tags=tuple(shared(kid, "") for kid in part.tags))


@dataclass(slots=True)
class _Alone:
    """One page that is drawn by itself, for a run of another process."""

    files: set[Path] = field(default_factory=set)
    alike: bool = True

    def pages(self, look: Look) -> Pages:
        return Pages(look, self.note)

    def note(self, files: Iterable[Path]) -> None:
        self.files.update(files)


def drawn_apart(wanted: tuple[Look, MadeUpPage], limits: Limits) -> tuple[PagePart | PrintkitError, frozenset[Path]]:
    """Draw a page for another process (`pipeline.ahead`); return it or what is wrong with it, and the files that were read."""
    look, made = wanted
    alone = _Alone()
    return within(limits, lambda: drawn_page(alone, made, look), made.page.where), frozenset(alone.files)


def _drawn_anew(run: "Run", wanted: tuple[Look, MadeUpPage], *, alike: bool) -> PagePart:
    run.alike = alike
    return drawn_page(run, wanted[1], wanted[0])


def load() -> None:
    """Load what draws, once for all processes: WeasyPrint, its fonts, the templates and style sheets that layouts share."""
    import printkit.render.draw  # noqa: F401
    from printkit.render.engine import parse_shared

    parse_shared(STYLES / name for name in SHARED)
    load_shared()


def _load_files() -> None:
    """Load what makes files of drawn pages."""
    import printkit.pdf.join  # noqa: F401


def drawn_page(run: Drawing, made: MadeUpPage, look: Look = SCREEN, reprint: ReprintPage | None = None) -> PagePart:
    """Draw a page, one of a reprint with its words, and compare what WeasyPrint placed with what make-up planned.

    Raises:
        InputError: a style changes or hides composed text, or a picture cannot be read to its end.
    """
    from printkit.render.draw import ComposedImage, PlacedPage, draw  # where nothing is drawn WeasyPrint is not loaded
    from printkit.render.engine import laying_out
    from printkit.render.log import log_findings

    html, texts = run.pages(look).made_up(made, reprint)
    images = {address: ComposedImage(text.box) for address, text in texts.items()}
    ads = {f"ad{index}": file for index, file in enumerate(made.pdfs(ads=True))}
    drawings = {f"drawing{index}": file for index, file in enumerate(made.pdfs(ads=False))}
    forms = {file.as_uri(): PlacedPage(name) for name, file in {**drawings, **ads}.items()}
    where, number = made.page.where, made.page.number
    try:
        with laying_out(where):
            drawn = draw(html, images, resource_roots(made.page.paper), forms)
    except ValueError as error:
        raise InputError(
            [
                Diagnostic(
                    "render.style-moves-text",
                    Say(str(error), f"样式改变了排好的文字：{error}"),
                    hint=Say(
                        "look for a width, height or transform on composed text or links, or for a font that is installed twice",
                        "请检查样式是否给排好的文字或链接设了宽、高或 transform，或同一字体装了两份",
                    ),
                    where=where,
                    page=number,
                )
            ]
        ) from error
    run.note(drawn.files)
    faults = [f for f in log_findings(drawn.records, where) if f.severity is Severity.ERROR]
    faults.extend(_moved_text(made, texts, drawn.placed, look.margin))
    if drawn.pages != 1 or drawn.drawn != len(texts):
        faults.append(
            Diagnostic(
                "render.not-drawn",
                Say(
                    f"{len(texts) - drawn.drawn} of {len(texts)} pieces of text were not drawn; {drawn.pages} page(s)",
                    f"{len(texts)} 块文字中有 {len(texts) - drawn.drawn} 块没有画出；共 {drawn.pages} 页",
                ),
                hint=Say(
                    "look for visibility, display or overflow in the styles",
                    "请检查样式中的 visibility、display、overflow",
                ),
                where=where,
                page=number,
            )
        )
    if run.alike and (faults or _has_moved_slot(made, drawn.slots, look.margin)):
        raise LaidOutOtherwiseError(faults)
    if faults:
        raise InputError(faults)
    part = PagePart(drawn.pdf, drawn.fonts, made.page.label, _places(made), drawn.tags, ads=ads, drawings=drawings)
    return replace(part, digest=sha256(pickle.dumps(part)).hexdigest())


def _places(made: MadeUpPage) -> dict[str, tuple[float, float]]:
    """Return the left top corner of each story, where links to it go, in points."""
    corners = {story.story.anchor: (*story.parts, story.rect)[0] for story in made.stories}
    return {anchor: (rect.x / 1000, rect.y / 1000) for anchor, rect in corners.items()}


def _has_moved_slot(made: MadeUpPage, drawn: Mapping[str, tuple[float, float, float, float]], margin: int) -> bool:
    """Say whether a slot stands elsewhere than it was measured, or is of another size, by 0.02 pt."""
    for name, slot in made.geometry.slots.items():
        rect = slot.rect
        measured = rect.x + margin, rect.y + margin, rect.width, rect.height
        if not _stands_at(drawn.get(name), measured):
            return True
    return False


def _stands_at(drawn: tuple[float, float, float, float] | None, planned: tuple[int, int, int, int]) -> bool:
    """Say whether what WeasyPrint drew (px: x, y, width, height) is where and as large as planned (mpt), to 0.02 pt."""
    return drawn is not None and all(abs(a * PX - b) <= 20 for a, b in zip(drawn, planned, strict=True))  # nor NaN


def _moved_text(
    made: MadeUpPage,
    texts: Mapping[str, ComposedText],
    placed: Mapping[str, tuple[float, float, float, float]],
    margin: int,
) -> list[Diagnostic]:
    """Compare the places of composed text with the plan, to 0.02 pt; the sheet begins `margin` before the page."""
    for address, text in texts.items():
        story, box = text.made.rect, text.box
        x, y = margin + story.x + box.rect.x, margin + story.y + box.rect.y
        if not _stands_at(got := placed.get(address), (x, y, box.rect.width, box.rect.height)):
            seen = "nowhere" if got is None else f"{got[0] * 0.75:.2f}, {got[1] * 0.75:.2f} pt"
            return [
                Diagnostic(
                    "render.moved-text",
                    Say(
                        f".{box.role} was planned at {x / 1000:.2f}, {y / 1000:.2f} pt and stands at {seen}",
                        f".{box.role} 应在 {x / 1000:.2f}, {y / 1000:.2f} 点，实际在 {seen}",
                    ),
                    hint=Say(
                        f"look for margins, padding or transforms on .{box.role} or .story",
                        f"请检查 .{box.role} 或 .story 的 margin、padding、transform",
                    ),
                    where=made.page.where,
                    page=made.page.number,
                    story=text.made.story.id,
                )
            ]
    return []
