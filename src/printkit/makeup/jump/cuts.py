"""Where copy may be divided so that it goes on elsewhere, and the two parts of it: text alone, no line, no slot.

A place is the end of a sentence or of a paragraph. Joined in order, the copy of the parts is the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from printkit.model.article import Article, Section
from printkit.model.text import Kind, Paragraph

_STOPS = "。！？!?"
_OPENING = "“‘《〈（【〖〔［｛「『("
_CLOSING = "”’》〉）】〗〕］｝」』)"

_LEADS_ON = "：；，、:;,"

BODY = -1
"""The section of a `Cut` in the body."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place to divide the copy: after `offset` characters of a paragraph of the body (`section` −1) or a section."""

    section: int
    paragraph: int
    offset: int
    ends_paragraph: bool = False


def cuts(article: Article) -> Iterator[Cut]:
    """Yield the places where copy may be divided, in order: ends of sentences and of paragraphs.

    Neither a subhead nor an item of a list is divided. Neither a subhead nor a table stays behind as the last of the
    first part, nor a paragraph that leads on to the next (``：``). Who signs stands with what is signed.
    """
    texts = [(section, paragraphs) for section, paragraphs in enumerate(article.texts, BODY) if paragraphs]
    for section, paragraphs in texts:
        for index, paragraph in enumerate(paragraphs):
            if paragraph.kind in (Kind.BODY, Kind.QUOTATION):
                yield from (Cut(section, index, offset) for offset in sentence_ends(paragraph.text))
            is_last = section == texts[-1][0] and index == len(paragraphs) - 1
            following = paragraphs[index + 1].kind if index + 1 < len(paragraphs) else None
            may_end = (
                paragraph.kind not in (Kind.SUBHEAD, Kind.TABLE)
                and following is not Kind.SIGN
                and paragraph.text.rstrip()[-1:] not in tuple(_LEADS_ON)
            )
            if may_end and not is_last:
                yield Cut(section, index, len(paragraph.text), ends_paragraph=True)


def sentence_ends(text: str) -> list[int]:
    """Return the offsets after a sentence inside a paragraph; its own end is none of them.

    A sentence ends with 。！？ and the closing marks behind. Inside quotation marks or brackets no sentence ends for
    this. Neither does it after a quotation that begins it, since who speaks may follow (“……。”他说). ……, which often
    stands inside a sentence, ends one only at a paragraph's end.
    """
    ends = []
    depth, start = 0, 0  # of marks that are open; of the sentence
    quoted_from = 0
    position = 0
    while position < len(text):
        char = text[position]
        position += 1
        if char in _OPENING:
            quoted_from = position - 1 if depth == 0 else quoted_from
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        quoted = char in _CLOSING and quoted_from > start and text[:position].rstrip(_CLOSING)[-1:] in tuple(_STOPS)
        following = text[position : position + 1]
        if depth or not (char in _STOPS or quoted) or following in (*_STOPS, *_CLOSING, "…", ""):
            continue
        if char in "!?" and following.isascii() and not following.isspace():
            continue  # part of an address
        start = position
        if text[position:].strip():
            ends.append(position)
    return ends


def divide(first: Article, second: Article, cut: Cut) -> tuple[Article, Article]:
    """Return both articles with what stands before and after a cut; a source line stays behind the body's last text."""
    if cut.section == BODY:
        before, after = _divided(first.body, cut)
        # A wrapped picture goes with the paragraph that it stands beside.
        gone = tuple(p for p in first.pictures if p.place == "wrap" and p.paragraph > len(before))
        taken = len(first.body) - len(after)
        moved = tuple(replace(picture, paragraph=picture.paragraph - taken) for picture in gone)
        return (
            replace(
                first,
                body=before,
                sections=(),
                pictures=tuple(p for p in first.pictures if p not in gone),
                source="" if after else first.source,
            ),
            replace(
                second,
                body=after,
                sections=first.sections,
                pictures=second.pictures + moved,
                source=first.source if after else "",
            ),
        )
    section = first.sections[cut.section]
    before, after = _divided(section.body, cut)
    rest: tuple[Section, ...] = first.sections[cut.section + 1 :]
    if after:
        rest = (replace(section, body=after, name="", title="", portrait=None, headline=None), *rest)
    return (
        replace(first, sections=(*first.sections[: cut.section], replace(section, body=before))),
        replace(second, body=(), sections=rest, source=""),
    )


def _divided(paragraphs: Sequence[Paragraph], cut: Cut) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    paragraph = paragraphs[cut.paragraph]
    before, after = tuple(paragraphs[: cut.paragraph]), tuple(paragraphs[cut.paragraph + 1 :])
    if cut.ends_paragraph:
        return (*before, paragraph), after
    head, tail = _divided_paragraph(paragraph, cut.offset)
    return (*before, head), (tail, *after)


def _divided_paragraph(paragraph: Paragraph, offset: int) -> tuple[Paragraph, Paragraph]:
    head, tail = [], []
    start = 0
    for run in paragraph.runs:
        at = min(max(offset - start, 0), len(run.text))
        head += [replace(run, text=run.text[:at])] if at else []
        tail += [replace(run, text=run.text[at:])] if at < len(run.text) else []
        start += len(run.text)
    return replace(paragraph, runs=tuple(head)), replace(paragraph, runs=tuple(tail), is_rest=True)
