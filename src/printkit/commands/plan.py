"""`printkit plan` (组版方案): the ways in which an automatic page can lay itself out, as pictures and as a table.

In: an edition and the number of a page. Out: candidates, clearly other than one another, the cheapest first: each with its
places, what its stories' ladders and the craft's rules cost, and a picture of all on one sheet. One of them can be written into
the edition as `at`. Without a page: the pages of the pool's stories, and why; written as `page`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printkit.commands.result import exit_code_of
from printkit.diagnostics import Diagnostic, ExitCode, InputError, Say, UsageError, diagnostic_object, files_named_from
from printkit.gate import read_file
from printkit.makeup.lint.places import of_page
from printkit.makeup.page.judged import Judged, judged
from printkit.makeup.page.laid import Laid, key_of
from printkit.model.edition import FIRST_PART, SECOND_PART, Allotted, Edition, Place, Story
from printkit.model.page import MadeUpPage
from printkit.output.manifest import put_whole
from printkit.output.report import pool_object
from printkit.pipeline.assign import AssignedPage, assigned_pages, chosen_numbers
from printkit.pipeline.make_up import fitted
from printkit.pipeline.measure import measured
from printkit.pipeline.place import (
    Remembered,
    automatic,
    first_parts,
    first_places,
    laid_out,
    placed_pages,
    waiting,
    with_rests,
)
from printkit.pipeline.pool import pooled
from printkit.pipeline.run import Progress, Reading, Run, no_progress
from printkit.source.edits import Put, Steps, edited, read_text, way_to
from printkit.source.faults import Faults
from printkit.source.patch import rewrite, text_of, written_or_told
from printkit.source.schema import EditionKeys

_FORM_KEYS: Mapping[str, Steps] = {
    "frame": ("frame",),
    "direction": ("look", "head", "direction"),
    "columns": ("look", "columns"),
}
"""Where an entry has what `key_of` names."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for: how many candidates, which to write into the edition (0 for none), where the sheet goes.

    Without a `page` it is the pages of the pool's stories.
    """

    page: str = ""
    candidates: int = 5
    write: int = 0
    out: Path = Path("out")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to lay a page out."""

    made: MadeUpPage
    places: Mapping[str, Place]
    judged: Judged
    findings: tuple[Diagnostic, ...]
    forms: Mapping[str, Story] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        """What it costs in all, in hundredths."""
        return self.judged.craft + self.judged.ladder


@dataclass(frozen=True, slots=True)
class PoolResult:
    """The pages of the pool's stories."""

    allotted: tuple[Allotted, ...]
    base: Path
    diagnostics: tuple[Diagnostic, ...]
    written: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """1 where the pool cannot fill its pages, else 0."""
        return exit_code_of(self.diagnostics)

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        told = [diagnostic_object(one) for one in self.diagnostics]
        return {"written": self.written, "pool": pool_object(self.allotted), "diagnostics": told}


@dataclass(frozen=True, slots=True)
class Result:
    """The candidates of a page, the cheapest first, and the sheet with their pictures."""

    page: str
    candidates: tuple[Candidate, ...]
    sheet: Path
    base: Path
    """The folder that the files of findings are named from."""
    diagnostics: tuple[Diagnostic, ...] = ()
    written: int = 0
    """The number of the candidate whose places were written into the edition; 0 for none."""

    @property
    def exit_code(self) -> ExitCode:
        """1 where no candidate closes, else 0."""
        return exit_code_of(self.diagnostics)

    def report(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return {
            "page": self.page,
            "sheet": self.sheet.as_posix(),
            "written": self.written,
            "candidates": [_object(number, one) for number, one in enumerate(self.candidates, 1)],
            "diagnostics": [diagnostic_object(told) for told in self.diagnostics],
        }


def plan(path: Path, options: Options, progress: Progress = no_progress) -> Result:
    """Look for the ways to lay a page out, draw them, and write one into the edition if that is asked for.

    Raises:
        PrintkitError: the edition cannot be read, the page has nothing to place, or there is no such candidate.
    """
    run, known = Run(progress), _known(path)
    edition = _reading(run, path).edition
    with files_named_from(edition.paper.folder):
        page = _page(run, edition, options.page)
        found = sorted(_candidates(run, edition, page, options.candidates), key=lambda one: one.cost)
        if options.write > len(found):
            raise UsageError([_no_such(options.write, len(found))])
        sheet = options.out / f"{edition.date.isoformat()}-plan-{page.context.stem}.png"
        _draw(run, edition, [one.made for one in found], sheet)
        if options.write:
            _write(path, known, _places_of(edition, page, found[options.write - 1]))
        told = tuple(of_page(one, page.context) for one in found[0].findings if not found[0].made.is_closed)
        return Result(page.context.number, tuple(found), sheet, edition.paper.folder, told, options.write)


def plan_pool(path: Path, options: Options, progress: Progress = no_progress) -> PoolResult:
    """Share the pool's stories out to pages, and write these into the edition if that is asked for.

    Raises:
        PrintkitError: the edition cannot be read or has no pool, or there is no such way.
    """
    run, known = Run(progress), _known(path)
    before = run.read(path)
    if not before.edition.pool:
        message = Say("the edition has no pool whose stories look for a page", "这一期没有待编稿件")
        hint = Say("name a page: `--page N`", "请写 --page N")
        told = Diagnostic("usage.nothing-to-place", message, hint=hint, where=before.edition.where)
        raise UsageError([told], before.edition.paper.folder)
    if options.write > 1:
        raise UsageError([_no_such(options.write, 1)])
    reading = _reading(run, path)
    edition = reading.edition
    if options.write:
        asked = {wish.story.id for wish in edition.pool if wish.page}
        found = [one for one in edition.allotted if one.page and one.story.id not in asked]
        _write(path, known, [(one.story, ("page",), one.page) for one in found])
    return PoolResult(edition.allotted, edition.paper.folder, reading.warnings, options.write)


def _known(path: Path) -> bytes:
    """Return an edition's bytes before it is read: nothing is written over what is saved later. What it has none of, reading tells."""
    try:
        return read_file(path)
    except OSError:
        return b""


def _reading(run: Run, path: Path) -> Reading:
    """Read an edition, its pool shared out."""
    reading = run.read(path)
    with files_named_from(reading.edition.paper.folder):
        return pooled(run, reading)


def _page(run: Run, edition: Edition, number: str) -> AssignedPage:
    """Return the page that is asked for; refuse one without anything to place."""
    chosen = chosen_numbers(edition, number)
    assigned, faults = assigned_pages(edition, run.pages())
    page = next((page for page in assigned if page.context.number in chosen), None)
    if page is None:
        raise InputError(faults)
    if not waiting(page):
        message = Say(f"page {number} has no story without a place", f"第 {number} 版没有待定位置的稿件")
        hint = Say(
            "plan lays out stories without `slot` and `at` on an automatic page (`layout: auto`)",
            "plan 只安排自动版面（layout: auto）上没写版位和位置的稿件",
        )
        raise UsageError([Diagnostic("usage.nothing-to-place", message, hint=hint, where=page.context.where)])
    if not any(story.part == SECOND_PART for story in waiting(page)):
        return page
    # What comes to it is as long as the pages that it comes from leave it.
    setter = run.composer(edition.names)
    others = [one for one in assigned if one is not page]
    places = placed_pages(
        others,
        frozenset(),
        lambda one: measured(run, one.context, one.by_slot)[0],
        setter,
        lambda count, work, made_from: run.each("place", count, work, lambda n: made_from(n).context.where),
        Remembered(run.memory, edition.path),
    )
    return with_rests(page, first_places(places.pages), lambda one: measured(run, one.context, one.by_slot)[0], setter)


def _candidates(run: Run, edition: Edition, page: AssignedPage, most: int) -> Iterator[Candidate]:
    """Yield pages that close, each clearly other than those before; where none does, the nearest."""
    setter = run.composer(edition.names)
    search = automatic(page, lambda one: measured(run, one.context, one.by_slot)[0], setter)
    first, told = laid_out(search, page)
    laid: list[Laid] = []
    following: Laid | None = first
    while following is not None:
        run.progress("plan", len(laid), most)
        laid.append(following)
        yield _candidate(run, edition, page, following, told)
        may_go_on = len(laid) < most and not first.amiss
        following = search.lay_out([one.tiling for one in laid]) if may_go_on else None
    run.progress("plan", most, most)


def _candidate(run: Run, edition: Edition, page: AssignedPage, laid: Laid, told: Sequence[Diagnostic]) -> Candidate:
    setter = run.composer(edition.names)
    placed = replace(page, stories=laid.stories(page.stories))
    made, found = fitted(
        run, setter, first_parts(placed, lambda one: measured(run, one.context, one.by_slot)[0], setter)
    )
    judgement = judged(made)
    assert judgement is not None, "its stories have just been placed"
    return Candidate(made, laid.places, judgement, (*told, *found), laid.forms)


def _draw(run: Run, edition: Edition, pages: Sequence[MadeUpPage], sheet: Path) -> None:
    """Draw pages side by side into one picture."""
    from printkit.pictures.page_picture import page_sheet
    from printkit.pipeline.finish import web_pdfs

    pdfs = [pdf for made in pages for pdf in web_pdfs(run, edition, [made], "pages")]
    data = page_sheet(pdfs)
    with written_or_told(sheet):
        sheet.parent.mkdir(parents=True, exist_ok=True)
        put_whole(sheet, data)


def _places_of(edition: Edition, page: AssignedPage, chosen: Laid | Candidate) -> Iterator[tuple[Story, Steps, Any]]:
    """Yield what a candidate's stories get in their entries: places, of a story of the pool its page, a form that parts it."""
    # What comes from elsewhere has no entry here.
    entries = {story.id: story for story in page.stories if story.part == FIRST_PART}
    for wish in edition.pool:
        if wish.story.id in chosen.places and not wish.page:
            yield wish.story, ("page",), page.context.number
    for name, one in chosen.forms.items():
        key, value = key_of(one)
        yield entries[name], _FORM_KEYS[key], value
    for name, at in chosen.places.items():
        if name in entries:
            place = {"column": at.column, "row": at.row, "columns": at.columns, "rows": at.rows}
            yield entries[name], ("at",), place


def _write(path: Path, known: bytes, found: Iterable[tuple[Story, Steps, Any]]) -> None:
    """Write keys into the entries of some stories, and nothing else.

    Raises:
        InputError: it cannot be written safely, or the file would no longer be right; it stays as it is.
        UsageError: the file cannot be written, or was changed meanwhile.
    """
    text = text_of(known)
    root = read_text(text, path.name, Faults(path.parent))
    edits = [Put((*way, *key), value) for story, key, value in found if (way := way_to(root, EditionKeys, story.where))]

    def is_right(new: Path) -> bool:
        try:
            Run(cache=False).read(new)
        except InputError as error:  # such as a place off every page
            faults = [replace(one, where=one.where and replace(one.where, file=path.name)) for one in error.diagnostics]
            raise InputError(faults, error.base) from error
        return True

    with written_or_told(path):
        rewrite(path, known, edited(text, path.name, EditionKeys, edits), is_right)


def _no_such(number: int, found: int) -> Diagnostic:
    return Diagnostic(
        "usage.no-such-candidate",
        Say(f"there is no candidate {number}: {found} found", f"没有第 {number} 个方案，只有 {found} 个"),
        hint=Say("look at the sheet first, without --write", "请先不加 --write 看方案"),
    )


def _object(number: int, one: Candidate) -> dict[str, Any]:
    return {
        "number": number,
        "closed": one.made.is_closed,
        "cost": one.cost / 100,
        "ladder": one.judged.ladder / 100,
        "craft": one.judged.craft / 100,
        "rules": dict(one.judged.rules),
        "stories": [
            {"id": name, "at": {"column": at.column, "row": at.row, "columns": at.columns, "rows": at.rows}}
            for name, at in one.places.items()
        ],
    }
