"""Articles as YAML, written as a person writes it: the reverse of `article`, and proved by it.

In: an `Article`, and the language of its keys. Out: the text of its file. Copy is a ``|`` block, a paragraph a line; a mark of the
copy gets its backslash only where the reader would take it for one. What marks cannot say (half a word of two marks) loses them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from printkit.diagnostics import Diagnostic, SourceRef
from printkit.model.article import Article, Lines, Notice, Picture, Section, StoryBox
from printkit.model.text import LINED, Kind, Paragraph, Run, Table, joined
from printkit.source.article import ArticleReader
from printkit.source.article_keys import ArticleKeys, BoxKeys, BylineKeys, NoticeKeys, PictureKeys, SectionKeys
from printkit.source.document import yaml_name
from printkit.source.faults import Faults
from printkit.source.keys import Keys, zh_name
from printkit.source.markup import read_paragraphs

_MARKS = {Kind.SUBHEAD: "## ", Kind.LIST_ITEM: "- ", Kind.QUOTATION: "> ", Kind.VERSE: "~ ", Kind.SIGN: ">> ",
          Kind.FLUSH: "<< ", Kind.CENTRE: "^ "}  # fmt: skip
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`=~"
"""What a plain scalar of YAML 1.1 does not begin with."""


@dataclass(frozen=True, slots=True)
class Written:
    """An article's file: its text, the article that it says, and the paragraphs whose marks it could not say."""

    text: str
    article: Article
    marks_lost: tuple[SourceRef, ...] = ()


def written(article: Article, language: str) -> Written:
    """Write an article with keys in a language: ``zh…`` or English. Pictures stand beside the file."""
    writer = _Writer(language)
    article = writer.settled(article)
    return Written("".join(f"{line}\n" for line in writer.lines(article)), article, tuple(writer.lost))


def proved(path: Path, article: Article) -> tuple[Diagnostic, ...]:
    """Read a file that was written and make sure that it says the same copy; return what reading tells.

    Raises:
        InputError: the file has a fault, of its pictures for example.
    """
    faults = Faults(path.parent)
    found = ArticleReader(path.parent.resolve(), faults).read(path)
    faults.raise_errors()
    assert found is not None, "a file without faults is read"
    assert _copy_of(found) == _copy_of(article), f"{path.name} does not read back to its copy"
    return faults.found


def _copy_of(article: Article) -> Article:
    """Return an article without what depends on its place: paths, pixels, and how its runs are cut."""

    def picture(one: Picture) -> Picture:
        group = tuple(replace(shot, file=Path(shot.file.name), pixels=(0, 0)) for shot in one.group)
        whole = one.whole and one.file.suffix not in (".svg", ".pdf")  # drawings are whole by themselves
        return replace(one, file=Path(one.file.name), pixels=(0, 0), group=group, whole=whole)

    def table(one: Table) -> Table:
        return replace(one, head=copy(one.head), rows=tuple(map(copy, one.rows)))

    def copy(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(replace(one, runs=joined(one.runs), table=one.table and table(one.table)) for one in paragraphs)

    return replace(
        article,
        path=Path(),
        editor_note=copy(article.editor_note),
        body=copy(article.body),
        sections=tuple(
            replace(one, body=copy(one.body), portrait=one.portrait and picture(one.portrait))
            for one in article.sections
        ),
        pictures=tuple(map(picture, article.pictures)),
        boxes=tuple(replace(one, body=copy(one.body)) for one in article.boxes),
        notices=tuple(replace(one, body=copy(one.body)) for one in article.notices),
    )


class _Writer:
    def __init__(self, language: str) -> None:
        self._is_chinese = language.startswith("zh")
        self.lost: list[SourceRef] = []

    def settled(self, article: Article) -> Article:
        """Return an article without the marks that the copy's markup cannot say."""
        return replace(
            article,
            editor_note=tuple(map(self._settled, article.editor_note)),
            body=tuple(map(self._settled, article.body)),
            sections=tuple(replace(one, body=tuple(map(self._settled, one.body))) for one in article.sections),
            boxes=tuple(replace(one, body=tuple(map(self._settled, one.body))) for one in article.boxes),
            notices=tuple(replace(one, body=tuple(map(self._settled, one.body))) for one in article.notices),
        )

    def _settled(self, paragraph: Paragraph) -> Paragraph:
        if paragraph.table:
            table = paragraph.table
            rows = [tuple(map(self._settled, row)) for row in (table.head, *table.rows)]
            return replace(paragraph, table=replace(table, head=rows[0], rows=tuple(rows[1:])))
        if not paragraph.runs and not paragraph.table:
            return paragraph  # an empty cell
        if paragraph.kind in LINED and len(paragraph.lines) > 1:
            settled = [list(self._settled(line).runs) for line in paragraph.lines]
            for line in settled[:-1]:
                line[-1] = replace(line[-1], text=f"{line[-1].text}\n")
            return replace(paragraph, runs=tuple(chain.from_iterable(settled)))
        tries = (
            paragraph,
            replace(paragraph, runs=joined(chain.from_iterable(map(_blanks_outside, paragraph.runs)))),
            replace(paragraph, runs=joined(Run(run.text, link=run.link) for run in paragraph.runs)),
            replace(paragraph, runs=joined(Run(run.text) for run in paragraph.runs)),
        )
        for one in dict.fromkeys(tries):
            if _line(one) is not None:
                if one.runs != paragraph.runs and paragraph.where:
                    self.lost.append(paragraph.where)
                return one
        raise AssertionError(f"a line of plain text can always be written: {paragraph.text[:40]!r}")

    def lines(self, article: Article) -> Iterator[str]:
        """Yield the lines of an article's file, in the order in which a reader meets its parts."""
        for name in ("kicker", "headline", "deck"):
            yield from self._heading(name, getattr(article, name))
        if article.byline:
            yield f"{self._key(ArticleKeys, 'byline')}:"
            for one in article.byline:
                said = {"role": one.role, "name": one.name}
                parts = (
                    f"{self._key(BylineKeys, name)}: {_scalar(text, flow=True)}" for name, text in said.items() if text
                )
                yield f"  - {{{', '.join(parts)}}}"
        yield from self._text(ArticleKeys, "dateline", article.dateline)
        yield from self._copy(ArticleKeys, "editor_note", article.editor_note)
        yield from self._copy(ArticleKeys, "body", article.body)
        yield from self._list(ArticleKeys, "sections", (self._section(one) for one in article.sections))
        yield from self._list(ArticleKeys, "pictures", (self._picture(one) for one in article.pictures))
        yield from self._list(ArticleKeys, "boxes", (self._box(one) for one in article.boxes))
        yield from self._list(ArticleKeys, "notices", (self._notice(one) for one in article.notices))
        yield from self._text(ArticleKeys, "source", article.source)

    def _key(self, kind: type[Keys], name: str) -> str:
        return (zh_name(kind, name) if self._is_chinese else "") or yaml_name(name)

    def _text(self, kind: type[Keys], name: str, text: str) -> Iterator[str]:
        if text:
            yield f"{self._key(kind, name)}: {_scalar(text)}"

    def _heading(self, name: str, heading: Lines | None) -> Iterator[str]:
        if heading is None:
            return
        if len(heading.lines) == 1:
            yield from self._text(ArticleKeys, name, heading.lines[0])
            return
        yield f"{self._key(ArticleKeys, name)}:"
        yield from (f"  - {_scalar(line)}" for line in heading.lines)

    def _copy(self, kind: type[Keys], name: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
        if not paragraphs:
            return
        yield f"{self._key(kind, name)}: |"
        for before, one in zip((None, *paragraphs), paragraphs, strict=False):
            if before and not (before.kind is one.kind is Kind.LIST_ITEM):
                yield ""
            for line in _lines_of(one):
                yield f"  {line}"

    def _list(self, kind: type[Keys], name: str, entries: Iterable[Iterable[str]]) -> Iterator[str]:
        begun = False
        for entry in entries:
            if not begun:
                yield f"{self._key(kind, name)}:"
                begun = True
            for index, line in enumerate(entry):
                yield f"{'    ' if index else '  - '}{line}" if line else ""

    def _section(self, section: Section) -> Iterator[str]:
        yield from self._text(SectionKeys, "name", section.name)
        yield from self._text(SectionKeys, "title", section.title)
        if section.portrait:
            yield from self._text(SectionKeys, "portrait", section.portrait.file.name)
        yield from self._copy(SectionKeys, "body", section.body)

    def _box(self, box: StoryBox) -> Iterator[str]:
        kind = box.name if self._is_chinese else box.kind
        yield f"{self._key(BoxKeys, 'kind')}: {kind}"
        if box.headline:
            yield from self._text(BoxKeys, "headline", box.headline.text)
        yield from self._copy(BoxKeys, "body", box.body)

    def _notice(self, notice: Notice) -> Iterator[str]:
        yield from self._text(NoticeKeys, "title", notice.title)
        yield from self._copy(NoticeKeys, "body", notice.body)

    def _picture(self, picture: Picture) -> Iterator[str]:
        names = [shot.file.name for shot in picture.shots]
        yield f"{self._key(PictureKeys, 'file')}: {_one_or_list(names)}"
        yield from self._text(PictureKeys, "caption", picture.caption)
        yield from self._text(PictureKeys, "credit", picture.credit)
        alts = [shot.alt for shot in picture.shots]
        if any(alt != picture.caption for alt in alts) and all(alts):
            yield f"{self._key(PictureKeys, 'alt')}: {_one_or_list(alts)}"


def _one_or_list(texts: list[str]) -> str:
    if len(texts) == 1:
        return _scalar(texts[0])
    return f"[{', '.join(_scalar(text, flow=True) for text in texts)}]"


def _scalar(text: str, *, flow: bool = False) -> str:
    """Write a text of one line: plain where YAML reads it so, else in single quotes."""
    is_plain = (
        text[0] not in _INDICATORS
        and not text.endswith(":")
        and text == text.strip()
        and ": " not in text
        and " #" not in text
        and not (flow and any(mark in text for mark in ",[]{}:"))
    )
    return text if is_plain else "'" + text.replace("'", "''") + "'"


def _lines_of(paragraph: Paragraph) -> Iterator[str]:
    """Yield the lines of a paragraph that was settled."""
    if paragraph.kind in LINED and len(paragraph.lines) > 1:
        for own in paragraph.lines:
            yield from _lines_of(own)
        return
    if paragraph.table is None:
        line = _line(paragraph)
        assert line is not None, "it was settled"
        yield line
        return
    rows = (paragraph.table.head, *paragraph.table.rows)
    for index, row in enumerate(rows):
        cells = ((_line(cell) or "").replace("|", r"\|") if cell.runs else "" for cell in row)
        yield f"| {' | '.join(cells)} |"
        if not index:
            yield f"|{' --- |' * len(row)}"


def _line(paragraph: Paragraph) -> str | None:
    """Write a paragraph as one line that reads back to it, with as few backslashes as that takes; None where none does."""
    mark = _MARKS.get(paragraph.kind, "")
    escapes: tuple[Callable[[str], str], ...] = (str, _escaped)
    bodies = dict.fromkeys("".join(_run(run, escape) for run in paragraph.runs) for escape in escapes)
    lines = (start + body for body in bodies for start in (mark, mark + "\\"))
    return next((line for line in lines if _reads_as(line, paragraph)), None)


def _run(run: Run, escape: Callable[[str], str]) -> str:
    text = escape(run.text)
    if run.emphasis:
        text = f"*{text}*"
    if run.strong:
        text = f"**{text}**"
    return f"[{text}]({run.link})" if run.link else text


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\*[]" else char for char in text)


def _reads_as(line: str, paragraph: Paragraph) -> bool:
    told: list[str] = []
    found = read_paragraphs([(line, SourceRef(""))], lambda code, *_: told.append(code))
    return (
        not told
        and len(found) == 1
        and found[0].kind is paragraph.kind
        and joined(found[0].runs) == joined(paragraph.runs)
    )


def _blanks_outside(run: Run) -> tuple[Run, ...]:
    """Part a run from the blanks at its ends: marks beside a blank are none."""
    core = run.text.strip()
    start = run.text.index(core)
    return Run(run.text[:start]), replace(run, text=core), Run(run.text[start + len(core) :])
