"""The text of a story: dateline, subheads, sections, verse, what its author signs; everything else is a paragraph as it stands."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from printkit.copy.people import officer, signed
from printkit.manuscript.block import Block, Note, cut
from printkit.manuscript.front import Front
from printkit.manuscript.lines import chapter, dateline, is_prose, is_tail
from printkit.manuscript.verse import verse
from printkit.model.article import Byline
from printkit.model.text import Kind, Paragraph, Run

_BULLET = re.compile(r"[●•▪■◆◇○➢][ \t\u3000]+(?=\S)")
"""A bullet that was typed."""


@dataclass(slots=True)
class Part:
    """A headed part of a text: an office, a name, and paragraphs; `at` counts the lines of text before it."""

    paragraphs: list[Paragraph]
    title: str = ""
    name: str = ""
    where: Block | None = None
    at: int = 0


@dataclass(slots=True)
class Body:
    """What a story's text is made of; the first part has no heading."""

    parts: list[Part]
    dateline: str = ""
    notes: list[Note] = field(default_factory=list)


def read_body(blocks: Sequence[Block], size: int, front: Front, before: int) -> Body:
    """Read the text of a story.

    Args:
        blocks: of the text.
        size: of its running text.
        front: what stands over it; a byline that the text has is added there.
        before: lines of the story that stand before these.
    """
    body = Body([])
    lines = list(blocks)
    _take_dateline(lines, front, body)
    _take_signature(lines, front, body)
    if stanzas := verse(lines):
        body.notes.append(Note("verse", lines[0].where, lines[0].text))
        body.parts.append(Part(list(stanzas), at=before))
        return body
    headed = _officers(lines)
    heads = _subheads(lines, size) - set(headed)
    marks_bold = _marks_bold(lines)
    body.parts.append(Part([], at=before))
    for index, line in enumerate(lines):
        if _is_number(line) and {index, index + 1} <= heads:  # 01 over its words, as web pages have it
            following = lines[index + 1]
            lines[index + 1] = replace(following, runs=(Run(f"{line.text}　"), *following.runs))
            continue
        if index in headed:
            title, name = headed[index]
            body.parts.append(Part([], title, name, line, before + index))
            continue
        if index not in heads and line.kind is Kind.BODY and (found := _BULLET.match(line.text)):
            body.notes.append(Note("bullets", line.where, found[0]))
            line = replace(line, runs=cut(line.runs, found.end()), kind=Kind.LIST_ITEM)  # without its bullet
        if line.boxed:
            body.notes.append(Note("boxed-text", line.where, line.text[:20]))
        over_table = index not in heads and line.look.centred and index + 1 < len(lines) and lines[index + 1].table
        kind = Kind.CENTRE if over_table and line.is_text else line.kind
        line = replace(line, kind=kind)
        body.parts[-1].paragraphs.append(_paragraph(line, is_head=index in heads, marks_bold=marks_bold))
    return body


def _take_dateline(lines: list[Block], front: Front, body: Body) -> None:
    first = next((index for index, line in enumerate(lines) if is_prose(line)), None)
    if first is None or not (found := dateline(lines[first].text)):
        return
    line = lines[first]
    start = len(found)
    text = line.text
    while text[start : start + 1] in (" ", "\u3000"):
        start += 1
    end = text.find("）", start) if text[start : start + 1] == "（" else -1
    if end > 0 and (by := signed(text[start : end + 1])):
        front.byline += [one for one in by.byline if one not in front.byline]
        body.notes.append(Note("byline-from-dateline", line.where, text[start : end + 1]))
        body.notes += [Note("byline-rest", line.where, word) for word in by.rest]
        start = end + 1
        while text[start : start + 1] in (" ", "\u3000"):
            start += 1
    body.dateline = found
    lines[first] = replace(line, runs=cut(line.runs, start))
    if not lines[first].text:
        del lines[first]


def _take_signature(lines: list[Block], front: Front, body: Body) -> None:
    """Take a byline from the text's end where none stood over it."""
    for index in range(len(lines) - 1, max(len(lines) - 4, 0), -1):
        line = lines[index]
        if not line.is_text:
            return
        if is_tail(line.text):
            body.notes.append(Note("tail", line.where, line.text))
            continue
        in_brackets = line.text.startswith(("（", "(")) and line.text.endswith(("）", ")"))
        by = signed(line.text, names_alone=(line.look.right or in_brackets) and len(line.text) < 14)
        if by is None:
            return
        if front.byline:
            again = tuple(one for one in by.byline if one in front.byline) == by.byline
            body.notes.append(Note("byline-again", line.where, line.text))
            if again:
                continue
            return
        front.byline += by.byline
        body.notes.append(Note("byline-from-tail", line.where, line.text))
        body.notes += [Note("byline-rest", line.where, word) for word in by.rest]
        del lines[index]
        return


def _officers(lines: Sequence[Block]) -> dict[int, tuple[str, str]]:
    """Return the lines that are an office and a name over a text, where there are two of them."""
    found = {}
    for index, line in enumerate(lines[:-1]):
        if line.is_text and len(line.text) <= 46 and not line.look.right and not lines[index + 1].table:
            by = officer(line.text)
            if by and not officer(lines[index + 1].text):
                found[index] = by
    return found if len(found) > 1 else {}


def _subheads(lines: Sequence[Block], size: int) -> set[int]:
    """Return the lines that are subheads: by their look, else by their numbers."""
    able = [
        index
        for index, line in enumerate(lines[:-1])
        if _may_be_head(line) and not (lines[index + 1].table and _names_table(line))
    ]
    face = _face(lines)
    heads = {
        index
        for index in able
        if (look := lines[index].look).level is not None
        or (len(lines[index].text) <= 24 and (look.bold or look.centred or look.size > size > 0 or look.face != face))
    }
    if heads:
        return heads
    numbered = [index for index in able if chapter(lines[index].text) and len(lines[index].text) <= 20]
    forms = [chapter(lines[index].text) for index in numbered]
    outer = [index for index, form in zip(numbered, forms, strict=True) if form == forms[0]]
    return set(outer) if len(outer) > 1 else set()


def _is_number(line: Block) -> bool:
    return line.is_text and re.fullmatch(r"(?:PART\s*|NO\.\s*)?\d{1,2}", line.text.strip(), re.IGNORECASE) is not None


def _face(lines: Sequence[Block]) -> str:
    """Return the typeface of most of the text: in it 黑体 and 楷体 are for subheads."""
    faces: Counter[str] = Counter()
    for line in lines:
        if is_prose(line):
            faces[line.look.face] += len(line.text)
    return faces.most_common(1)[0][0] if faces else ""


def _may_be_head(line: Block) -> bool:
    return (
        line.is_text
        and line.kind is Kind.BODY
        and not line.look.right
        and len(line.text) <= (36 if line.look.level is None else 60)
        and not line.text.endswith(tuple("。，；：、…！" if line.look.level is None else "。，；：、"))
        and not is_tail(line.text)
    )


def _names_table(line: Block) -> bool:
    """Say whether the line over a table only names it: 表1, or centred and nothing else."""
    return re.match(r"附?表\s*[\d一二三四五六七八九十]", line.text) is not None or not (
        line.look.bold or line.look.level is not None
    )


def _marks_bold(lines: Sequence[Block]) -> bool:
    """Say whether a paragraph in bold stands out: most of the text is not."""
    prose = [line for line in lines if is_prose(line)]
    return sum(line.look.bold for line in prose) * 3 <= len(prose)


def _paragraph(line: Block, *, is_head: bool, marks_bold: bool) -> Paragraph:
    if line.table:
        return Paragraph((), Kind.TABLE, line.where, line.table)
    if is_head:
        return Paragraph((Run(line.text),), Kind.SUBHEAD, line.where)
    if line.look.right and len(line.text) <= 40 and not is_prose(line):
        return Paragraph(line.runs, Kind.SIGN, line.where)
    runs = line.runs
    if line.look.bold and marks_bold:
        runs = tuple(replace(run, strong=True) for run in runs)
    return Paragraph(runs, line.kind, line.where)


def by_name(byline: Sequence[Byline]) -> tuple[Byline, ...]:
    """Return a byline without what stands in it twice."""
    return tuple(dict.fromkeys(byline))
