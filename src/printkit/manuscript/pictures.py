"""The pictures of a manuscript with their captions, and the formats that printkit does not take made PNG or told."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image

from printkit.copy.people import credited
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block, Embedded, Note
from printkit.manuscript.lines import begins_caption, caption_mark, has_numbers, is_caption

TAKEN = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".svg", ".pdf")
_CONVERTED = (".gif", ".bmp", ".dib")
_LARGEST = 80_000_000
"""Pixels of a picture that is made PNG here; larger ones are told as broken when they are read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture, or a group with one caption; `after` is how many lines of text stand before it."""

    pictures: tuple[Embedded, ...]
    where: SourceRef
    after: int
    caption: str = ""
    credit: str = ""


def without_pictures(
    blocks: Sequence[Block], size: int, notes: list[Note]
) -> tuple[tuple[Block, ...], tuple[Entry, ...]]:
    """Part pictures and their captions from the lines of text.

    Args:
        blocks: of a story.
        size: of its running text.
        notes: takes what is told.
    """
    texts: list[Block] = []
    entries: list[Entry] = []
    waits = False
    """Whether the last picture still has no caption, and nothing stands between."""
    for block in blocks:
        if block.pictures:
            over = texts.pop() if texts and texts[-1].framed and begins_caption(texts[-1].text) else None
            entries.append(Entry(_usable(block, notes), block.where, len(texts)))
            waits = over is None
            if over:  # in a text box that is grouped with it
                _add_caption(entries, over, notes)
        elif waits and is_caption(block, size):
            _add_caption(entries, block, notes)
            waits = False
        else:
            texts.append(block)
            waits = False
    lost = [entry for entry in entries if not entry.pictures and (entry.caption or entry.credit)]
    notes.extend(Note("caption-alone", one.where, f"{one.caption} {one.credit}".strip()) for one in lost)
    return tuple(texts), tuple(entry for entry in entries if entry.pictures)


def without_captions(texts: Sequence[Block], notes: list[Note]) -> tuple[Block, ...]:
    """Take out the captions of pictures that a manuscript only links: they have nothing to stand under."""
    left = []
    for block in texts:
        is_caption_of = block.is_text and (
            caption_mark(block.text) or (block.text.startswith(("图为", "图片")) and begins_caption(block.text))
        )
        if is_caption_of:
            notes.append(Note("caption-alone", block.where, block.text))
        else:
            left.append(block)
    return tuple(left)


def _add_caption(entries: list[Entry], block: Block, notes: list[Note]) -> None:
    text = block.text
    if start := caption_mark(text):
        notes.append(Note("caption-mark", block.where, text[:start]))
    caption, credit = credited(text[start:])
    last = entries.pop()
    if has_numbers(caption):  # it is of all the pictures that stand right before it
        while entries and entries[-1].after == last.after and not (entries[-1].caption or entries[-1].credit):
            last = replace(last, pictures=(*entries.pop().pictures, *last.pictures))
    entries.append(replace(last, caption=caption, credit=credit))


def _usable(block: Block, notes: list[Note]) -> tuple[Embedded, ...]:
    """Return the pictures of a block that can be printed."""
    found = []
    for picture in block.pictures:
        if picture.suffix in TAKEN:
            found.append(picture)
        elif picture.suffix in _CONVERTED and (made := _as_png(picture.data)):
            notes.append(Note("picture-made-png", block.where, picture.suffix, ".png"))
            found.append(replace(picture, data=made, suffix=".png"))
        else:
            code = "picture-broken" if picture.suffix in _CONVERTED else "picture-kind"
            notes.append(Note(code, block.where, picture.suffix or picture.alt))
    return tuple(found)


def _as_png(data: bytes) -> bytes:
    """Return a picture as PNG, nothing where it is broken or too large."""
    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _LARGEST:
                return b""
            picture.convert("RGBA" if "transparency" in picture.info else "RGB").save(written, "PNG")
    except Exception:  # noqa: BLE001  # Pillow's decoders raise nearly anything on a broken file
        return b""
    return written.getvalue()
