"""The output tree: a build is made beside its place and swapped in by renames.

Whatever stops a build, the last good output stays whole; what a killed one left is mended at the next start. One run at
a time works on an issue's folder.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.gate import not_deep, see_way
from printkit.output.lock import Holder, alone
from printkit.output.manifest import owner_of, removed

Waiting = Callable[[Say], None]
"""Is told why a run has to wait."""

_ABOUT = frozenset({"report.json", "manifest.json"})
"""What every build writes anew, beside the folders of the variants that it makes; all else is carried over."""


@dataclass(frozen=True, slots=True)
class OutputTree:
    """The folder of one issue of a paper below the output folder."""

    out: Path
    date: str
    paper: str

    @property
    def place(self) -> Path:
        """Where the issue stands when the build is done."""
        return self.out / self.date

    @contextmanager
    def held(self, waiting: Waiting) -> Iterator[None]:
        """Keep the folder to one run, whole; whoever writes into it does so within. A second run waits.

        Raises:
            UsageError: another paper's issue or something else stands in its place, or the disk refuses.
        """
        with ExitStack() as stack:
            try:
                see_way(self.out)
                if self.place.is_symlink() or (self.place.exists() and not self.place.is_dir()):
                    raise UsageError([_taken(self.place)])
                lock = self.out / f".{self.date}.lock"
                stack.enter_context(alone(lock, lambda holder: waiting(_at_work(self.place, holder))))
                self._mend()
            except OSError as error:
                raise UsageError([unusable(self.out, error)]) from error
            if (owner := owner_of(self.place)) not in (None, self.paper):
                raise UsageError([_other_paper(self.place, owner, self.paper)])
            yield

    @contextmanager
    def replacing(self, variants: Sequence[str], *, keep_pages: bool) -> Iterator[Path]:
        """Offer a folder to write into, and put it in place when the block ends without an error.

        Args:
            variants: the folders that are made anew; those of other variants are carried over.
            keep_pages: carry the other pages' files over; the edition's file goes, since it would be stale.
        """
        with self._swapped() as fresh:
            if self.place.is_dir():
                self._carry_over(fresh, {*variants, *_ABOUT})
            for variant in variants:
                pages = self.place / variant
                if keep_pages and pages.is_dir() and not pages.is_symlink():
                    _copied(pages, fresh / variant)
                    (fresh / variant / "edition.pdf").unlink(missing_ok=True)
                (fresh / variant).mkdir(exist_ok=True)
            yield fresh

    @contextmanager
    def adding(self, folder: str, *, anew: bool) -> Iterator[Path]:
        """Offer a folder with all that stands there, to add to; put it in place when the block ends without an error.

        Args:
            folder: the folder that is added to; it is made.
            anew: leave out what stands in it.
        """
        with self._swapped() as fresh:
            if self.place.is_dir():
                self._carry_over(fresh, {folder} if anew else set())
            (fresh / folder).mkdir(exist_ok=True)
            yield fresh

    @contextmanager
    def _swapped(self) -> Iterator[Path]:
        """Offer an empty folder, and put it in the issue's place when the block ends without an error."""
        fresh, old = self.out / f".{self.date}.new", self.out / f".{self.date}.old"
        try:
            fresh.mkdir()
        except OSError as error:
            raise UsageError([unusable(self.out, error)]) from error
        try:
            yield fresh
            if self.place.exists():
                self.place.rename(old)
            fresh.rename(self.place)
        except OSError as error:
            _dropped(fresh)
            if old.exists() and not self.place.exists():
                old.rename(self.place)
            raise UsageError([unusable(self.out, error)]) from error
        except BaseException:
            _dropped(fresh)
            raise
        _dropped(old)

    def _mend(self) -> None:
        """Put back what a killed build had moved away, and remove what it had begun."""
        fresh, old = self.out / f".{self.date}.new", self.out / f".{self.date}.old"
        if old.is_dir() and not old.is_symlink() and not self.place.exists():
            old.rename(self.place)
        removed(old)
        removed(fresh)

    def _carry_over(self, fresh: Path, left_out: Collection[str]) -> None:
        left_out = {*left_out, *_no_content(self.place)}
        for entry in sorted(self.place.iterdir()):
            if entry.name in left_out:
                continue
            if entry.is_dir():
                _copied(entry, fresh / entry.name)
            else:
                shutil.copy2(entry, fresh / entry.name)


def _copied(folder: Path, place: Path) -> None:
    with not_deep(folder):
        shutil.copytree(folder, place, ignore=_no_content)


def _dropped(folder: Path) -> None:
    """Remove a folder as far as the disk lets it go; the next run tells what is left."""
    with suppress(OSError):
        removed(folder)


def _no_content(folder: str | Path, _names: object = ()) -> set[str]:
    """Name what is neither file nor folder: links are not followed, pipes not waited for, and none of them is ours."""
    with os.scandir(folder) as found:
        return {
            one.name for one in found if not (one.is_file(follow_symlinks=False) or one.is_dir(follow_symlinks=False))
        }


def _at_work(place: Path, holder: Holder) -> Say:
    return Say(
        f"process {holder.process} has been at work on {place} since {holder.since}: waiting until it has ended",
        f"进程 {holder.process} 自 {holder.since} 起正在写 {place}：等它结束后继续",
    )


def _other_paper(place: Path, owner: str | None, paper: str) -> Diagnostic:
    return Diagnostic(
        "usage.other-paper",
        Say(f"{place} is an issue of “{owner}”, not of “{paper}”", f"{place} 是《{owner}》的一期，不是《{paper}》的"),
        hint=Say(
            "choose another folder with -o; if the paper has a new name, move the issue away",
            "请用 -o 换一个文件夹；如果是本报改了名，请先移走这一期",
        ),
    )


def _taken(place: Path) -> Diagnostic:
    return Diagnostic(
        "usage.output-folder",
        Say(f"{place} is there, and is a link or no folder", f"{place} 已存在，但只是链接，或不是文件夹"),
        hint=Say("move it away, or choose another folder with -o", "请把它移走，或用 -o 换一个文件夹"),
    )


def unusable(out: Path, error: OSError) -> Diagnostic:
    """Return what is told of an output folder that the disk refuses."""
    reason = error.strerror or str(error)
    return Diagnostic(
        "usage.output-folder",
        Say(f"nothing can be written to {out}: {reason}", f"无法写入 {out}：{reason}"),
        hint=Say("make room, or choose another folder with -o", "请腾出空间，或用 -o 换一个文件夹"),
    )
