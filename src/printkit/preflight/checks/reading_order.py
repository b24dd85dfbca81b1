"""Text comes out in the order it is read in."""

from collections.abc import Iterable, Iterator

from printkit.diagnostics import Say
from printkit.preflight.check import SCREEN, Finding, NotChecked, rule, warning
from printkit.preflight.document import Document, Page
from printkit.preflight.geometry import Box, around
from printkit.preflight.marks import TextMark
from printkit.preflight.settings import Settings
from printkit.preflight.structure import reading_orders


@rule(
    "reading-order",
    title=Say("order of text", "文字顺序"),
    rationale=Say(
        "Copying and searching follow the content, reading aloud the tags; a reader should get one story from both.",
        "复制、搜索按内容顺序，朗读按标签顺序；两种顺序应是同一篇稿。",
    ),
    source="ISO 14289-1, 7.2; ISO 32000-1, 14.8.2.3",
    profiles=SCREEN,
)
def check(document: Document, _: Settings) -> Iterable[Finding] | NotChecked:
    """Compare the order of the tags with the order of the page's content, which searching and copying follow."""
    root = document.pdf.Root.get("/StructTreeRoot")
    if root is None:
        return NotChecked(
            Say("the file has no tags, so its reading order is nowhere written", "文件没有标签，无从得知阅读顺序")
        )
    orders = reading_orders(root)
    return (f for page in document.pages for run in orders.get(page.obj.objgen, ()) for f in _compared(page, run))


def _compared(page: Page, read: tuple[int, ...]) -> Iterator[Finding]:
    known = set(read)
    drawn = [mcid for mcid in page.content.order if mcid in known]
    there = set(drawn)
    wanted = [mcid for mcid in dict.fromkeys(read) if mcid in there]
    for expected, found in zip(wanted, drawn, strict=True):
        if expected != found:
            yield warning(
                "text is drawn in another order than it is read in",
                "文字的绘制顺序与阅读顺序不同",
                _place(page, expected),
                page=page.number,
            )
            return


def _place(page: Page, mcid: int) -> Box | None:
    boxes = [m.where for m in page.content.marks if isinstance(m, TextMark) and m.mcid == mcid]
    return around(boxes) if boxes else None
