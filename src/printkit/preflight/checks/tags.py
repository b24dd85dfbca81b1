"""The file is tagged, has a language and a title, and its pictures have words."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Dictionary

from printkit.diagnostics import Say
from printkit.preflight.check import SCREEN, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Settings
from printkit.preflight.structure import elements

_OWN = "pk:"
"""What printkit's pages carry as alt until the tag pass; a reader would speak it."""


@rule(
    "tags",
    title=Say("tags, language, title, alt", "标签、语言、标题、替代文字"),
    rationale=Say(
        "A screen reader reads what the tags say, and nothing else.", "读屏软件只读标签里的内容，没有标签就读不成。"
    ),
    source="ISO 14289-1, 7.1 to 7.3",
    profiles=SCREEN,
)
def check(document: Document, _: Settings) -> Iterable[Finding]:
    """Look at the catalog and at every figure."""
    root = document.pdf.Root
    if "/StructTreeRoot" not in root or not bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)):
        yield error("the file is not tagged", "文件没有标签（结构）")
    if not str(root.get("/Lang", "")):
        yield error("the file names no language", "文件没有标明语言")
    if not bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)):
        yield error("the title is not shown in the window (DisplayDocTitle)", "窗口不显示文件标题（DisplayDocTitle）")
    if not str(document.metadata.get("dc:title", "")):
        yield error("the XMP has no title", "XMP 没有标题")
    pages = {page.obj.objgen: page.number for page in document.pages}
    for element in elements(root.get("/StructTreeRoot")):
        yield from _figure(element, pages)


def _figure(element: Any, pages: dict[Any, int]) -> Iterator[Finding]:
    alt = str(element.get("/Alt", ""))
    page = pages.get(element.Pg.objgen) if "/Pg" in element else None
    if str(element.get("/S")) == "/Figure" and not alt.strip() and "/ActualText" not in element:
        yield error("a picture without alternative text", "有图片没有替代文字", page=page)
    if alt.startswith(_OWN):
        yield error(f"an alternative text that is no text: {alt}", f"替代文字不是文字：{alt}", page=page)
