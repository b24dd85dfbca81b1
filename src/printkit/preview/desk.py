"""An edition as it stands while somebody works on it: its pages as last made, and what there is to tell.

In: the edition file, again whenever a file of it has changed. Out: a `Sheet` a page, each with its PDF; a fault keeps the last good
one. Pages are made one by one, those first that changed, so that each is seen as soon as it is there.
"""

import gc
import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from printkit.diagnostics import Diagnostic, PrintkitError, fault_of_ours, file_name, shown_path
from printkit.gate import State, as_they_are, paper_folder
from printkit.makeup.lint.imprint import imprint_findings
from printkit.makeup.lint.sections import colour_findings, section_findings
from printkit.model.edition import Page
from printkit.model.page import MadeUpPage
from printkit.pipeline.assign import contexts_of
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import made_up, once
from printkit.pipeline.pool import pooled
from printkit.pipeline.run import Reading, Run
from printkit.preview.first import FirstReader, keep_opened, not_read
from printkit.preview.work import Urgency, Work
from printkit.render.alike import LaidOutOtherwiseError
from printkit.variants import WEB

if TYPE_CHECKING:  # the copy desk is loaded when all pages are there: whoever has opened the desk waits for the first
    from printkit.commands.result import Result
    from printkit.pipeline.lint import CopyReport

Stage = Literal["waiting", "ready", "fault"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was last made; of one with a `fault` the picture is the last that was good."""

    number: str
    name: str
    revision: int = 0
    made: MadeUpPage | None = None
    pdf: bytes = b""
    findings: tuple[Diagnostic, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    changed: tuple[str, ...] = ()
    """The anchors of the stories that stand otherwise than in the revision before."""
    made_from: str = ""
    """A digest of all values that it was made from."""
    files: State = frozenset()
    """The files that were read for it, as they were: their sizes and when they were written."""

    @property
    def state(self) -> Stage:
        """Whether the picture is that of the files as they are."""
        return "fault" if self.faults else "ready" if self.pdf else "waiting"


@dataclass(slots=True)
class Desk:
    """An edition at work. `told` is called with the numbers of pages that are new, none where it is about the whole."""

    path: Path
    work: Work = field(default_factory=Work)
    first: FirstReader = not_read
    """Returns the edition as another process has read it when the desk began; asked once."""
    helping: ExitStack = field(default_factory=ExitStack)
    """Ends that process, which helps with the first page alone."""
    told: list[Callable[[tuple[str, ...]], None]] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """By page number, in the edition's order."""
    reading: Reading | None = None
    """The edition as last read well."""
    copy: "CopyReport | None" = None
    """What the copy desk tells, once all pages are made."""
    faults: tuple[Diagnostic, ...] = ()
    """Why the edition cannot be read as it is."""
    files: frozenset[Path] = frozenset()
    """Every file that was read or looked for."""
    looked: str = ""
    """The number of the page that somebody looks at: it and those beside it are made before the others."""
    is_busy: bool = True
    """Whether pages are still to be made, as at the beginning."""
    base: Path = field(init=False)
    """The folder that files of findings are named from."""
    run: Run = field(init=False)
    _round: int = 0

    def __post_init__(self) -> None:
        """Name files from the paper's folder, known before anything is read."""
        self.path = self.path.absolute()
        self.base = paper_folder(self.path) or self.path.parent
        self.run = Run(alike=True)  # as `build`: what the one has kept the other finds

    @property
    def may_write(self) -> bool:
        """Whether the edition's file and folder can be written."""
        return os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)

    def refresh(self, changed: Iterable[Path] = ()) -> None:
        """Read the edition anew and ask for all its pages; those first that use a file which changed."""
        self._round += 1
        self.run = self.run.again()
        self.is_busy = True
        if (first := self.first()) and first.stands:
            self.run.know(self.path, Reading(first.edition, first.warnings), (path for path, _ in first.files))
        self.first = not_read
        try:
            reading = pooled(self.run, self.run.read(self.path))
        except PrintkitError as error:
            self.faults = tuple(map(self._named, error.diagnostics))
            self.files |= self.run.files
            self.is_busy = False
            self.helping.close()
            self._tell()
            return
        self.faults, self.reading = (), reading
        self.base = reading.edition.paper.folder
        self.files = frozenset(self.run.files)
        pages = reading.edition.pages
        self.sheets = {
            page.number: replace(self.sheets.get(page.number, Sheet(page.number, page.name)), name=page.name)
            for page in pages
        }
        self._tell()
        files, numbers = frozenset(changed), list(self.sheets)
        here = numbers.index(self.looked) if self.looked in self.sheets else 0
        for page in sorted(pages, key=lambda page: (not _uses(page, files), abs(numbers.index(page.number) - here))):
            self.work.ask(partial(self._make, self._round, page.number), Urgency.PAGE)
        self.work.ask(partial(self._close, self._round), Urgency.LAST)

    def look(self, number: str) -> None:
        """Have a page made before all others that are still to be made: somebody looks at it; called from any thread."""
        self.looked = number
        self.work.ask(self._make_looked, Urgency.CHANGED)

    def _make_looked(self) -> None:
        if self.is_busy and self.looked in self.sheets:
            self._make(self._round, self.looked)

    def _named(self, fault: Diagnostic) -> Diagnostic:
        """Name the edition's file from the paper's folder where it is not there: it was named from the shell's."""
        if fault.where is None or fault.where.file != shown_path(self.path):
            return fault
        return replace(fault, where=replace(fault.where, file=file_name(self.path, self.base)))

    def report(self) -> dict[str, Any]:
        """Return the object of ``--json`` for what stands now."""
        from printkit.output.report import failure_object

        if self.faults or self.reading is None:
            return failure_object(self.faults)
        return self._result().report()

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """What there is to tell of the pages and of the copy, each once."""
        return (*self._of_pages, *(self.copy.findings if self.copy else ()))

    @property
    def _of_pages(self) -> tuple[Diagnostic, ...]:
        return once([one for sheet in self.sheets.values() for one in sheet.findings])

    @property
    def _pages(self) -> tuple[MadeUpPage, ...]:
        return tuple(sheet.made for sheet in self.sheets.values() if sheet.made and not sheet.faults)

    def _result(self) -> "Result":
        from printkit.commands.result import Result, with_copy

        assert self.reading is not None
        faults = tuple(dict.fromkeys(one for sheet in self.sheets.values() for one in sheet.faults))
        result = Result(self.reading.edition, self._pages, self._of_pages, faults)
        return with_copy(result, self.copy) if self.copy else result

    def _make(self, number_of_round: int, number: str) -> None:
        """Make a page, unless the files have changed since it was asked for."""
        if number_of_round != self._round or self.reading is None:
            return
        before, made_from = self.sheets[number], _made_from(self.reading, number)
        if before.made_from == made_from and before.files == as_they_are(path for path, _ in before.files):
            self._put(replace(before, changed=()))
            return
        reading, sheet = self.reading, replace(before, changed=(), made_from="")

        def work() -> Sheet:
            try:
                return done()
            except LaidOutOtherwiseError:
                self.run.measure_each()
                return done()

        def done() -> Sheet:
            made = made_up(self.run, reading, [WEB], number)
            # Another page's fault is that page's.
            if faults := tuple(one for one in made.faults if one.page in (None, number) or not made.pages):
                return replace(sheet, faults=faults)
            [page] = made.pages
            [pdf] = web_pdfs(self.run, made.edition, [page], "pages")
            return replace(sheet, made=page, pdf=pdf, findings=made.findings, faults=(), made_from=made_from)

        try:
            sheet, files = self.run.noting(work)
            sheet = replace(sheet, files=as_they_are(files))
        except PrintkitError as error:
            sheet = replace(sheet, faults=error.diagnostics)
        except Exception as error:  # noqa: BLE001  # the desk goes on; the page says what happened
            sheet = replace(sheet, faults=(fault_of_ours(error, number),))
        self.files |= self.run.files
        if sheet.pdf != before.pdf:
            sheet = replace(sheet, revision=before.revision + 1, changed=_changed(before.made, sheet.made))
        self._put(sheet)
        self.helping.close()
        self.run.kept.settle()  # nobody waits any more

    def _put(self, sheet: Sheet) -> None:
        before = self.sheets[sheet.number]
        self.sheets[sheet.number] = sheet
        if replace(sheet, made_from="", files=frozenset()) != replace(before, made_from="", files=frozenset()):
            self._tell(sheet.number)

    def _close(self, number_of_round: int) -> None:
        """Tell what the copy desk finds, once all pages are made."""
        if number_of_round != self._round or self.reading is None:
            return
        from printkit.pipeline.lint import copy_report

        self.copy = copy_report(self.reading.edition, self.sheets, self._pages)
        self.is_busy = False
        self._tell()
        keep_opened(self.run.kept, self.path)
        self.run.kept.trim()
        gc.collect()

    def _tell(self, *numbers: str) -> None:
        for listener in tuple(self.told):
            listener(numbers)


def _made_from(reading: Reading, number: str) -> str:
    """Return a digest of what a page is made from: its values, and those of the pages that its stories come from and go to."""
    edition = reading.edition
    jumps = {(page.number, story.jump.page) for page in edition.pages for story in page.stories if story.jump}
    reached = {number}
    while more := {one for pair in jumps if reached & set(pair) for one in pair} - reached:
        reached |= more
    pages = [one for one in zip(edition.pages, contexts_of(edition), strict=True) if one[0].number in reached]
    told = (*imprint_findings(edition), *section_findings(edition), *colour_findings(edition), *reading.warnings)
    return sha256(repr((pages, edition.names, told)).encode()).hexdigest()


def _uses(page: Page, files: frozenset[Path]) -> bool:
    """Say whether a page's stories name one of some files."""
    return any(
        story.article.path in files
        or (story.ad and story.ad.file in files)
        or any(shot.file in files for picture in story.article.all_pictures for shot in picture.shots)
        for story in page.stories
    )


def _changed(before: MadeUpPage | None, now: MadeUpPage | None) -> tuple[str, ...]:
    """Return the stories that stand otherwise than before; none of a page that is seen for the first time."""
    if before is None or now is None:
        return ()
    old = {one.story.anchor: (one.rect, one.boxes) for one in before.stories}
    return tuple(one.story.anchor for one in now.stories if old.get(one.story.anchor) != (one.rect, one.boxes))
