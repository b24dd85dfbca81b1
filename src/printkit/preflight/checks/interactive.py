"""Nothing that acts: annotations and forms in a press file, scripts in any."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Dictionary

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, each_page, error, rule
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import read_box
from printkit.preflight.settings import Profile, Settings

_OF_THE_PRESS = ("/TrapNet", "/PrinterMark")
_FORBIDDEN = ("/JavaScript", "/Launch", "/Sound", "/Movie")


@rule(
    "interactive",
    number=2,
    title=Say("no annotations, forms, scripts", "无注释、表单、脚本"),
    rationale=Say(
        "A plate cannot be clicked; some RIPs print a link's frame.", "印版点不了链接，有的 RIP 会把链接框印出来。"
    ),
    source="ISO 15930-7; ISO 19005-2, 6.5",
    profiles=EVERY,
)
def check(document: Document, settings: Settings) -> Iterable[Finding]:
    """Look at the catalog, then at every page's annotations."""
    root = document.pdf.Root
    yield from _scripts(root)
    if settings.profile is Profile.NEWSPAPER:
        if "/AcroForm" in root and len(root.AcroForm.get("/Fields", ())):
            yield error("the file has form fields", "文件里有表单域")
        yield from _annotations(document, settings)


def _scripts(root: Any) -> Iterator[Finding]:
    action = root.get("/OpenAction")
    acts = isinstance(action, Dictionary) and str(action.get("/S")) in _FORBIDDEN
    if acts or "/AA" in root or "/JavaScript" in root.get("/Names", Dictionary()):
        yield error("the file runs a script or an action when it is opened", "文件打开时会运行脚本或动作")


@each_page
def _annotations(page: Page, _: Settings) -> Iterator[Finding]:
    for annotation in page.obj.get("/Annots", ()):
        kind = str(annotation.get("/Subtype", "/?"))
        where = read_box(annotation.get("/Rect"))
        inside = where is None or where.cut(page.bleed or page.sheet) is not None
        if kind not in _OF_THE_PRESS and inside:
            yield error(f"the page has an annotation ({kind[1:]})", f"页面上有注释或链接（{kind[1:]}）", where)
