"""One run of a command: what its stages share. It reads each edition once and owns every cache.

The stages themselves are functions from values to values; what a run gives them, they could do without, only slower.
"""

import ctypes
import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, PrintkitError, Say, SourceRef, shown_path
from printkit.fonts.metrics import StyleMetrics, overhang
from printkit.language.words import Hyphens, Words
from printkit.limits import Limits, within
from printkit.makeup.setting import Setter
from printkit.model.edition import Edition
from printkit.model.geometry import PageGeometry
from printkit.model.paper import Paper
from printkit.model.style import TextStyle
from printkit.output.tree import Waiting
from printkit.pictures.cache import PictureCache, default_folder
from printkit.pipeline.ahead import READ, asked
from printkit.pipeline.jobs import Ended, aside, shared_out
from printkit.pipeline.kept import Kept
from printkit.pipeline.kept import default_folder as pages_folder
from printkit.pipeline.memory import Memory, places_folder
from printkit.pipeline.reading import read as read_edition
from printkit.render.alike import Like
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Pages
from printkit.variants import Variant

if TYPE_CHECKING:  # loads what reads
    from printkit.source.known import Known

T = TypeVar("T")
MeasuredPage = tuple[PageGeometry, tuple[Diagnostic, ...]]

_PREPARED = 400
"""Paragraphs, those of eight dense pages, after which a composer that lives on forgets all: each that was changed is one more."""

_COLLECTED = 6
"""Pieces after which what nobody needs is looked for, where Python does not look for it by itself (`cli`)."""

_WORTH = 8
"""Pieces from which on it is worth while to begin processes anew, each of which loads for as long as some pages take."""

Progress = Callable[[str, int, int], None]
"""Is told the stage, how many of its pieces are done, and how many there are."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Say nothing."""


def no_word(why: Say) -> None:
    """Wait without a word."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition as read, and the warnings of its reading."""

    edition: Edition
    warnings: tuple[Diagnostic, ...]


class Run:
    """What the stages of one command share."""

    def __init__(
        self,
        progress: Progress = no_progress,
        waiting: Waiting = no_word,
        *,
        cache: bool = True,
        jobs: int = 1,
        alike: bool = False,
    ) -> None:
        """Begin a run of some processes; with `cache` what was once made is kept in the user's cache folder."""
        self.progress = progress
        self.jobs = jobs
        self.limits = Limits.of_user()
        """What each of the pieces may take."""
        self.waiting = waiting
        self.pictures = PictureCache(default_folder() if cache else None)
        self.kept = Kept(pages_folder() if cache else None)
        self.memory = Memory(places_folder() if cache else None)
        self.measured: dict[tuple[str, int, bytes], tuple[MeasuredPage, frozenset[Path]] | InputError] = {}
        """Pages as measured, by the look's inks and margin and a hash of the probes, and the files that were read for them; what
        is wrong with those that cannot be."""
        self.alike = alike
        """Whether a page is measured for all of its kind: who draws them sees whether it is theirs (`LaidOutOtherwiseError`)."""
        self.kinds: dict[tuple[str, int, str], Like] = {}
        """Pages as measured, by the look's inks and margin and what their geometry depends on."""
        self.lives = False
        """Whether the process goes on when all is made (`again`)."""
        self.files: set[Path] = set()
        """Every file that was read or looked for: what somebody has to watch who wants to know when to run again."""
        self._read: dict[tuple[Path, bool], Reading] = {}
        self._known: Known = {}
        """Articles as read before, where the process lives on."""
        self._metrics: dict[TextStyle, StyleMetrics] = {}
        self._composers: dict[tuple[str, ...], Setter] = {}
        self._looks: dict[tuple[str, Paper], Look] = {}

    def again(self) -> "Run":
        """Return a run that reads every file anew, and keeps what no file of the paper decides: fonts and composers.

        Such a run lives in a process that waits for the next change: what it has made of text and fonts it makes no second time,
        and what it keeps on disk it writes when it is told to (`Kept.settle`).
        """
        run = Run(self.progress, self.waiting, jobs=self.jobs, alike=self.alike)
        run.pictures, run.memory, run.kept = self.pictures, self.memory, Kept(self.kept.folder, waits=True)
        run._metrics, run._composers, run._known = self._metrics, self._composers, self._known  # its own class
        run.lives = True
        return run

    def measure_each(self) -> None:
        """Measure every page by itself from here on."""
        self.alike = False
        self.kinds.clear()
        self.measured.clear()

    def read(self, path: Path, *, planning: bool = False, meanwhile: Callable[[], object] | None = None) -> Reading:
        """Return an edition; one that was read in this run is not read again.

        Args:
            path: its file.
            planning: whether its stories may stand on no page yet.
            meanwhile: loads what is needed then; where two processes may work, the other one loads what reads, and reads.

        Raises:
            InputError: anything in its files is wrong.
        """
        key = path.absolute(), planning

        where = SourceRef(shown_path(path))
        known = self._known if self.lives else None

        def read() -> Reading:
            return Reading(*self._taken(read_edition(path, self.limits, planning=planning, known=known), where))

        if key in self._read:
            return self._read[key]
        if answer := asked(READ, (path, planning)):
            self._read[key] = Reading(*self._taken(answer(), where))
        elif meanwhile and self.jobs > 1:
            with self.aside(read, where) as waited:
                with suppress(MissingPartError):  # who needs it tells it
                    meanwhile()
                self._read[key] = waited()
        else:
            self._read[key] = read()
        return self._read[key]

    def know(self, path: Path, reading: Reading, files: Iterable[Path]) -> None:
        """Take an edition as another process has read it, and the files that it has read."""
        self._read[path, False] = reading
        self.note(files)

    @contextmanager
    def aside(self, work: Callable[[], T], where: SourceRef | None) -> Iterator[Callable[[], T]]:
        """Let another process do some work, where two may work; offer what waits for it, and returns what came of it.

        Where one alone works it does this when it is waited for. `where` is the file that it is told at if it takes more than
        the user allows.

        Raises:
            PrintkitError: as the work, when it is waited for, or the process was ended.
        """
        if self.jobs < 2:
            yield work
            return

        def tried() -> T | PrintkitError:
            try:
                return work()
            except PrintkitError as error:
                return error

        with aside(lambda: self.noting(tried), self.limits) as waited:
            yield lambda: self._taken(waited(), where)

    def _taken(self, made: tuple[T | PrintkitError, Iterable[Path]] | Ended, where: SourceRef | None) -> T:
        """Return what another process has made, its files noted; raise what was wrong with it, or that the process was ended."""
        if isinstance(made, Ended):
            raise made.told(self.limits, where)
        value, files = made
        self.note(files)
        if isinstance(value, PrintkitError):
            raise value
        return value

    def composer(self, names: Iterable[str] = ()) -> Setter:
        """Return the composer with the fonts' own metrics, and the names that no headline breaks inside."""
        key = tuple(names)
        if key not in self._composers:
            self._composers[key] = Setter(self._metrics_of, Words(key), Hyphens(), overhang)
        return self._composers[key]

    def pages(self, look: Look = SCREEN) -> Pages:
        """Return what renders pages in a look."""
        return Pages(look, self.note)

    def note(self, files: Iterable[Path]) -> None:
        """Keep in mind that some files were read."""
        self.files.update(files)

    def each(
        self,
        stage: str,
        count: int,
        work: Callable[[int], T],
        place: Callable[[int], SourceRef | None],
        made_from: Callable[[int], object] | None = None,
        ready: Callable[[], object] = lambda: None,
        meanwhile: Callable[[], object] = lambda: None,
        anew: Callable[["Run", Any], T] | None = None,
    ) -> Iterator[T | PrintkitError]:
        """Yield what a stage makes of each of its pieces, in order, or what is wrong with it; other processes help.

        Args:
            stage: its name.
            count: of the pieces.
            work: makes a piece by its number.
            place: returns the file that a piece is told at where it takes more than the user allows.
            made_from: returns all values that a piece is made from; with it pieces are kept for later runs.
            ready: is called before several pieces are made, and before other processes begin: it loads what all of them need.
            meanwhile: is called while another process makes the only piece: it loads what comes next.
            anew: makes a piece in a run of another process, of what `made_from` returns; it can be pickled. Where there is no
                fork, processes are begun anew for pieces that have it.

        Raises:
            MissingPartError: the system lacks a part.
        """
        keys = [self.kept.key(stage, made_from(number)) if made_from else None for number in range(count)]
        # What was never kept is known at once: another process begins with it while the others are looked up.
        apart = self._apart(stage, [n for n, key in enumerate(keys) if not self.kept.was_kept(key)], made_from)
        known = {
            number: found for number, key in enumerate(keys) if number not in apart and (found := self.kept.find(key))
        }
        apart = apart or self._apart(stage, [number for number in range(count) if number not in known], made_from)
        wanted = [number for number in range(count) if number not in known and number not in apart]
        spawns = anew and made_from and not hasattr(os, "fork") and self.jobs > 1 and len(wanted) >= _WORTH
        if (len(wanted) > 1 and not spawns) or (wanted and self.lives):
            ready()

        def noted(turn: int) -> tuple[T | PrintkitError, frozenset[Path]]:
            def recalled() -> T:
                with self.recalling(stage, wanted[turn]):
                    return work(wanted[turn])

            made = self.noting(lambda: within(self.limits, recalled, place(wanted[turn])))
            self._tidy(turn)
            if self.kept.waits or isinstance(made[0], PrintkitError):
                return made
            return self.kept.keep(keys[wanted[turn]], *made)  # by the process that made it: others go on meanwhile

        def begun(turn: int) -> None:
            self.progress(stage, wanted[turn], count)

        for number in apart:
            self.progress(stage, number, count)
            meanwhile()
        if anew and made_from and spawns:
            from printkit.pipeline.spawned import spawned_out  # loads what no other system needs

            pieces = [(made_from(number), place(number)) for number in wanted]
            made_anew = partial(_made_anew, anew, self.limits, cache=self.kept.folder is not None)
            outcomes = spawned_out(made_anew, pieces, self.jobs, begun)
        else:
            outcomes = shared_out(noted, len(wanted), self.jobs, begun, self.limits)
        for number, key in enumerate(keys):
            if number in known:
                value, files = known.pop(number)
                self.note(files)
                yield value
                continue
            made = apart[number]() if number in apart else next(outcomes)
            value, files = (made.told(self.limits, place(number)), frozenset()) if isinstance(made, Ended) else made
            if not isinstance(value, PrintkitError):
                is_written = not (number in apart or spawns or self.kept.waits)
                _, files = self.kept.keep(key, value, files, is_written=is_written)
            self.note(files)
            if isinstance(value, MissingPartError):
                raise value  # the system lacks it for every piece
            yield value
        next(outcomes, None)  # there is none: what it began it ends, whoever may still know of it
        if len(wanted) > _COLLECTED and not gc.isenabled():
            gc.collect(1)  # what is new, before the next stage begins processes that would share it
            _give_back()
        self.progress(stage, count, count)

    def _apart(
        self, stage: str, numbers: list[int], made_from: Callable[[int], object] | None
    ) -> dict[int, Callable[[], Any]]:
        """Let the process that was begun ahead make the only piece there is to make, if it can; return what waits for it."""
        waited = asked(stage, made_from(numbers[0])) if made_from and len(numbers) == 1 else None
        return {numbers[0]: waited} if waited else {}

    def once(
        self, stage: str, made_from: object, work: Callable[[], T], meanwhile: Callable[[], object] = lambda: None
    ) -> tuple[T, frozenset[Path]]:
        """Return what a stage makes of some values, as it was kept or made now, and the files that were read for it.

        Where another process makes it `meanwhile` is called: it loads what comes next.
        """

        def made() -> T:
            if not (answer := asked(stage, made_from)):
                return work()
            meanwhile()
            return self._taken(answer(), None)  # type: ignore[no-any-return]  # as `work`

        key = self.kept.key(stage, made_from)
        value, files = self.kept.find(key) or self.kept.keep(key, *self.noting(made))
        self.note(files)
        return value, files

    def noting(self, work: Callable[[], T]) -> tuple[T, frozenset[Path]]:
        """Do some work; return what came of it and every file that was read for it."""
        before, self.files = self.files, set()
        try:
            return work(), frozenset(self.files)
        finally:
            self.files |= before

    @contextmanager
    def recalling(self, stage: str, number: int) -> Iterator[None]:
        """Let composers know what this piece of work asked of the dictionary the last time: it need not be loaded then."""
        editions = sorted(str(path) for path, _ in self._read)
        asked = [
            (self.kept.key("words", (names, editions, stage, number)), composer.breaker)
            for names, composer in self._composers.items()
        ]
        for key, words in asked:
            if isinstance(words, Words):
                found = self.kept.find(key)
                words.recall(*(found[:1] if found else ()))
        yield
        for key, words in asked:
            if isinstance(words, Words) and words.learned:
                self.kept.keep(key, words.asked, frozenset())

    def _tidy(self, number: int) -> None:
        """Drop what was made for one piece alone, so that many pages take no more memory than some."""
        for composer in self._composers.values():
            if not self.lives or composer.kept > _PREPARED:
                composer.forget()
        if number % _COLLECTED == _COLLECTED - 1 and not gc.isenabled():
            gc.collect()  # the boxes of pages that are drawn, each of which knows the others
            _give_back()

    def look(self, variant: Variant, paper: Paper) -> Look:
        """Return how a variant's pages are drawn, with the pictures made for it."""
        key = variant.name, paper
        if key not in self._looks:
            self._looks[key] = variant.drawn_look(paper, self.pictures)
        return self._looks[key]

    def _metrics_of(self, style: TextStyle) -> StyleMetrics:
        if style not in self._metrics:
            self._metrics[style] = StyleMetrics(style)
        return self._metrics[style]


def _give_back() -> None:
    """Give memory that nothing stands in back to the system, where the C library keeps it: glibc's."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _made_anew(
    work: Callable[[Run, Any], T], limits: Limits, piece: tuple[object, SourceRef | None], *, cache: bool
) -> tuple[T | PrintkitError, frozenset[Path]]:
    """Make a piece for a run of another process; return it or what is wrong with it, and the files that were read."""
    run = Run(cache=cache)
    values, where = piece
    return run.noting(lambda: within(limits, lambda: work(run, values), where))
