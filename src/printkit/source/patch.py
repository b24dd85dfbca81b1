"""Places and pages written into an edition file: each as a key of its story's entry, everything else of the file untouched.

In: the text of the file, and what is written by the line and column at which an entry begins. Out: the text with it. Nothing
is read as YAML and written anew: comments, order, quotes and line ends stay as the editor has them.
"""

from collections.abc import Mapping

from printkit.model.edition import Place

Spot = tuple[int, int]
"""Line and column of the first key of an entry, or of its brace, both from 1."""


def with_places(text: str, places: Mapping[Spot, Place], pages: Mapping[Spot, str] | None = None) -> str:
    """Return a file's text with the places (`at`) of some stories written in, and the pages (`page`) of some."""
    keys = {spot: [f"page: {number}"] for spot, number in (pages or {}).items()}
    for spot, at in places.items():
        place = f"at: {{column: {at.column}, row: {at.row}, columns: {at.columns}, rows: {at.rows}}}"
        keys[spot] = [*keys.get(spot, []), place]
    lines = text.splitlines(keepends=True)
    # From the end, so that what is still to be written stands where it stood.
    for (line, column), written in sorted(keys.items(), reverse=True):
        old = lines[line - 1]
        before, after = old[: column - 1], old[column - 1 :]
        if after.startswith("{"):
            lines[line - 1] = f"{before}{{{', '.join(written)}, {after[1:].lstrip(' ')}"
        else:
            end = next((end for end in ("\r\n", "\r", "\n") if old.endswith(end)), "\n")
            lines[line - 1] = before + "".join(f"{key}{end}{' ' * (column - 1)}" for key in written) + after
    return "".join(lines)
