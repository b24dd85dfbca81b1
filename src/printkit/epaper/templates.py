"""The look of the site: its templates, and its style and script as files named after their content.

A paper's own ``layouts/site/`` and ``styles/`` come before printkit's, file by file. What its templates are given is plain
data, as `render.templates` makes it; what is a date or a path here is text there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from printkit.diagnostics import Diagnostic, InputError, Say, shown_path
from printkit.epaper import names
from printkit.gate import read_file
from printkit.model.paper import Paper
from printkit.render.templates import STYLES, Note, ignore, layout_roots, render

_LINKED = {
    "css": "site.css",
    "js": "site.js",
    "svg": "site.svg",
    "early": "early.js",
    "story": "story.js",
    "viewer": "viewer.js",
    "kit": "kit.js",
    "kit_css": "kit.css",
    "marks": "marks.js",
    "viewer_css": "viewer.css",
}
"""What templates call a file of ``styles/`` that pages load; its address has the hash of its content."""
_ICONS = {names.FAVICON: "site.ico", names.TOUCH_ICON: "site.png"}
"""What browsers ask for under these names, whatever a page says."""

_HINT = Say(
    "compare it with printkit's own in layouts/site, or remove it from the paper's layouts/site",
    "请与 printkit 自带的 layouts/site 对照，或从报纸的 layouts/site 里删去",
)


@dataclass(frozen=True)
class SiteTemplates:
    """Renders the pages of a paper's site; every page is given the paper's name, its language and the assets."""

    paper: Paper
    note: Note = ignore
    """Is given the files that were read or looked for."""

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """The styles, the scripts and the icons under their paths from the site's folder.

        Raises:
            InputError: one of the paper's own is a link out of its folder.
        """
        linked = {self._linked[name]: self._contents[name] for name in _LINKED}
        return linked | {path: self._read(file) for path, file in _ICONS.items()}

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        return {name: self._read(file) for name, file in _LINKED.items()}

    @cached_property
    def _linked(self) -> Mapping[str, str]:
        parts = {name: file.partition(".") for name, file in _LINKED.items()}
        return {name: names.asset(stem, kind, self._contents[name]) for name, (stem, _, kind) in parts.items()}

    def render(self, template: str, root: str, **values: Any) -> bytes:
        """Render ``layouts/site/TEMPLATE``.

        Args:
            template: the file's name.
            root: the way from the page to the site's folder: empty, or ``../../../``.
            values: what the template shows beside what every page is given.

        Raises:
            InputError: a template of the paper's own cannot be used.
        """
        given = {
            "paper": self.paper.name,
            "language": self.paper.language,
            "foot": self.paper.site_foot,
            "root": root,
            "worker": names.WORKER if self.paper.site_choices.offline else "",
            "feeds": bool(self.paper.site_address),
            "assets": self._linked,
        }
        try:
            text = render(layout_roots(self.paper), f"site/{template}", given | values, self.note)
        except InputError as error:
            raise InputError([replace(d, code="site.template", hint=_HINT) for d in error.diagnostics]) from None
        return text.encode()

    @cached_property
    def worker(self) -> bytes:
        """The script that keeps the last issues in the browser; what it keeps is written before it."""
        return self._read("offline.js")

    @cached_property
    def wechat_sheet(self) -> str:
        """The rules that are written into the copy for a public account."""
        return self._read("wechat.css").decode()

    def epub_sheet(self, *, large: bool) -> bytes:
        """Return the style of the EPUB, or of the one in large type."""
        return b"".join(self._read(name) for name in ("epub.css", *(["epub-large.css"] if large else [])))

    def _read(self, name: str) -> bytes:
        own = self.paper.folder / "styles" / name
        self.note((own, STYLES / name))
        if not own.is_file():
            return (STYLES / name).read_bytes()
        if not own.resolve().is_relative_to(self.paper.folder.resolve()):
            raise InputError([_outside(own)])  # it would be there for all to read
        return read_file(own)


def _outside(own: Path) -> Diagnostic:
    return Diagnostic(
        "site.wrong-path",
        Say(f"{shown_path(own)} is a link out of the paper's folder", f"{shown_path(own)} 是指向本报文件夹之外的链接"),
        hint=Say("put the file itself in its place", "请把文件本身放在这里"),
    )
