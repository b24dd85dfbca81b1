"""What pictures and advertisements tell before a page is drawn: only their files know, so `makeup`, which is pure, cannot."""

from collections.abc import Iterator
from dataclasses import replace

from printkit.diagnostics import Diagnostic, InputError, Say, Severity, SourceRef
from printkit.makeup.lint.places import bbox_of, on_page
from printkit.model.edition import Ad
from printkit.model.page import MadeUpStory, PictureBox
from printkit.pictures.decode import has_broken_profile
from printkit.pictures.svg import GENERIC, SvgFacts, svg_facts


def picture_file_findings(made: MadeUpStory, *, press: bool) -> Iterator[Diagnostic]:
    """Yield the findings of a story's pictures, or of an advertisement; `press` where they will be printed.

    Raises:
        InputError: an advertisement's file, or a drawing's, is broken inside, or a drawing's fonts are not there.
    """
    for box in made.boxes:
        if isinstance(box, PictureBox):
            bbox = bbox_of(on_page(box, made))
            yield from (replace(found, bbox=bbox) for found in _told(box, made.story.ad, press))


def _told(box: PictureBox, ad: Ad | None, press: bool) -> list[Diagnostic]:
    suffix = box.file.suffix.lower()
    if suffix == ".pdf" and ad:
        from pikepdf import PdfError  # most pages have no PDF on them

        from printkit.pdf.ad_check import ad_findings

        try:
            return ad_findings(box.file, ad.size, (box.rect.width, box.rect.height), ad.where, press=press)
        except PdfError as error:
            raise InputError([_broken(ad.where)]) from error
    if box.is_drawing and not ad:
        return _of_drawing(box, suffix)
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


def _of_drawing(box: PictureBox, suffix: str) -> list[Diagnostic]:
    """Tell of hidden layers; a drawing without its fonts would come out in others.

    Raises:
        InputError: its fonts are not there, or a part of it cannot be read.
    """
    where = box.where or SourceRef("")
    if suffix == ".svg":
        missing = svg_fonts_missing(svg_facts(box.file))
        if missing:
            raise InputError([_no_fonts(missing, where)])
        return []
    from pikepdf import PdfError

    from printkit.pdf.ad_check import ad_facts

    try:
        facts = ad_facts(box.file)
    except PdfError as error:
        raise InputError([replace(_broken(where), code="pictures.broken")]) from error
    if facts.missing_fonts:
        names = "、".join(sorted(facts.missing_fonts))
        raise InputError([_no_fonts(Say(f"does not bring its fonts: {names}", f"没有嵌入字体：{names}"), where)])
    if not facts.hidden_layers:
        return []
    say = Say("the picture has hidden layers, which will be seen", "图片有隐藏的图层，排出来会显示")
    hint = Say("save it without layers", "请去掉图层再存")
    return [Diagnostic("pictures.hidden-layer", say, Severity.WARNING, hint, where)]


def svg_fonts_missing(facts: SvgFacts) -> Say | None:
    """Say which fonts of an SVG are not installed, or that its text names none; None where all is well."""
    from printkit.render.engine import face  # loads WeasyPrint, which has measured the page by then

    for chain in facts.fonts:
        families = [name for name in chain if name.lower() not in GENERIC]
        if not any(face(family, 400) for family in families):
            names = "、".join(chain)
            return Say(f"asks for a font that is not installed: {names}", f"所用字体没有安装：{names}")
    if facts.has_text and not facts.fonts:
        return Say("has text and names no font", "有文字，却没有写明字体")
    return None


def _no_fonts(what: Say, where: SourceRef) -> Diagnostic:
    return Diagnostic(
        "pictures.font-missing",
        Say(f"the picture {what.en}", f"图片{what.zh}"),
        hint=Say(
            "name a font of the paper in it, embed its fonts (PDF), or turn its text into outlines",
            "请改用本报的字体，或嵌入字体（PDF），或把文字转成曲线",
        ),
        where=where,
    )
