"""What lists tell of a file, so that an office can check its copy: name, size and hash."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file: its name, its size, its hash."""

    path: str
    bytes: int
    sha256: str


def recorded(path: str, data: bytes) -> Recorded:
    """Return what is recorded of a file."""
    return Recorded(path, len(data), hashlib.sha256(data).hexdigest())
