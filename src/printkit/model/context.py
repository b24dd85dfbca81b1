"""What is known of a page before any story stands on it: all that rendering knows beside stories and geometry."""

import datetime
from dataclasses import dataclass, field

from printkit.diagnostics import SourceRef
from printkit.model.edition import is_spread, numbers_of, page_label, page_stem, page_words
from printkit.model.paper import Paper, Section


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A story of another page in the index (导读): `target` is what links call it, `page` the page in words (``第3版``)."""

    target: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page of an issue. `number` is as printed (``1``, ``A01``, ``4-5``); `duty` keeps the order written.

    The `paper` of a spread (跨版) has pages of its double width.

    It is made once, when the edition's stories are assigned, and is a value: it can be sent to another process, and two
    of them are equal when the pages would come out the same round equal stories.
    """

    paper: Paper
    number: str
    name: str
    layout: str
    date: datetime.date
    where: SourceRef = field(compare=False)
    """The value of `layout` in the edition file, else the page's entry: where faults of the layout are told."""
    duty: tuple[tuple[str, str], ...] = ()
    issue: str = ""
    date_words: str = ""
    weekday: str = ""
    lunar: str = ""
    """The lunar date; empty outside the years that its tables cover."""
    pages: tuple[tuple[str, str], ...] = ()
    """Number and name of every page of the issue, in order."""
    index: tuple[IndexEntry, ...] = ()
    """The stories of the other pages that are to be listed."""
    is_first: bool = True
    is_last: bool = True
    is_right_hand: bool = True
    is_red: bool = False
    """Whether it is the front page of an issue whose name and lead headline are red (套红)."""

    @property
    def is_spread(self) -> bool:
        """Whether it is two facing pages as one sheet."""
        return is_spread(self.number)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that it is printed under."""
        return numbers_of(self.number)

    @property
    def section(self) -> Section | None:
        """The section (版块) that pages of its name are of."""
        return next((section for section in self.paper.sections if section.name == self.name), None)

    @property
    def label(self) -> str:
        """What the page is called in bookmarks and lists: ``01版：要闻``."""
        return page_label(self.number, self.name)

    @property
    def stem(self) -> str:
        """Its number so that names with it sort: ``01``."""
        return page_stem(self.number)

    @property
    def words(self) -> str:
        """The page as lines name it that send the reader there: ``第01版 要闻``."""
        number = page_words(self.stem)
        return f"{number} {self.name}" if self.name else number
