"""Stories of a manuscript as articles, as far as they can be told before anything is written.

In: a `Manuscript`. Out: `Draft`s, each an `Article` whose pictures are named as they will stand beside it, their files, and
what was told of it.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from printkit.copy.finds import masked
from printkit.diagnostics import Say, SourceRef
from printkit.manuscript.block import Block, Embedded, Manuscript, Note
from printkit.manuscript.body import Body, by_name, read_body
from printkit.manuscript.boxes import read_notices, without_boxes
from printkit.manuscript.cleaning import cleaned
from printkit.manuscript.front import Front, read_front
from printkit.manuscript.lines import facts_of, is_for_screens, is_prose, is_time, source_of
from printkit.manuscript.pictures import Entry, without_captions, without_pictures
from printkit.manuscript.refused import check_size, refusal
from printkit.manuscript.stories import body_size, parted, without_rules
from printkit.model.article import Article, Lines, Picture, Section, Shot, StoryBox
from printkit.model.text import Paragraph, Run


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is not written yet; `files` are those of its pictures by their names."""

    article: Article
    files: tuple[tuple[str, Embedded], ...] = ()
    notes: tuple[Note, ...] = ()


def drafts(manuscript: Manuscript, stem: str, *, split: bool) -> tuple[Draft, ...]:
    """Return the articles of a manuscript.

    Args:
        manuscript: as its reader gives it.
        stem: what the article's file is called, without its ending; a number follows where there are several.
        split: part what holds several stories.

    Raises:
        InputError: the manuscript holds no copy, or more than anybody sends.
    """
    characters = sum(len(run.text) for block in manuscript.blocks for run in block.runs)
    runs = sum(len(block.runs) for block in manuscript.blocks)
    check_size(manuscript.name, characters, len(manuscript.blocks), runs)
    blocks, notes = cleaned(manuscript.blocks)
    told = [*manuscript.notes, *notes]
    blocks = without_rules(blocks, told)
    if not blocks:
        message = Say("the file holds no copy", "文件里没有文字")
        raise refusal("empty", manuscript.name, message, Say("name another file", "请换一个文件"))
    over, notices = read_notices(blocks)
    if notices:
        where = SourceRef(manuscript.name)
        told.append(Note("notices", notices[0].where, now=str(len(notices))))
        headline = _lines([over] if over else [], where)
        return (Draft(Article(Path(f"{stem}.yaml"), where, headline, notices=notices), (), tuple(told)),)
    stories = parted(blocks)
    if not split and len(stories) > 1:
        told += [Note("several-stories", story[0].where, story[0].text) for story in stories[1:]]
        stories = (blocks,)
    numbered = len(stories) > 1
    lacks = any(note.code in ("picture-remote", "picture-missing") for note in manuscript.notes)
    made = [
        _draft(story, manuscript.name, f"{stem}-{turn}" if numbered else stem, lacks_pictures=lacks)
        for turn, story in enumerate(stories, 1)
    ]
    ends = [story[-1].where.line for story in stories]
    shared: list[list[Note]] = [[] for _ in made]
    for note in told:
        shared[min(bisect_left(ends, note.where.line), len(made) - 1)].append(note)
    return tuple(Draft(one.article, one.files, (*notes, *one.notes)) for one, notes in zip(made, shared, strict=True))


@dataclass(slots=True)
class _Story:
    """A story while it is taken apart."""

    stem: str
    source: str = ""
    notes: list[Note] = field(default_factory=list)
    files: list[tuple[str, Embedded]] = field(default_factory=list)

    def picture(self, entry: Entry) -> Picture:
        """Return a picture as it will stand beside the article, and keep its files."""
        names = []
        for picture in entry.pictures:
            known = next((name for name, other in self.files if other.data == picture.data), None)
            name = known or f"{self.stem}-{len(self.files) + 1}{picture.suffix}"
            names.append(name)
            if known is None:
                self.files.append((name, picture))
                self.notes.append(Note("pictures-saved", entry.where, now=name))
        alts = [picture.alt or entry.caption for picture in entry.pictures]
        shots = [Shot(Path(name), (0, 0), entry.where, alt) for name, alt in zip(names, alts, strict=True)]
        first = shots[0]
        return Picture(
            first.file, first.pixels, entry.where, entry.caption, entry.credit, first.alt, group=tuple(shots[1:])
        )


def _draft(blocks: Sequence[Block], file: str, stem: str, *, lacks_pictures: bool) -> Draft:
    story = _Story(stem)
    lines = _without_leavings(blocks, story)
    size = body_size(lines)
    texts, entries = without_pictures(lines, size, story.notes)
    if lacks_pictures:
        texts = without_captions(texts, story.notes)
    text, boxes = without_boxes(texts, story.notes)
    front, rest = read_front(text, size, alone=not entries)
    body = read_body(rest, size, front, len(text) - len(rest))
    story.notes += [*front.notes, *body.notes, *_breaks(blocks, front)]
    article = _article(story, front, body, entries, boxes, SourceRef(file))
    return Draft(article, tuple(story.files), tuple(story.notes))


def _without_leavings(blocks: Sequence[Block], story: _Story) -> list[Block]:
    """Take out the source and what is for screens alone."""
    left: list[Block] = []
    in_text = False
    for block in blocks:
        in_text = in_text or bool(left and is_prose(left[-1]))
        facts = facts_of(block.text) if block.is_text and not in_text else None
        if facts:
            story.source = story.source or facts[0]
            story.notes.append(Note("source" if any(facts) else "left-out", block.where, masked(block.text)))
            left += [replace(block, runs=(Run(f"作者：{facts[1]}"),))] if facts[1] else []
            continue
        source = source_of(block.text) if block.is_text else ""
        if source and source == story.source:
            story.notes.append(Note("source", block.where, block.text))
        elif source and not story.source:
            story.source = source
            if not block.text.strip("（）() ").endswith(source):  # the time of day behind it
                story.notes.append(Note("source", block.where, block.text))
        elif block.is_text and (is_for_screens(block.text) or (is_time(block.text) and not in_text)):
            story.notes.append(Note("left-out", block.where, block.text))
        else:
            left.append(block)
    return left


def _breaks(blocks: Sequence[Block], front: Front) -> list[Note]:
    """Return a note for each soft break that became a paragraph's end: not those in a headline or after it."""
    return [
        Note("breaks-to-paragraphs", block.where)
        for before, block in pairwise(blocks)
        for _ in range(block.breaks - (before.text in front.headline))
    ]


def _article(
    story: _Story, front: Front, body: Body, entries: Sequence[Entry], boxes: tuple[StoryBox, ...], where: SourceRef
) -> Article:
    headline = front.headline
    portraits = _portraits(entries, body)
    pictures = tuple(story.picture(entry) for entry in entries if entry not in portraits.values())
    if not headline and not pictures:
        headline = [story.stem]
        story.notes.append(Note("headline-from-name", where, now=story.stem))
    whole, *parts = body.parts
    return Article(
        path=Path(f"{story.stem}.yaml"),
        where=where,
        headline=_lines(headline, where),
        kicker=_lines(front.kicker, where),
        deck=_lines(front.deck, where),
        byline=by_name(front.byline),
        dateline=body.dateline,
        editor_note=tuple(Paragraph(block.runs, where=block.where) for block in front.note),
        body=tuple(whole.paragraphs),
        sections=tuple(
            Section(
                where=part.where.where if part.where else where,
                body=tuple(part.paragraphs),
                name=part.name,
                title=part.title,
                portrait=story.picture(portraits[turn]) if turn in portraits else None,
            )
            for turn, part in enumerate(parts)
        ),
        pictures=pictures,
        source=story.source,
        boxes=boxes,
    )


def _portraits(entries: Sequence[Entry], body: Body) -> dict[int, Entry]:
    """Return the pictures without a caption that stand right over or under a section's heading, by its turn."""
    found: dict[int, Entry] = {}
    for turn, part in enumerate(body.parts[1:]):
        for entry in entries:
            bare = len(entry.pictures) == 1 and not entry.caption and entry.pictures[0].suffix not in (".svg", ".pdf")
            if bare and turn not in found and entry.after in (part.at, part.at + 1):
                found[turn] = entry
    return found


def _lines(texts: Sequence[str], where: SourceRef) -> Lines | None:
    if not texts:
        return None
    return Lines(tuple(texts), where, given=len(texts) > 1)


def stem_of(name: str) -> str:
    """Return what an article is called after the file that it came in."""
    stem = "".join(
        char if char.isprintable() else " " for char in Path(name).stem
    )  # what is not seen would name it, too
    return re.sub(r"[\s/\\:*?\"<>|]+", "-", stem).strip("-.") or "article"
