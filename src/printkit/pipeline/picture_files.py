"""What pictures and advertisements tell before a page is drawn: only their files know, so `makeup`, which is pure, cannot."""

from collections.abc import Iterable
from dataclasses import replace

import pikepdf

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.model.page import MadeUpPage, MadeUpStory, PictureBox
from printkit.pdf.ad_check import ad_findings
from printkit.pictures.decode import has_broken_profile


def with_artwork_told(pages: Iterable[MadeUpPage], *, press: bool = False) -> tuple[MadeUpPage, ...]:
    """Return pages with the findings of their pictures and advertisements; `press` where they will be printed.

    Raises:
        InputError: an advertisement's file is broken inside.
    """
    faults: list[Diagnostic] = []
    told = []
    for made in pages:
        try:
            told.append(_with_told(made, press))
        except InputError as error:
            faults.extend(error.diagnostics)
    if faults:
        raise InputError(faults)
    return tuple(told)


def _with_told(made: MadeUpPage, press: bool) -> MadeUpPage:
    told = []
    for story in made.stories:
        for box in story.boxes:
            if isinstance(box, PictureBox):
                told += [
                    replace(d, story=story.story.id, bbox=bbox_of(on_page(box, story)))
                    for d in _told(box, story, press)
                ]
    return replace(made, diagnostics=(*made.diagnostics, *told)) if told else made


def _told(box: PictureBox, story: MadeUpStory, press: bool) -> list[Diagnostic]:
    suffix, ad = box.file.suffix.lower(), story.story.ad
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
