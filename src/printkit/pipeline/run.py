"""One run of a command: what its stages share. It reads each edition once and owns every cache.

The stages themselves are functions from values to values; what a run gives them, they could do without, only slower.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from printkit.diagnostics import Diagnostic, InputError, MissingPartError, PrintkitError, Say
from printkit.fonts.metrics import StyleMetrics, overhang
from printkit.language.words import Hyphens, Words
from printkit.limits import Limits, held, of_signal
from printkit.makeup.setting import Setter
from printkit.model.edition import Edition
from printkit.model.geometry import PageGeometry
from printkit.model.paper import Paper
from printkit.model.style import TextStyle
from printkit.output.tree import Waiting
from printkit.pictures.cache import PictureCache, default_folder
from printkit.pipeline.jobs import Ended, shared_out
from printkit.pipeline.memory import Memory, places_folder
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Pages
from printkit.source import read_edition
from printkit.variants import Variant

T = TypeVar("T")
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
        self, progress: Progress = no_progress, waiting: Waiting = no_word, *, cache: bool = True, jobs: int = 1
    ) -> None:
        """Begin a run of some processes; with `cache` pictures once made are kept in the user's cache folder, and places."""
        self.progress = progress
        self.jobs = jobs
        self.limits = Limits.of_user()
        """What each of the pieces may take."""
        self.waiting = waiting
        self.pictures = PictureCache(default_folder() if cache else None)
        self.memory = Memory(places_folder() if cache else None)
        self.measured: dict[tuple[str, int, str], tuple[PageGeometry, tuple[Diagnostic, ...]]] = {}
        """Pages as measured, by the look's inks and margin and the probes."""
        self.files: set[Path] = set()
        """Every file that was read or looked for: what somebody has to watch who wants to know when to run again."""
        self._read: dict[tuple[Path, bool], Reading] = {}
        self._metrics: dict[TextStyle, StyleMetrics] = {}
        self._composers: dict[tuple[str, ...], Setter] = {}
        self._looks: dict[tuple[str, Paper], Look] = {}

    def read(self, path: Path, *, planning: bool = False) -> Reading:
        """Return an edition; one that was read in this run is not read again.

        Raises:
            InputError: anything in its files is wrong.
        """
        key = path.absolute(), planning
        if key not in self._read:
            self._read[key] = Reading(*read_edition(path, planning=planning, note=self.note))
        return self._read[key]

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

    def each(self, stage: str, count: int, work: Callable[[int], T]) -> Iterator[T | PrintkitError]:
        """Yield what a stage makes of each of its pieces, in order, or what is wrong with it; other processes help.

        Raises:
            MissingPartError: the system lacks a part.
        """

        def noted(number: int) -> tuple[T | PrintkitError, set[Path]]:
            known = frozenset(self.files)
            try:
                with held(self.limits):
                    value: T | PrintkitError = work(number)
            except PrintkitError as error:
                value = error
            return value, self.files - known

        for made in shared_out(noted, count, self.jobs, lambda n: self.progress(stage, n, count), self.limits):
            value, files = (_ended(self.limits, made.signal), set()) if isinstance(made, Ended) else made
            self.note(files)
            if isinstance(value, MissingPartError):
                raise value  # the system lacks it for every piece
            yield value
        self.progress(stage, count, count)

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


def _ended(limits: Limits, signal: int) -> PrintkitError:
    if over := of_signal(limits, signal):
        return InputError([over])
    message = Say("the process that made this page was ended from outside", "制作本版的进程被外部终止")
    hint = Say("was there too little memory? `--jobs 1` takes the least", "是否内存不足？`--jobs 1` 占用最少")
    return PrintkitError([Diagnostic("internal.worker-ended", message, hint=hint)])


def names_of(edition: Edition) -> tuple[str, ...]:
    """Return the names that a paper and an edition's files give, so that no headline breaks inside one.

    In one order, wherever the stories stand: what a story of the pool was set with is what its page is set with.
    """
    stories = [story for page in edition.pages for story in page.stories]
    stories += [wish.story for wish in edition.pool]
    names = [edition.paper.name, *edition.paper.names]
    names += [name for story in stories for name in story.article.names]
    return tuple(sorted(name for name in set(names) if len(name) > 1))
