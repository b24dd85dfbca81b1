"""The look of the site: its templates, and its style and script as files named after their content.

A paper's own ``layouts/site/`` and ``styles/`` come before printkit's, file by file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from printkit.diagnostics import Diagnostic, InputError, Say
from printkit.epaper import names
from printkit.model.paper import Paper
from printkit.render.templates import LAYOUTS, STYLES, environment, template_ref

_STYLES = ("site.css",)
_SCRIPTS = ("site.js",)
_ICONS = ("site.svg",)
"""What is put together to the one style, the one script and the one icon that every page loads."""


@dataclass(frozen=True)
class SiteTemplates:
    """Renders the pages of a paper's site; every page is given the paper's name, its language and the assets."""

    paper: Paper

    @cached_property
    def assets(self) -> Mapping[str, bytes]:
        """The style, the script and the icon under their paths from the site's folder."""
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
        given = {"paper": self.paper.name, "language": self.paper.language, "root": root, "assets": called}
        try:
            text = self._environment.get_template(f"site/{template}").render(given | values)
        except jinja2.TemplateError as error:
            raise InputError([_fault(error, template, self.paper)]) from error
        return text.encode()

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        own = self.paper.folder / "layouts"
        return environment((own, LAYOUTS) if own.is_dir() else (LAYOUTS,))

    def _read(self, name: str) -> bytes:
        own = self.paper.folder / "styles" / name
        return (own if own.is_file() else STYLES / name).read_bytes()


def _fault(error: jinja2.TemplateError, template: str, paper: Paper) -> Diagnostic:
    """Tell what is wrong in a template, at its line where Jinja2 knows it."""
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    traceback = error.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            file, line = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return Diagnostic(
        "site.template",
        Say(f"the site's template {template} fails: {error}", f"网站模板 {template} 出错：{error}"),
        hint=Say(
            "compare it with printkit's own in layouts/site, or remove it from the paper's layouts/site",
            "请与 printkit 自带的 layouts/site 对照，或从报纸的 layouts/site 里删去",
        ),
        where=template_ref(file, line, paper) if file else None,
    )
