"""A picture that belongs to its headline: 题图 over it, 压图标题 with the headline on it.

In: an article with such a picture, its type and frame. Out: the picture as a float at the story's top, and the headline
block under it or in its safe area, white or in ink as the picture is dark or light there.
"""

from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import Frame
from printkit.makeup.setting import Setter
from printkit.makeup.story.floats import Float, crop_range, picture_float, picture_lines
from printkit.makeup.story.heads import Head, set_head
from printkit.makeup.story.vertical import story_head
from printkit.model.article import Article, Picture, Safe
from printkit.model.geometry import Rect, StoryStyle
from printkit.model.page import OnPicture, PictureBox

LEAST_CONTRAST = 4.5
"""Of a headline to the picture under it: what WCAG 2.1, 1.4.3, asks of text."""


def title_columns(picture: Picture, frame: Frame) -> int:
    """Return how many columns a picture over or under its headline takes: all, unless it names fewer."""
    return min(picture.columns or frame.columns, frame.columns)


def title_float(picture: Picture, styles: StoryStyle, frame: Frame, setter: Setter, more: int, *, white: bool) -> Float:
    """Set the picture with its caption at the story's top.

    Args:
        picture: the picture.
        styles: the story's type.
        frame: the story's frame.
        setter: the composer.
        more: lines that it is to be higher, or lower, than its ratio asks.
        white: whether a line of white parts it from what is under it.
    """
    columns = title_columns(picture, frame)
    free = frame.columns - columns
    column = {"left": 0, "center": free // 2, "right": free}[picture.side or "left"]
    width = frame.width(columns, column)
    least, most = crop_range(picture, width, frame, styles.picture_crop)
    lines = min(max(picture_lines(picture, width, frame) + more, least), most)
    made = picture_float(picture, styles, frame, setter, (column, columns, 0), lines, "f0")
    return replace(made, lines=made.lines + white)


def title_head(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    over: Float,
    *,
    step_off: int,
    leave_out: frozenset[str],
) -> Head:
    """Set the headline block that belongs to a picture; the arguments as for `story_head`, `over` the picture."""
    picture = article.title_picture
    assert picture
    if picture.safe:
        return _on_picture(article, styles, frame, setter, over, picture.safe, step_off, leave_out)
    columns = slice(over.column, over.column + over.columns)
    under = replace(frame, xs=frame.xs[columns], lines=max(0, frame.lines - over.lines))
    head = story_head(article, styles, under, setter, step_off=step_off, leave_out=leave_out)
    x = under.xs[0] - frame.xs[0]
    boxes = tuple(replace(box, rect=_moved(box.rect, x, frame.top(over.lines))) for box in head.boxes)
    return replace(head, boxes=boxes, over=over.lines, first=head.first + over.column)


def _on_picture(
    article: Article,
    styles: StoryStyle,
    frame: Frame,
    setter: Setter,
    over: Float,
    safe: Safe,
    step_off: int,
    leave_out: frozenset[str],
) -> Head:
    """Set the headings in the safe area of their picture, at the largest step that finds room there."""
    [shown] = (box for box in over.boxes if isinstance(box, PictureBox))
    place = _in_box(safe, shown, frame.size)
    unsigned = replace(article, byline=())
    head, height = Head((), 0), 0
    for off in range(step_off, len(styles.roles["headline"].steps)):
        tried = set_head(unsigned, styles, place.width, frame.leading, setter, step_off=off, leave_out=leave_out)
        if off > step_off and tried.step_off < off:
            break  # there is no smaller step
        head = tried
        height = _ink_height(head)
        if height <= place.height:
            break
    tone, contrast = _tone(safe)
    top = min((box.rect.y + (box.pitch - box.style.size) // 2 for box in head.boxes), default=0)
    x = frame.xs[over.column] - frame.xs[0] + place.x
    y = place.y + max(0, place.height - height) // 2 - top
    boxes = tuple(replace(box, rect=_moved(box.rect, x, y), on_picture=tone) for box in head.boxes)
    told = list(head.diagnostics)
    if height > place.height:
        told.append(_too_high(safe, height - place.height, frame))
    if contrast < LEAST_CONTRAST:
        told.append(_pale(safe, contrast))
    return replace(
        head, boxes=boxes, lines=0, over=over.lines, first=over.column, columns=over.columns, diagnostics=tuple(told)
    )


def _moved(rect: Rect, x: int, y: int) -> Rect:
    return Rect(rect.x + x, rect.y + y, rect.width, rect.height)


def _in_box(safe: Safe, shown: PictureBox, margin: int) -> Rect:
    """Return the part of a safe area that the picture's box shows, a margin inside the box, from its float's corner."""
    left, top, right, bottom = shown.cut_off

    def place(first: float, length: float, before: float, after: float, side: int) -> tuple[int, int]:
        seen = 1 - before - after
        start, end = (round((at - before) / seen * side) for at in (first, first + length))
        start, end = max(start, margin), min(end, side - margin)
        return start, max(0, end - start)

    x, width = place(safe.left, safe.width, left, right, shown.rect.width)
    y, height = place(safe.top, safe.height, top, bottom, shown.rect.height)
    return Rect(shown.rect.x + x, shown.rect.y + y, width, height)


def _ink_height(head: Head) -> int:
    """Return the height from the Han of a block's first line to the Han of its last."""
    edges = [(box.rect.y, box.rect.bottom, (box.pitch - box.style.size) // 2) for box in head.boxes]
    if not edges:
        return 0
    return max(bottom - white for _, bottom, white in edges) - min(top + white for top, _, white in edges)


def _tone(safe: Safe) -> tuple[OnPicture, float]:
    """Return whether type in a safe area is white or ink, and its contrast to the picture where that is least."""
    white, ink = 1.05 / (safe.lightest + 0.05), (safe.darkest + 0.05) / 0.05
    return ("white", white) if white >= ink else ("ink", ink)


def _too_high(safe: Safe, over: int, frame: Frame) -> Diagnostic:
    lines = -(-over // frame.leading)
    return Diagnostic(
        "makeup.headline-too-long",
        Say(
            f"the headline reaches {lines} line(s) out of its safe area at its smallest size",
            f"标题用最小字号也超出压题区 {lines} 行",
        ),
        Severity.ERROR,
        Say(
            "shorten it, make the area larger, or list a smaller size in the style's steps",
            "请缩短标题、放大压题区，或在样式的字号级中加更小的字号",
        ),
        safe.where,
    )


def _pale(safe: Safe, contrast: float) -> Diagnostic:
    return Diagnostic(
        "makeup.headline-contrast",
        Say(
            f"the headline stands on the picture with a contrast of {contrast:.1f} to 1; {LEAST_CONTRAST} is the least",
            f"标题压在图上对比只有 {contrast:.1f}:1，至少要 {LEAST_CONTRAST}",
        ),
        Severity.WARNING,
        Say("move the area to an even, dark or light part of the picture", "请把压题区移到图上较匀、较暗或较亮的地方"),
        safe.where,
    )
