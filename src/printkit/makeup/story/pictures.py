"""How pictures share a width: one alone, or a group with one caption in rows of equal height (左图/右图, 图①②).

In: a picture entry and a width. Out: rows, their height at the pictures' own ratios, and boxes on whole lines.
"""

from itertools import accumulate

from printkit.makeup.frames import Frame
from printkit.model.article import Picture, Shot
from printkit.model.geometry import Rect
from printkit.model.page import Box, Ornament, PictureBox

LEAST_ROW = 5
"""Lines under which pictures side by side are too flat to look at: they go into one more row."""

_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"

_MARK = 1200
"""Side of a number in a picture's corner, in thousandths of an em of the body."""


def rows_of(picture: Picture, width: int, frame: Frame) -> tuple[tuple[Shot, ...], ...]:
    """Return a group's pictures in as few rows as are high enough; of uneven rows the first has fewer, so larger ones."""
    shots = picture.shots
    rows: tuple[tuple[Shot, ...], ...] = ()
    for count in range(1, len(shots) + 1):
        few, more = divmod(len(shots), count)
        ends = list(accumulate(few + (index >= count - more) for index in range(count)))
        rows = tuple(shots[start:end] for start, end in zip([0, *ends], ends, strict=False))
        if all(row_height(row, width, frame) >= LEAST_ROW * frame.leading for row in rows):
            return rows
    return rows


def row_height(row: tuple[Shot, ...], width: int, frame: Frame) -> float:
    """Return the height at which pictures side by side, none cropped, fill a width."""
    return (width - gap(frame) * (len(row) - 1)) / sum(map(_ratio, row))


def own_height(picture: Picture, width: int, frame: Frame) -> tuple[float, int]:
    """Return the height of an entry's pictures at their own ratios, and that of the white between its rows."""
    rows = rows_of(picture, width, frame)
    return sum(row_height(row, width, frame) for row in rows), gap(frame) * (len(rows) - 1)


def gap(frame: Frame) -> int:
    """Return the white between two pictures of a group: half a gutter, one em where there is none."""
    return frame.gutter // 2 or frame.size


def picture_boxes(picture: Picture, width: int, lines: int, frame: Frame, space: int = 0) -> tuple[Box, ...]:
    """Return an entry's pictures in a width and some lines, from the first Han's top to the last one's foot.

    `space` (mpt) is left white under them. Their numbers stand in the corners where the caption speaks of ① and ②.
    """
    rows = rows_of(picture, width, frame)
    top, height = frame.picture(0, lines)
    room = height - space - gap(frame) * (len(rows) - 1)
    own = [row_height(row, width, frame) for row in rows]
    # One that is never cropped gives up some of its width rather than of itself where its lines are too few.
    less = max(0, 1 - room / sum(own)) if picture.whole else 0
    heights = _shares(own, min(room, round(sum(own))) if picture.whole else room)
    boxes: list[Box] = []
    y = top
    for row, high in zip(rows, heights, strict=True):
        across = width - gap(frame) * (len(row) - 1)
        margin = round(across * less)
        widths = _shares([_ratio(shot) for shot in row], across - margin)
        x = margin // 2
        for shot, wide in zip(row, widths, strict=True):
            rect = Rect(x, y, wide, high)
            boxes.append(PictureBox(rect, shot.file, shot.alt, shot.focus, pixels=shot.pixels, where=shot.where))
            x += wide + gap(frame)
        y += high + gap(frame)
    return (*boxes, *_numbers(picture, boxes, frame))


def _numbers(picture: Picture, boxes: list[Box], frame: Frame) -> list[Ornament]:
    """Return the numbers that the caption uses, each in the lower right corner of its picture."""
    side = frame.size * _MARK // 1000
    return [
        Ornament(Rect(box.rect.right - side, box.rect.bottom - side, side, side), "picture-number", number)
        for number, box in zip(_NUMBERS, boxes, strict=False)
        if len(boxes) > 1 and number in picture.caption
    ]


def _ratio(shot: Shot) -> float:
    return shot.pixels[0] / shot.pixels[1]


def _shares(parts: list[float], whole: int) -> list[int]:
    """Share a length out in proportion, so that the shares add up to it."""
    ends = [round(whole * done / sum(parts)) for done in accumulate(parts)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
