"""Copy as paragraphs of marked runs: what `source` reads and `compose` sets."""

from dataclasses import dataclass
from enum import StrEnum

from printkit.diagnostics import SourceRef


class Kind(StrEnum):
    """What a paragraph of the body is."""

    BODY = "body"
    SUBHEAD = "subhead"
    QUOTATION = "quotation"
    LIST_ITEM = "list-item"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner.

    `strong` is set in 黑体, `emphasis` gets 着重号, `link` is an address, `kai` is set in 楷体,
    `superior` is a raised note mark, `small` is one step smaller, `ruby` is pinyin over the run,
    `proper_name` gets 专名号 and `work_title` 书名号甲.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str | None = None
    kai: bool = False
    superior: bool = False
    small: bool = False
    ruby: str | None = None
    proper_name: bool = False
    work_title: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the copy; `where` is its first line in the file."""

    runs: tuple[Run, ...]
    kind: Kind = Kind.BODY
    where: SourceRef | None = None

    @property
    def text(self) -> str:
        """The copy of the paragraph without its marks."""
        return "".join(run.text for run in self.runs)


def plain(text: str, where: SourceRef | None = None) -> Paragraph:
    """Make a paragraph of one unmarked run."""
    return Paragraph((Run(text),), where=where)
