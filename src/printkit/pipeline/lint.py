"""The copy read as the copy desk reads it (校核), and each finding at its character in the file.

In: an edition, or articles by themselves. Out: what `copydesk` finds as diagnostics. The rules see an article's text alone; only of
articles in which something is found the file is looked at again, for the places.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printkit.copydesk.grade import ORNAMENT, PHOTOGRAPH, Grade, grade_of
from printkit.copydesk.pieces import Piece, Steps
from printkit.copydesk.rule import Certainty, Copy, Finding, Rule, Seam
from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef, diagnostic_object
from printkit.model.article import Article
from printkit.model.desk import Silence
from printkit.model.edition import FIRST_PART, SECOND_PART, Edition
from printkit.model.page import MadeUpPage, PictureBox

if TYPE_CHECKING:
    from printkit.copydesk.reading import Read
    from printkit.source.written import Written

Places = Mapping[tuple[Steps, int], tuple[int, ...]]
_CONTEXT = 4
"""Characters shown on both sides of what is wrong."""
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Desk:
    """What is read together, with the articles by the ids of their stories, and the folder that files are named from."""

    copy: Copy
    articles: Mapping[str, Article]
    folder: Path
    silences: tuple[Silence, ...] = ()
    """The paper's."""
    edition: Edition | None = None
    characters: int = 0
    """What the pages hold (版面字数); 0 where they are not made up."""

    def read(self, level: Certainty) -> "Read":
        """Look at the copy with every rule up to a level."""
        from printkit.copydesk.reading import read_copy  # loads the rules, which nobody needs who has their findings

        own = {name: article.silences for name, article in self.articles.items()}
        return read_copy(self.copy, level, own, self.silences)


def desk_of(edition: Edition, numbers: Iterable[str] | None = None) -> Desk:
    """Return the copy of an edition with its pool, or of some of its pages."""
    from printkit.copydesk.reading import story_copy

    wanted = None if numbers is None else set(numbers)
    stories = [
        (page.number, story)
        for page in edition.pages
        if wanted is None or page.number in wanted
        for story in page.stories
        if not story.ad
    ]
    if wanted is None:
        stories += [("", wish.story) for wish in edition.pool]
    copy = Copy(
        tuple(story_copy(story.id, story.article, number) for number, story in stories),
        edition.date,
        edition.paper.desk,
        frozenset(edition.paper.names),
    )
    articles = {story.id: story.article for _, story in stories}
    return Desk(copy, articles, edition.paper.folder, edition.paper.silences, edition)


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What `check` and `build` tell of the copy: findings of the sure rules, those that are silenced, the grade."""

    findings: tuple[Diagnostic, ...]
    silenced: tuple[dict[str, Any], ...]
    grade: Grade


def copy_report(edition: Edition, numbers: Iterable[str], pages: Sequence[MadeUpPage] = ()) -> CopyReport:
    """Read the copy of some pages with the sure rules; the grade is that of the pages as made up."""
    desk = desk_of(edition, numbers)
    found = desk.read(Certainty.SURE)
    grade = grade_of(found.findings, page_characters(pages))
    return CopyReport(tuple(told(desk, found.findings)), tuple(silenced(desk, found)), grade)


def graded(report: CopyReport, pages: Sequence[MadeUpPage]) -> CopyReport:
    """Return what is told of copy that was read before its pages were made up."""
    return replace(report, grade=replace(report.grade, characters=page_characters(pages)))


def silenced(desk: Desk, found: "Read") -> Iterator[dict[str, Any]]:
    """Yield what is not told, with the reason."""
    for one, said in zip(found.silenced, told(desk, [one.finding for one in found.silenced]), strict=True):
        reason = {"text": one.silence.text, "reason": one.silence.reason, "by": one.silence.by}
        yield diagnostic_object(said) | reason


def page_characters(pages: Sequence[MadeUpPage]) -> int:
    """Return 版面字数: characters a line × lines of every page at the general size, folios, tables and white as text.

    Photographs count four fifths of the text in whose place they stand, ornaments (补白) less.
    """
    if not pages:
        return 0
    top = min(made.geometry.grid.main.y for made in pages)  # the folio of inner pages stands over their stories
    return round(sum(_characters(made, top) for made in pages))


def _characters(made: MadeUpPage, top: int) -> float:
    grid = made.geometry.grid
    room = float((grid.main.width // grid.size) * ((grid.main.bottom - top) // grid.leading))
    for story in made.stories:
        share = ORNAMENT if story.story.ad and story.story.ad.fills_up else PHOTOGRAPH
        for box in story.boxes:
            if isinstance(box, PictureBox) and (box.role != "ad" or share == ORNAMENT):
                room -= (1 - share) * box.rect.width * box.rect.height / (grid.size * grid.leading)
    return room


def seams(pages: Sequence[MadeUpPage]) -> tuple[Seam, ...]:
    """Return where make-up has divided stories of some pages."""
    parts = {(one.story.id, one.story.part): (one.story, made.page.number) for made in pages for one in made.stories}
    found = []
    for (name, part), (story, _) in parts.items():
        second, number = parts.get((name, SECOND_PART), (None, ""))
        if part == FIRST_PART and second and story.article.paragraphs and second.article.paragraphs:
            before, after = story.article.paragraphs[-1].text, second.article.paragraphs[0].text
            found.append(Seam(name, before, after, number))
    return tuple(found)


def told(desk: Desk, findings: Sequence[Finding]) -> list[Diagnostic]:
    """Return findings as they are told, each at its place."""
    files = {name: ArticleFile(desk, article) for name, article in desk.articles.items()}
    return [diagnostic(one, files[one.story.id].where(one)) for one in findings]


class ArticleFile:
    """The file of an article in which something was found; it is read when a place is asked for."""

    def __init__(self, desk: Desk, article: Article) -> None:
        self._desk = desk
        self._article = article
        self._written: Written | None = None
        self._places: Places | None = None

    @property
    def written(self) -> "Written | None":
        """The file as written."""
        if self._places is None:
            from printkit.source.faults import Faults  # what reads is loaded where something is found
            from printkit.source.written import Written

            self._written = Written.read(self._article.path, Faults(self._desk.folder))
            story = next(one for one in self._desk.copy.stories if self._desk.articles[one.id] is self._article)
            self._places = _places(self._written, story.pieces) if self._written else {}
        return self._written

    def places(self, piece: Piece) -> tuple[int, ...]:
        """Return the offsets of a piece's characters; none where they cannot be told."""
        return (self._places or {}).get((piece.steps, piece.number), ()) if self.written else ()

    def where(self, one: Finding) -> SourceRef | None:
        """Return the place of what was found, else that of its piece."""
        from printkit.source.written import NOWHERE

        places = self.places(one.piece)
        # No slice: a long text has many findings.
        after = (places[index] for index in range(one.found.start, len(places)))
        offset = next((at for at in after if at != NOWHERE), NOWHERE)
        if offset == NOWHERE or self._written is None:
            return one.piece.where
        return self._written.where(offset, field_of(one.piece.steps))


def _places(written: "Written", pieces: Sequence[Piece]) -> Places:
    found: dict[tuple[Steps, int], tuple[int, ...]] = {}
    for steps, group in groupby(pieces, key=lambda piece: piece.steps):
        own = list(group)
        texts = [piece.text for piece in own]
        for piece, places in zip(own, written.places(steps, texts, is_marked=own[0].is_marked) or (), strict=False):
            found[steps, piece.number] = places
    return found


def field_of(steps: Steps) -> str:
    """Write the way to a value as findings do: ``pictures[0].caption``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def diagnostic(one: Finding, where: SourceRef | None) -> Diagnostic:
    """Return a finding as it is told."""
    rule, text = one.rule, one.piece.text
    start, end = one.found.start, one.found.end
    shown = one.text if end - start <= _LONGEST else f"{one.text[:_LONGEST]}…"
    context = f"{text[max(start - _CONTEXT, 0) : start]}{shown}{text[end : end + _CONTEXT]}".replace("\n", " ")
    en, zh = f"{rule.title.en}: “{context}”", f"{rule.title.zh}：{_quoted(context)}"
    if one.found.detail:
        en, zh = f"{en}: {one.found.detail.en}", f"{zh}：{one.found.detail.zh}"
    elif one.mended is not None:
        better = one.mended
        en += f": write “{better}” for “{shown}”" if better else f": take “{shown}” out"
        zh += f"，{_quoted(shown)}应为{_quoted(better)}" if better else f"，{_quoted(shown)}应删去"
    return Diagnostic(
        f"lint.{rule.id}",
        Say(en, zh),
        Severity.INFO if rule.certainty is Certainty.HINT else rule.severity,
        _hint(rule),
        where,
        page=one.story.page or None,
        story=one.story.id,
    )


def _quoted(text: str) -> str:
    """Quote copy in Chinese: in corner brackets where it has marks of its own that would be taken for ours."""
    return f"「{text}」" if set(text) & set("“”‘’\"'") else f"“{text}”"


def _hint(rule: Rule) -> Say:
    if not rule.clause:
        return rule.rationale
    return Say(f"{rule.rationale.en} ({rule.clause})", f"{rule.rationale.zh}（{rule.clause}）")
