"""Findings of the copy desk mended in their files: spans replaced, all else byte for byte as it was.

In: findings that know what should stand there. Out: those that were mended. A file is swapped in only after it was read again
and its copy is the old one with just these changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from printkit.copydesk.pieces import pieces_of
from printkit.copydesk.rule import Edit, Finding
from printkit.diagnostics import SourceRef
from printkit.gate import paper_folder, read_file
from printkit.model.article import Article
from printkit.pipeline.lint import ArticleFile, Desk
from printkit.source.article import ArticleReader
from printkit.source.faults import Faults
from printkit.source.patch import ConflictError, Patch, patched, rewrite, text_of, written_or_told


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended: its place before, the rule, the old text and the new."""

    rule: str
    where: SourceRef | None
    old: str
    new: str

    def report(self) -> dict[str, Any]:
        """Return it for JSON."""
        where = self.where
        place = {"file": where.file, "line": where.line, "column": where.column} if where else {}
        return {"code": f"lint.{self.rule}", **place, "old": self.old, "new": self.new}


def mend(desk: Desk, findings: Sequence[Finding]) -> list[Mended]:
    """Mend findings; those of which it is not sure that only they would change are left.

    Raises:
        UsageError: a file cannot be written, or was changed meanwhile.
    """
    done: list[Mended] = []
    ordered = sorted(findings, key=lambda one: one.story.id)
    for name, own in groupby(ordered, key=lambda one: one.story.id):
        article = desk.articles[name]
        with written_or_told(article.path):
            done += _mend(ArticleFile(desk, article), article, list(own))
    return done


def _mend(file: ArticleFile, article: Article, findings: Sequence[Finding]) -> list[Mended]:
    chosen = list(_patchable(file, findings))
    if not chosen or file.written is None:
        return []
    text = file.written.source.text
    patches = [patch for _, own in chosen for patch in own]
    wanted = _texts_with(article, [one for one, _ in chosen])

    def is_good(new: Path) -> bool:
        faults = Faults(article.path.parent)
        leads = not (article.paragraphs or article.pictures or article.notices)  # the common head of a group
        again = ArticleReader(paper_folder(article.path), faults).read(new, leads=leads)
        return again is not None and not faults.are_errors and [p.text for p in pieces_of(again)] == wanted

    known, new = read_file(article.path), patched(text, patches)
    if text_of(known) != text:
        raise ConflictError(article.path.name, text_of(known), new)
    if not rewrite(article.path, known, new, is_good):
        return []
    return [Mended(one.rule.id, file.where(one), one.text, one.mended or "") for one, _ in chosen]


def _patchable(file: ArticleFile, findings: Sequence[Finding]) -> Iterator[tuple[Finding, list[Patch]]]:
    """Yield the findings whose every change stands in the file as it is, and meets none that was taken."""
    taken: list[Patch] = []
    for one in findings:
        places = file.places(one.piece)
        if not places or file.written is None:
            continue
        way, text = one.piece.steps, one.piece.text
        own = [file.written.patch(way, text, places, edit.start, edit.end, edit.text) for edit in one.found.edits]
        good = [patch for patch in own if patch]
        meets = any(a.start < b.end and b.start < a.end for a in good for b in taken)
        if len(good) == len(own) and not meets:
            taken += good
            yield one, good


def _texts_with(article: Article, findings: Sequence[Finding]) -> list[str]:
    """Return the texts of an article's pieces as they should be."""
    edits: dict[tuple[object, ...], list[Edit]] = {}
    for one in findings:
        edits.setdefault((one.piece.steps, one.piece.number), []).extend(one.found.edits)
    texts = []
    for piece in pieces_of(article):
        own = [Patch(e.start, e.end, e.text) for e in edits.get((piece.steps, piece.number), ())]
        texts.append(patched(piece.text, own))
    return [text for text in texts if text]
