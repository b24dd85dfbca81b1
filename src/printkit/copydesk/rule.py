"""What a rule of the copy desk is and what it says.

A rule is one file, as in `preflight`: the `Rule` in it says all about it. What looks at a piece gets its text and yields spans in
it (`each_match` does for one pattern); what looks across gets the whole `Copy`.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property

from printkit.copy import marks
from printkit.copy.marks import ADDRESS
from printkit.copydesk.pieces import Part, Piece
from printkit.diagnostics import Say, Severity
from printkit.model.desk import DeskLists

HAN = f"[{marks.HAN}]"
"""A Han character in a pattern."""
NUMERAL = "[〇零一二三四五六七八九十百千万两]"


class Certainty(StrEnum):
    """How far a rule can be trusted, which says where it runs."""

    SURE = "sure"
    """In `check` and `build`, too."""
    LIKELY = "likely"
    """In `lint`."""
    HINT = "hint"
    """In `lint --all`."""


class Mend(StrEnum):
    """Whether what a rule finds can be mended without being read."""

    SAFE = "safe"
    ASK = "ask"
    NONE = "none"


class Kind(StrEnum):
    """What an error of a rule counts as in the grade (`weights.toml`)."""

    MARK = "mark"
    NUMERAL = "numeral"
    WORD = "word"
    FACT = "fact"
    NAME = "name"
    NONE = "none"
    """No error of the paper's grade: a matter of the desk."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of a text and what is to stand there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A span of a piece that is wrong, how it is mended, and words of its own where the rule's title does not do."""

    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    detail: Say | None = None
    is_safe: bool = True
    """Whether this one may be mended unread where the rule's may."""


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """A story as the desk reads it: its id, its file, the page, its pieces."""

    id: str
    pieces: tuple[Piece, ...]
    names: tuple[str, ...] = ()
    page: str = ""

    def parts(self, *wanted: Part) -> Iterator[Piece]:
        """Yield its pieces of some kinds."""
        return (piece for piece in self.pieces if piece.part in wanted)


@dataclass(frozen=True, slots=True)
class Seam:
    """Where make-up has divided a story: its last paragraph before and its first after, and the page that this stands on."""

    story: str
    before: str
    after: str
    there: str


@dataclass(frozen=True)
class Copy:
    """All that is read together: the stories of an issue, its day, and the house's lists.

    `printed` tells for a text whether an earlier issue has it, and where.
    """

    stories: tuple[StoryCopy, ...]
    date: datetime.date | None = None
    lists: DeskLists = field(default_factory=DeskLists)
    names: frozenset[str] = frozenset()
    """Names that the paper's files give."""
    printed: Callable[[Sequence[str]], str] | None = None
    seams: tuple[Seam, ...] = ()

    def texts(self, marks: str) -> Iterator[tuple[StoryCopy, Piece]]:
        """Yield every text of the stories that has one of some characters, after its story."""
        for story in self.stories:
            for piece in story.parts(*TEXT):
                if any(mark in piece.text for mark in marks):
                    yield story, piece

    @cached_property
    def name_characters(self) -> frozenset[str]:
        """The characters of all names that are known."""
        known = [*self.names, *(one.name for one in self.lists.names)]
        known += [name for story in self.stories for name in story.names]
        return frozenset("".join(known))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a piece of a story."""

    rule: "Rule"
    story: StoryCopy
    piece: Piece
    found: Found

    @property
    def text(self) -> str:
        """The text that is wrong."""
        return self.piece.text[self.found.start : self.found.end]

    @property
    def mended(self) -> str | None:
        """What should stand there, None where nobody but a reader knows."""
        if not self.found.edits:
            return None
        text, at = "", self.found.start
        for edit in self.found.edits:
            text += self.piece.text[at : edit.start] + edit.text
            at = edit.end
        return text + self.piece.text[at : self.found.end]

    @property
    def is_safe(self) -> bool:
        """Whether it can be mended unread."""
        return bool(self.found.edits) and self.found.is_safe and self.rule.mend is Mend.SAFE


PieceLook = Callable[[str], Iterable[Found]]
Look = Callable[[Copy], Iterable[tuple[StoryCopy, Piece, Found]]]

TEXT = frozenset(Part) - {Part.NAME}
PROSE = frozenset({Part.PROSE, Part.NOTICE, Part.CAPTION, Part.ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its name, the clause that it follows, why it is one, an example, how sure it is, and how it is mended.

    `parts` are the pieces that it looks at, `marks` characters of which one at least stands in a text that it may find wrong.
    It looks at the text of one piece (`look`) or at all that is read together (`across`).
    """

    id: str
    title: Say
    rationale: Say
    wrong: str
    right: str = ""
    clause: str = ""
    certainty: Certainty = Certainty.SURE
    mend: Mend = Mend.NONE
    kind: Kind = Kind.MARK
    severity: Severity = Severity.WARNING
    parts: frozenset[Part] = TEXT
    marks: str = ""
    look: PieceLook | None = None
    across: Look | None = None


Wanted = str | dict[str, str] | Callable[[re.Match[str]], str | None]
"""What should stand for a match: a template, a table, or a function; a function's None is no finding."""


def each_match(pattern: str, wanted: Wanted | None = None) -> PieceLook:
    """Look for a pattern; what is named ``x`` in it is what is wrong, else the whole match."""

    @cache
    def prepared() -> tuple[re.Pattern[str], str | int]:
        compiled = re.compile(pattern)  # where the rule runs, and not before: `check` runs a third of them
        return compiled, "x" if "x" in compiled.groupindex else 0

    def look(text: str) -> Iterator[Found]:
        compiled, group = prepared()
        for match in compiled.finditer(text):
            start, end = match.span(group)
            if wanted is None:
                yield Found(start, end)
            elif (better := _better(match, wanted, match[group])) is not None:
                yield Found(start, end, (Edit(start, end, better),))

    return look


def together(*looks: PieceLook) -> PieceLook:
    """Look for several things."""
    return lambda text: (found for look in looks for found in look(text))


def _better(match: re.Match[str], wanted: Wanted, text: str) -> str | None:
    if callable(wanted):
        return wanted(match)
    return wanted[text] if isinstance(wanted, dict) else match.expand(wanted)


def without_addresses(text: str) -> str:
    """Return a text with letters in place of addresses, whose marks are their own; nothing moves."""
    return ADDRESS.sub(lambda found: "q" * len(found[0]), text) if "." in text else text
