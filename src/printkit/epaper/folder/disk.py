"""The site's folder on the disk: whose it is, who may write into it, and how a killed run is mended.

All that is new is first written below ``.adding/``. When it is whole, ``.adding/ready.json`` says so, and from then on
every step is a rename that can be done again: a run killed before leaves the site as it was, a run killed after is
carried through at the next start. Nothing is deleted but what printkit itself put there.
"""

import errno
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.epaper import names
from printkit.gate import not_deep, read_file, real, see_way
from printkit.output.lock import Holder, alone
from printkit.output.manifest import json_bytes, put_anew, removed

FORMAT = 1
_STAGING = ".adding"
READY = f"{_STAGING}/ready.json"
"""Says that all of an issue that is being added is written."""
_FOLDER = re.compile(r"\d{4}/\d\d/\d\d")
"""An issue's folder (`names.issue_folder`): what is staged goes nowhere else, whatever a note says."""
_NEW_MARKER = ".site.json.new"
_LOCK = ".site.lock"

_LAST_OF_A_FOLDER = (names.FRONT, names.ISSUE_FACTS, names.MANIFEST)


@dataclass(frozen=True, slots=True)
class Marker:
    """What site.json tells: whose site the folder is, and where it stands."""

    paper: str
    address: str


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A site's folder that this run alone writes into."""

    out: Path
    before: Marker
    """What site.json told before this run."""

    @property
    def _staging(self) -> Path:
        return self.out / _STAGING

    def read(self, name: str) -> str:
        """Return a file as text; empty where there is none."""
        try:
            return self.content(name).decode("utf-8")
        except FileNotFoundError:
            return ""

    def content(self, name: str) -> bytes:
        """Return what a file holds."""
        return read_file(self.out / name, [real(self.out)])

    def write(self, name: str, data: bytes) -> None:
        """Put a file in place by a rename, unless it is there already."""
        place = self._place(name)
        if _holds(place, data):
            return
        self._staging.mkdir(exist_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._staging / "file"
        put_anew(fresh, data)
        _to_disk(fresh)
        fresh.replace(place)

    def remove(self, name: str) -> None:
        """Take a file of printkit's away, if it is there."""
        self._place(name).unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        """Return where a file stands; no link leads there from outside, nor out from there."""
        see_way((self.out / name).parent, self.out)
        return self.out / name

    def stage(self, folder: str, files: Mapping[str, bytes], shared: Mapping[str, bytes], note: object) -> None:
        """Write an issue and what it shares beside their places; `note` is given back by `staged`.

        All of it is on the disk before it is called whole. What was written goes again where that fails: on a full
        disk it would leave no room for anything else.
        """
        removed(self._staging)
        try:
            for base, group in (("issue", files), ("shared", shared)):
                for name, data in group.items():
                    if not _holds(self.out / (folder if base == "issue" else "") / name, data):
                        path = self._staging / base / name
                        path.parent.mkdir(parents=True, exist_ok=True)
                        path.write_bytes(data)
            self._staging.mkdir(exist_ok=True)
            note_file = self._staging / "note"
            note_file.write_text(json.dumps({"folder": folder, "note": note}), encoding="utf-8")
            if hasattr(os, "sync"):
                os.sync()  # once: to wait for each of some hundred files takes five times as long
            note_file.replace(self.out / READY)
            _to_disk(self._staging)
        except BaseException:
            self.done()
            raise

    def staged(self) -> Any:
        """Return the note of what is staged and whole; None, and no staging, where nothing is.

        A note that cannot be read is none: nothing was put in place by it, so the site is as it was.
        """
        try:
            told = json.loads(self.content(READY))
        except (FileNotFoundError, ValueError, RecursionError):
            told = None
        if isinstance(told, dict) and _FOLDER.fullmatch(str(told.get("folder"))) and told.get("note"):
            return told["note"]
        self.done()
        return None

    def settle(self) -> None:
        """Put in place what is staged; done again after a kill, it goes on where it was.

        What pages link to comes first. A new issue is one rename; the files of one that is there are replaced one by
        one, pictures and PDFs before views, so that at no moment an address of it is missing.
        """
        folder = json.loads(self.content(READY))["folder"]
        self._move(self._staging / "shared", "")
        fresh, place = self._staging / "issue", self._place(folder)
        if not fresh.exists():
            return
        if place.exists():
            self._move(fresh, f"{folder}/")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh.rename(place)

    def done(self) -> None:
        """Forget the staging: the site is whole."""
        (self.out / READY).unlink(missing_ok=True)
        removed(self._staging)

    def _move(self, source: Path, folder: str) -> None:
        see_way(source, self.out)
        with not_deep(source):
            files = [path for path in source.rglob("*") if path.is_file() and not path.is_symlink()]
        for path in sorted(files, key=lambda path: _turn(path.relative_to(source).as_posix())):
            place = self._place(f"{folder}{path.relative_to(source).as_posix()}")
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)


def _turn(name: str) -> tuple[int, str]:
    """Return when a file of an issue is put in place: what others link to first, its facts and manifest last."""
    if name in _LAST_OF_A_FOLDER:
        return 3 + _LAST_OF_A_FOLDER.index(name), name
    if name.endswith(".html"):
        return (1 if "/" in name else 2), name
    return 0, name


def _to_disk(path: Path) -> None:
    """Wait until a file or a folder is on the disk: where power fails, a rename may be there before what it renames."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # a system that opens no folder
        return
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network disks cannot do so with folders, some systems not with what is open to be read.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and read_file(path) == data
    except (FileNotFoundError, NotADirectoryError):
        return False


# --- whose folder it is -----------------------------------------------------------------------------


def is_site(out: Path, paper: str) -> bool:
    """Tell whether a folder is the paper's site; False where a site can be begun.

    Raises:
        UsageError: it is something else, another paper's, or of a later printkit.
    """
    try:
        see_way(out)
        marker = _read_marker(out)
        if marker is None:
            if out.exists() and any(entry.name not in (_NEW_MARKER, _LOCK) for entry in out.iterdir()):
                raise UsageError([_foreign(out)])
            return False
    except OSError as error:
        raise UsageError([unusable(out, error)]) from error
    if marker.paper != paper:
        raise UsageError([_other_paper(out, marker.paper, paper)])
    return True


def check_place(out: Path, paper: str) -> None:
    """See that a paper's site stands or can be begun in a folder, which is not made: now, not when all is ready to be written.

    Raises:
        UsageError: it is something else, or nothing can be written there.
    """
    is_site(out, paper)
    there = next((folder for folder in (out, *out.absolute().parents) if folder.exists()), out)
    try:
        tempfile.TemporaryFile(dir=there).close()  # what rights and mounts come to, only the system knows
    except OSError as error:
        raise UsageError([unusable(out, error)]) from error


@contextmanager
def opened(out: Path, marker: Marker) -> Iterator[SiteFolder]:
    """Offer the site's folder to one run alone; made where there is none.

    Raises:
        UsageError: it is not this paper's site, another run writes into it, or the disk refuses.
    """
    is_site(out, marker.paper)

    def refuse(holder: Holder) -> None:
        raise UsageError([_busy(out, holder)])

    try:
        with alone(out / _LOCK, refuse):
            is_site(out, marker.paper)  # the run before us may have begun another paper's
            before = _read_marker(out)
            if before is None:
                fresh = out / _NEW_MARKER
                put_anew(fresh, write_marker(marker))
                fresh.replace(out / names.MARKER)
            folder = SiteFolder(out, before or marker)
            if not (out / _STAGING).is_dir() or (out / _STAGING).is_symlink():  # of no run of ours
                removed(out / _STAGING)
            yield folder
    except OSError as error:
        raise UsageError([unusable(out, error)]) from error


def write_marker(marker: Marker) -> bytes:
    """Return site.json as its file holds it."""
    return json_bytes({"format": FORMAT, "paper": marker.paper, "address": marker.address})


def _read_marker(out: Path) -> Marker | None:
    try:
        told = json.loads(read_file(out / names.MARKER, [real(out)]))
        known = isinstance(told, dict) and told.get("format") == FORMAT
        marker = Marker(str(told["paper"]), str(told["address"])) if known else None
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, RecursionError) as error:
        raise UsageError([_foreign(out)]) from error
    if marker is None:
        raise UsageError([_foreign(out)])
    return marker


def unusable(out: Path, error: OSError) -> Diagnostic:
    """Tell that the disk refuses."""
    reason = error.strerror or str(error)
    return Diagnostic(
        "usage.output-folder",
        Say(f"nothing can be written to {out}: {reason}", f"无法写入 {out}：{reason}"),
        hint=Say(
            "the site is as it was, or is mended at the next run; make room or choose another folder with -o",
            "网站保持原样，或于下次运行时补全；请腾出空间，或用 -o 换一个文件夹",
        ),
    )


def _foreign(out: Path) -> Diagnostic:
    return Diagnostic(
        "site.foreign-folder",
        Say(
            f"{out} holds something, and no {names.MARKER} that this printkit reads: it is left as it is",
            f"{out} 中已有内容，且没有本版 printkit 能读的 {names.MARKER}：未作任何改动",
        ),
        hint=Say("choose an empty folder, or the site's own, with -o", "请用 -o 指定空文件夹或本报网站的文件夹"),
    )


def _other_paper(out: Path, theirs: str, ours: str) -> Diagnostic:
    return Diagnostic(
        "site.other-paper",
        Say(f"{out} is the site of “{theirs}”, not of “{ours}”", f"{out} 是《{theirs}》的网站，不是《{ours}》的"),
        hint=Say("every paper has a folder of its own: choose it with -o", "每份报纸各用一个文件夹：请用 -o 指定"),
    )


def _busy(out: Path, holder: Holder) -> Diagnostic:
    return Diagnostic(
        "site.busy",
        Say(
            f"another run (process {holder.process}, since {holder.since}) is writing into {out}",
            f"另一个 printkit（进程 {holder.process}，自 {holder.since}）正在写入 {out}",
        ),
        hint=Say("wait until it has ended, then run again", "请等它结束后再运行"),
    )
