"""Places and pages written into an edition file: each as a key of its story's entry, everything else of the file untouched.

In: the text of the file, and what is written by the line and column at which an entry begins. Out: the text with it. Nothing
is read as YAML and written anew: comments, order, quotes and line ends stay as the editor has them.
"""

from collections.abc import Mapping

from printkit.model.edition import Place

Spot = tuple[int, int]
"""Line and column of the first key of an entry, or of its brace, both from 1."""


def with_places(text: str, places: Mapping[Spot, Place]) -> str:
    """Return a file's text with some places (`at`) written in."""
    return _with_keys(
        text,
        {
            spot: f"at: {{column: {at.column}, row: {at.row}, columns: {at.columns}, rows: {at.rows}}}"
            for spot, at in places.items()
        },
    )


def with_pages(text: str, numbers: Mapping[Spot, str]) -> str:
    """Return a file's text with the pages of some stories (`page`) written in."""
    return _with_keys(text, {spot: f"page: {number}" for spot, number in numbers.items()})


def _with_keys(text: str, keys: Mapping[Spot, str]) -> str:
    lines = text.splitlines(keepends=True)
    for (line, column), written in sorted(keys.items(), reverse=True):
        old = lines[line - 1]
        before, after = old[: column - 1], old[column - 1 :]
        if after.startswith("{"):
            lines[line - 1] = f"{before}{{{written}, {after[1:].lstrip(' ')}"
        else:
            end = next((end for end in ("\r\n", "\r", "\n") if old.endswith(end)), "\n")
            lines[line - 1] = f"{before}{written}{end}{' ' * (column - 1)}{after}"
    return "".join(lines)
