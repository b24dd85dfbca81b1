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

_STYLES = ("site.css",)
_SCRIPTS = ("site.js",)
_ICONS = ("site.svg",)
"""What is put together to the one style, the one script and the one icon that every page loads."""

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
        """The style, the script and the icon under their paths from the site's folder.

        Raises:
            InputError: one of the paper's own is a link out of its folder.
        """
        made = {}
        for kind, parts in (("css", _STYLES), ("js", _SCRIPTS), ("svg", _ICONS)):
            content = b"".join(self._read(part) for part in parts)
            made[names.asset("site", kind, content)] = content
        return made

    def render(self, template: str, root: str, **values: Any) -> bytes:
        """Render ``layouts/site/TEMPLATE``.

        Args:
            template: the file's name.
            root: the way from the page to the site's folder: empty, or ``../../../``.
            values: what the template shows beside what every page is given.

        Raises:
            InputError: a template of the paper's own cannot be used.
        """
        called = {path.rpartition(".")[2]: path for path in self.assets}
        given = {
            "paper": self.paper.name,
            "language": self.paper.language,
            "foot": self.paper.site_foot,
            "root": root,
            "assets": called,
        }
        try:
            text = render(layout_roots(self.paper), f"site/{template}", given | values, self.note)
        except InputError as error:
            raise InputError([replace(d, code="site.template", hint=_HINT) for d in error.diagnostics]) from None
        return text.encode()

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
