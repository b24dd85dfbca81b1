"""Several files put into a folder that holds others, too: all of them or none.

They are written into a folder of their own, which gets another name once it is whole; from then on every step is a rename that can be
done again. A run killed before leaves nothing, and what a run killed after has left to do the next one does.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from printkit.diagnostics import Say
from printkit.output.lock import Holder, alone
from printkit.output.manifest import removed


@dataclass(frozen=True, slots=True)
class Batch:
    """The files that go into a folder; `name` is the command's, by which what it leaves is known."""

    folder: Path
    name: str

    @property
    def _fresh(self) -> Path:
        return self.folder / f".printkit-{self.name}.new"

    @property
    def _ready(self) -> Path:
        return self.folder / f".printkit-{self.name}.ready"

    @contextmanager
    def held(self, waiting: Callable[[Say], None]) -> Iterator[tuple[Path, ...]]:
        """Keep the folder to one run; give the files of a killed one that are put in now.

        Raises:
            OSError: the disk refuses.
        """
        lock = self.folder / f".printkit-{self.name}.lock"
        with alone(lock, lambda holder: waiting(_at_work(self.folder, holder))):
            removed(self._fresh)
            is_left = self._ready.is_dir() and not self._ready.is_symlink()
            yield self._put_in(after_all=True) if is_left else ()

    @contextmanager
    def written(self) -> Iterator[Path]:
        """Offer a folder to write into; put its files in when the block ends without an error."""
        self._fresh.mkdir()
        try:
            yield self._fresh
            removed(self._ready)
            self._fresh.rename(self._ready)
        except BaseException:
            removed(self._fresh)
            raise
        self._put_in()

    def _put_in(self, *, after_all: bool = False) -> tuple[Path, ...]:
        """Put the files that are ready into their places and return those; what somebody has written since stays."""
        done = []
        for file in sorted(self._ready.iterdir()):
            place = self.folder / file.name
            is_newer = after_all and place.exists() and place.stat().st_mtime_ns > file.stat().st_mtime_ns
            if file.is_file() and not file.is_symlink() and not is_newer:
                done.append(file.replace(place))
        removed(self._ready)
        return tuple(done)


def _at_work(folder: Path, holder: Holder) -> Say:
    return Say(
        f"process {holder.process} has been at work in {folder} since {holder.since}: waiting until it has ended",
        f"进程 {holder.process} 自 {holder.since} 起正在写 {folder}：等它结束后继续",
    )
