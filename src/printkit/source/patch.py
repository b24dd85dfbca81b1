"""Places written into an edition file: each as `at` of its story's entry, everything else of the file untouched.

In: the text of the file, and places by the line and column at which an entry begins. Out: the text with them. Nothing is
read as YAML and written anew: comments, order, quotes and line ends stay as the editor has them.
"""

from collections.abc import Mapping

from printkit.model.edition import Place


def with_places(text: str, places: Mapping[tuple[int, int], Place]) -> str:
    """Return a file's text with some places written in.

    Args:
        text: of the file.
        places: by line and column of the first key of an entry, or of its brace, both from 1.
    """
    lines = text.splitlines(keepends=True)
    for (line, column), place in sorted(places.items(), key=lambda item: item[0], reverse=True):
        old = lines[line - 1]
        before, after = old[: column - 1], old[column - 1 :]
        written = f"at: {{column: {place.column}, row: {place.row}, columns: {place.columns}, rows: {place.rows}}}"
        if after.startswith("{"):
            lines[line - 1] = f"{before}{{{written}, {after[1:].lstrip(' ')}"
        else:
            end = next((end for end in ("\r\n", "\r", "\n") if old.endswith(end)), "\n")
            lines[line - 1] = f"{before}{written}{end}{' ' * (column - 1)}{after}"
    return "".join(lines)
