"""The files of an issue's folder as they are written, and the list of them in manifest.json.

In: files as bytes. Out: files on the disk, and for each its size and SHA-256.
"""

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from printkit.gate import not_deep, read_file, real, see_way


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: its name in the issue's folder, its bytes, how many pages it has."""

    name: str
    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written; its path begins in the output folder."""

    path: Path
    pages: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What lists tell of a file, so that a copy can be checked: its name, its size, its hash."""

    path: str
    bytes: int
    sha256: str


def recorded(path: str, data: bytes) -> Recorded:
    """Return what is recorded of a file."""
    return Recorded(path, len(data), hashlib.sha256(data).hexdigest())


def written(file: File, folder: Path, date: str) -> Output:
    """Write a file into the issue's folder; its path is told from the output folder, so that reports are alike."""
    (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
    (folder / file.name).write_bytes(file.data)
    return Output(Path(date) / file.name, file.pages, len(file.data), hashlib.sha256(file.data).hexdigest())


def put_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, and put it there by a rename: nobody sees a half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    see_way(beside.parent)
    try:
        put_anew(beside, data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def put_anew(path: Path, data: bytes) -> None:
    """Write a file anew, never into what a link of its name leads to."""
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(data)


def removed(left: Path) -> None:
    """Remove what a run has left; whatever a link leads to stays."""
    if left.is_dir() and not left.is_symlink():
        with not_deep(left):
            shutil.rmtree(left)
    else:
        left.unlink(missing_ok=True)


def json_bytes(value: object) -> bytes:
    """Return an object as a file holds it that people can read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write_json(path: Path, value: object) -> None:
    """Write an object as people can read it."""
    path.write_bytes(json_bytes(value))


def manifest_of(folder: Path, paper: str) -> dict[str, object]:
    """Return the object of manifest.json: whose issue it is, and every file of its folder with size and SHA-256."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {
        "paper": paper,
        "files": [asdict(recorded(p.relative_to(folder).as_posix(), p.read_bytes())) for p in files],
    }


def owner_of(folder: Path) -> str | None:
    """Return the paper whose issue a folder holds, by its manifest or, in older folders, its report; None if neither tells."""
    try:
        manifest = folder / "manifest.json"
        inside = [real(folder)]
        if manifest.exists() and (paper := json.loads(read_file(manifest, inside)).get("paper")):
            return str(paper)
        return str(json.loads(read_file(folder / "report.json", inside))["edition"]["paper"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
