"""What WeasyPrint may read for a page: files of the paper and printkit's own, of a size that a page has. `engine` hands it over.

In: an address. Out: the file's content, or why it is not read.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef, file_name
from printkit.gate import read_file
from printkit.pictures.sizes import BadPictureError
from printkit.pictures.svg import check_svg_bounds, drawable_svg
from printkit.render.stylesheets import check_sheet

_MOST_SHEETS = 100
"""Style sheets that a page brings in, each as often as it is: sheets that import one another never end."""


def path_of(url: str) -> Path:
    """Return the file of a ``file:`` address, its links resolved."""
    return Path(os.path.realpath(unquote(urlsplit(url).path)))


class RefusedError(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A file is not read, and the page not laid out: WeasyPrint would go on without a style sheet."""

    def __init__(self, fault: InputError) -> None:
        """Keep what is told of it."""
        self.fault = fault
        super().__init__(str(fault))


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads files below the given folders, and nothing else: no network, no way out through a link."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Resolve the folders once."""
        super().__init__(allowed_protocols={"file", "data"})
        self.roots = tuple(root.resolve() for root in roots)
        self.read: set[Path] = set()
        """Every file that was read."""
        self._sheets = 0

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Read a ``file:`` address below the folders, or a ``data:`` address."""
        if urlsplit(url).scheme != "file":
            return super().fetch(url, headers)
        path = path_of(url)
        self.read.add(path)
        kind = {"css": "text/css", "svg": "image/svg+xml"}.get(path.suffix.lstrip(".").lower())
        data = read_file(path, self.roots)
        if kind == "text/css":
            self._check_sheet(path)
        if kind == "image/svg+xml":
            try:
                check_svg_bounds(data)
            except BadPictureError as error:
                raise ValueError(f"{path.name}: {error.message.en}") from None
        content = drawable_svg(data) if kind == "image/svg+xml" else data
        return URLFetcherResponse(url, content, {"Content-Type": kind} if kind else {})

    def _check_sheet(self, path: Path) -> None:
        self._sheets += 1
        where = SourceRef(file_name(path, *self.roots))
        try:
            check_sheet(path, where)
            if self._sheets > _MOST_SHEETS:
                _tell_too_many(where)
        except InputError as fault:
            raise RefusedError(fault) from None


def _tell_too_many(where: SourceRef) -> NoReturn:
    message = Say(f"a page has more than {_MOST_SHEETS} style sheets", f"一个版引入了 {_MOST_SHEETS} 个以上的样式表")
    hint = Say("see that none imports itself, by way of others either", "请检查样式表是否（经由别的样式表）引入了自己")
    raise InputError([Diagnostic("style.too-deep", message, hint=hint, where=where)])
