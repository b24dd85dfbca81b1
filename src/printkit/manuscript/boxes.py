"""What stands beside a story's text or in its place: boxes (附文), told by the word over them, and notices (启事).

In: the lines of a story. Out: those of its text, and the boxes; or, of a story that has nothing but notices, these. A word like 背景
alone may well be a subhead: a box needs 【 】, ■, a frame, or one of the words that stand over nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from printkit.manuscript.block import Block, Note, cut
from printkit.manuscript.lines import is_prose
from printkit.model.article import BoxKind, Lines, Notice, StoryBox
from printkit.model.text import Paragraph

_WORDS: dict[str, BoxKind] = {
    "链接": "link", "相关链接": "link", "新闻链接": "link", "知识链接": "link", "延伸阅读": "link", "小链接": "link",
    "编后": "after", "编后语": "after", "编后话": "after", "编者后记": "after",
    "资料": "data", "资料卡": "data", "资料链接": "data", "小资料": "data", "背景资料": "data", "新闻背景": "data", "背景": "data",
    "相关": "related", "相关报道": "related", "相关新闻": "related",
}  # fmt: skip
_PLAIN = frozenset(_WORDS) - {"链接", "资料", "背景", "相关", "新闻背景"}
"""Words that are over a box without any mark, too."""
_OPENS = re.compile(
    rf"(?P<mark>[【\[〖■◆●★▲▶※◇□]?)[ \u3000]*(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})[ \u3000]*[】\]〗]?(?P<on>[：:]?)[ \u3000]*"
)
_LONGEST = 24
"""Characters of a line that may be a box's headline."""

_NOTICE = re.compile(
    r".{0,12}?(?:遗失声明|声明|启事|公告|通告|讣告|招聘|招租|招标|转让|征婚|寻人|寻物|注销|减资|清算|拍卖|停水通知|停电通知|通知)(?:公告|启事|通知)?"
)


def without_boxes(lines: Sequence[Block], notes: list[Note]) -> tuple[list[Block], tuple[StoryBox, ...]]:
    """Part the boxes from a story's text: each goes on to the next, to the end of its frame or of the story."""
    text_from = next((index for index, line in enumerate(lines) if is_prose(line)), len(lines))
    starts = [index for index, line in enumerate(lines) if _kind(line) and (_is_in_frame(line) or text_from < index)]
    boxes: list[StoryBox] = []
    text = list(lines[: starts[0]]) if starts else list(lines)
    size = _size(text)
    for start, end in pairwise([*starts, len(lines)]):
        stop = _end(lines, start, end)
        own = lines[start:stop]
        box = _box(own)
        is_more = not _is_in_frame(own[0]) and _size(own) > size  # longer than the story, it is a part of it
        if box is None or is_more or any(one.table for one in own):
            text += lines[start:end]
            size += _size(lines[start:end])
            continue
        boxes.append(box)
        notes.append(Note("box", lines[start].where, lines[start].text[:20]))
        text += lines[stop:end]
        size += _size(lines[stop:end])
    return text, tuple(boxes)


def _kind(line: Block) -> BoxKind | None:
    found = _OPENS.match(line.text) if line.is_text else None
    if not found:
        return None
    alone = found.end() == len(line.text)
    marked = bool(found["mark"]) or _is_in_frame(line)
    if (alone and (marked or found["word"] in _PLAIN)) or (marked and (found["on"] or "】" in found[0])):
        return _WORDS[found["word"]]
    return _WORDS[found["word"]] if found["on"] and _WORDS[found["word"]] == "after" else None  # 编后：


def _end(lines: Sequence[Block], start: int, end: int) -> int:
    """Return where a box ends: that of a frame with its frame."""
    if not _is_in_frame(lines[start]):
        return end
    return next((at for at in range(start, end) if not _is_in_frame(lines[at])), end)


def _is_in_frame(line: Block) -> bool:
    return line.boxed or line.framed


def _size(lines: Sequence[Block]) -> int:
    return sum(len(one.text) for one in lines)


def _box(lines: Sequence[Block]) -> StoryBox | None:
    first, *others = lines
    found = _OPENS.match(first.text)
    kind = _kind(first)
    if found is None or kind is None:
        return None
    rest = [replace(first, runs=cut(first.runs, found.end())), *others] if found.end() < len(first.text) else others
    headline = None
    if len(rest) > 1 and rest[0].is_text and len(rest[0].text) <= _LONGEST and not is_prose(rest[0]):
        headline, rest = Lines((rest[0].text,), rest[0].where), rest[1:]
    body = tuple(Paragraph(one.runs, one.kind, one.where) for one in rest if one.is_text and one.text.strip())
    return StoryBox(kind, body, first.where, headline) if body else None


def read_notices(blocks: Sequence[Block]) -> tuple[str, tuple[Notice, ...]]:
    """Return the notices of a manuscript that holds nothing else, after the line that stands over them; none of another."""
    heads = [index for index, block in enumerate(blocks) if _is_notice_head(blocks, index)]
    if len(heads) < 2 or heads[0] > 1 or any(not block.is_text for block in blocks):
        return "", ()
    over = blocks[0].text if heads[0] else ""
    found = []
    for start, end in pairwise([*heads, len(blocks)]):
        body = tuple(Paragraph(one.runs, where=one.where) for one in blocks[start + 1 : end])
        found.append(Notice(body, blocks[start].where, blocks[start].text))
    return over, tuple(found)


def _is_notice_head(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    follows = index + 1 < len(blocks) and _NOTICE.fullmatch(blocks[index + 1].text) is None
    return bool(block.is_text and len(block.text) <= 16 and _NOTICE.fullmatch(block.text) and follows)
