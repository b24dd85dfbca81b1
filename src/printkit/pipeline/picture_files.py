"""What pictures and advertisements tell before a page is drawn: only their files know, so `makeup`, which is pure, cannot."""

from collections.abc import Iterator
from dataclasses import replace

import pikepdf

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.model.edition import Ad
from printkit.model.page import MadeUpStory, PictureBox
from printkit.pdf.ad_check import ad_findings
from printkit.pictures.decode import has_broken_profile


def picture_file_findings(made: MadeUpStory, *, press: bool) -> Iterator[Diagnostic]:
    """Yield the findings of a story's pictures, or of an advertisement; `press` where they will be printed.

    Raises:
        InputError: an advertisement's file is broken inside.
    """
    for box in made.boxes:
        if isinstance(box, PictureBox):
            bbox = bbox_of(on_page(box, made))
            yield from (replace(found, bbox=bbox) for found in _told(box, made.story.ad, press))


def _told(box: PictureBox, ad: Ad | None, press: bool) -> list[Diagnostic]:
    suffix = box.file.suffix.lower()
    if suffix == ".pdf" and ad:
        try:
            return ad_findings(box.file, ad.size, (box.rect.width, box.rect.height), ad.where, press=press)
        except pikepdf.PdfError as error:
            raise InputError([_broken(ad.where)]) from error
    if suffix == ".svg" or not has_broken_profile(box.file):
        return []
    return [
        Diagnostic(
            "pictures.broken-profile",
            Say(
                "the picture's colour profile cannot be read; its colours are taken as sRGB",
                "图片内嵌的 ICC 无法读取，按 sRGB 处理",
            ),
            Severity.WARNING,
            Say("save the picture anew in sRGB where its colours look wrong", "颜色不对时，请另存为 sRGB 图片"),
            box.where,
        )
    ]


def _broken(where: SourceRef) -> Diagnostic:
    return Diagnostic(
        "ads.broken",
        Say("a part of the advertisement's PDF cannot be read", "广告的 PDF 里有读不出的部分"),
        hint=Say("copy the file again, or ask for a new one", "请重新复制文件，或请客户重发"),
        where=where,
    )
