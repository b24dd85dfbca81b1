"""What there is to tell of pictures on a made-up page: too coarse, too tall, without a caption or with a poor one.

In: stories as they stand on their page. Out: findings with the picture's box.
"""

from collections.abc import Sequence
from dataclasses import replace

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.model.article import Picture
from printkit.model.page import MadeUpStory, PictureBox, TextBox
from printkit.units import INCH, MM

LEAST = 0.005
"""Share of a picture from which on what is cut off is told in words: less is the rounding to whole lines."""

TOLD = 0.1
"""Share cut off at one side from which on a desk wants to know."""

MUCH = 0.2
"""Share cut off at one side that takes heads and lettering with it."""


def picture_findings(made: MadeUpStory, caption_lines: int, least_ppi: int) -> list[Diagnostic]:
    """Tell of the pictures of a story.

    Args:
        made: the story on its page.
        caption_lines: the style's bound for a caption, 0 for none.
        least_ppi: pixels an inch that the press asks for.
    """
    boxes = [box for box in made.boxes if isinstance(box, PictureBox)]
    told = [_coarse(box, made, least_ppi) for box in boxes if 0 < ppi(box) < least_ppi]
    told += [_cropped(box, made) for box in boxes if max(box.cut_off) > TOLD]
    for picture in made.story.article.pictures:
        own = {shot.where for shot in picture.shots}
        shown = [box for box in boxes if box.where in own and box.role == "picture"]
        if shown:
            told.extend(_captions(picture, shown, made, caption_lines))
        if shown and picture.contour and made.story.frame == "tint":
            say = Say("the cut-out stands on white, and its story on a tint", "抠图底为白色，稿件却铺了底色")
            hint = Say("give the story another `frame`", "请给这篇稿子换一个“边框”（frame）")
            told.append(_warning("makeup.cutout-on-tint", say, hint, picture, shown[0], made))
    return told


def ppi(box: PictureBox) -> int:
    """Return the pixels an inch of a picture that covers its box; 0 where its pixels are not known."""
    wide, high = box.pixels
    if not wide or not high or not box.rect.width or not box.rect.height:
        return 0
    return round(min(wide * INCH / box.rect.width, high * INCH / box.rect.height))


def _coarse(box: PictureBox, made: MadeUpStory, least: int) -> Diagnostic:
    found = ppi(box)
    width = box.rect.width / MM
    need = -(-box.rect.width * least // INCH)
    return Diagnostic(
        "pictures.low-resolution",
        Say(
            f"the picture has {found} ppi at {width:.0f} mm width; print wants {least}",
            f"图片排成 {width:.0f} 毫米宽，只有 {found} ppi；印刷要 {least}",
        ),
        Severity.WARNING,
        Say(f"use one at least {need} pixels wide, or set it smaller", f"请换一张宽至少 {need} 像素的，或排小一些"),
        box.where,
        bbox=bbox_of(on_page(box, made)),
    )


def _cropped(box: PictureBox, made: MadeUpStory) -> Diagnostic:
    """Tell of what is cut off of a picture: the story may be in it."""
    sides = [
        (f"{share:.0%} {en}", f"{zh}{share:.0%}")
        for share, en, zh in zip(box.cut_off, ("left", "top", "right", "foot"), ("左", "上", "右", "下"), strict=True)
        if share >= LEAST
    ]
    return Diagnostic(
        "makeup.picture-cropped",
        Say(
            f"of the picture is cut off: {', '.join(en for en, _ in sides)}",
            f"图片裁去：{'、'.join(zh for _, zh in sides)}",
        ),
        Severity.WARNING if max(box.cut_off) > MUCH else Severity.INFO,
        Say(
            "write `crop: none` if none of it may go, or `focus` for what has to stay",
            "不能裁的写“裁图”（crop: none），要保住一处的写“焦点”（focus）",
        ),
        box.where,
        bbox=bbox_of(on_page(box, made)),
    )


def _captions(picture: Picture, shown: Sequence[PictureBox], made: MadeUpStory, caption_lines: int) -> list[Diagnostic]:
    """Tell of a caption that is missing, ends with a stop, or is longer than its picture is high."""
    where = picture.caption_where or picture.where
    if not picture.caption and not picture.credit:
        say = Say("this picture has neither caption nor credit", "这张图片没有图注，也没有摄影者")
        hint = Say("say what it shows and who took it", "请写明图中内容和摄影者")
        return [_warning("makeup.no-caption", say, hint, picture, shown[0], made)]
    told = []
    if picture.caption.rstrip().endswith("。"):
        # GB/T 15834-2011, A.1: a caption does not end with a stop, even where it has one inside.
        say = Say("a caption does not end with “。”", "图注末尾不用“。”")
        told.append(_warning("makeup.caption-stop", say, Say("take it out", "请删去"), picture, shown[0], made))
    boxes = [b for b in made.boxes if isinstance(b, TextBox) and b.role == "caption" and b.paragraph.where == where]
    lines = sum(len(box.lines) for box in boxes)
    height = max(b.rect.bottom for b in shown) - min(b.rect.y for b in shown)
    high = max((box.pitch for box in boxes), default=0) * lines
    if high > height or 0 < caption_lines < lines:
        say = Say(f"the caption takes {lines} lines", f"图注长达 {lines} 行")
        hint = Say("shorten it, or set the picture over more columns", "请缩短图注，或让图片多占几栏")
        found = _warning("makeup.caption-long", say, hint, picture, shown[0], made)
        if high > height:
            say = Say(f"the caption takes {lines} lines, more than its picture is high", f"图注 {lines} 行，比图片还高")
            found = replace(found, message=say, severity=Severity.ERROR)
        told.append(found)
    return told


def _warning(code: str, say: Say, hint: Say, picture: Picture, box: PictureBox, made: MadeUpStory) -> Diagnostic:
    where = picture.caption_where or picture.where
    return Diagnostic(code, say, Severity.WARNING, hint, where, bbox=bbox_of(on_page(box, made)))
