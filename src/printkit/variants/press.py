"""For the press: a PDF/X-4 of every page in the press's inks, with bleed, marks and a slug."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from printkit import __version__
from printkit.colour.profiles import default_profile, profile_facts
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.model.context import PageContext
from printkit.model.edition import Edition, issue_words, page_label, page_stem
from printkit.model.paper import Paper
from printkit.output.manifest import File
from printkit.pdf.part import Half, Press, sheet_margin
from printkit.pictures.cache import PictureCache
from printkit.pictures.makers import PressPictures
from printkit.pictures.press import PressSettings
from printkit.render.look import Look
from printkit.variants.variant import Drawn, Making, Told, Variant, page_facts, page_title


def _look(paper: Paper) -> Look:
    return Look("press", sheet_margin(paper.press.bleed))


def _drawn_look(paper: Paper, cache: PictureCache) -> Look:
    from printkit.pdf.ad_check import keeps_vectors
    from printkit.render.draw import svg_page  # loads WeasyPrint

    press = press_of(paper)
    settings = PressSettings(press.profile, press.ink_limit, paper.press.ppi)
    return replace(_look(paper), pictures=PressPictures(cache, settings, svg_page, keeps_vectors))


def press_of(paper: Paper) -> Press:
    """Return what a paper's press asks for."""
    asked = paper.press
    profile = asked.profile or default_profile()
    return Press(profile, profile_facts(profile).condition, asked.bleed, asked.ink_limit)


def _files(edition: Edition, drawn: Sequence[Drawn], only: str | None) -> Iterator[Making]:
    press = press_of(edition.paper)
    for one in drawn:
        yield Making(
            partial(_sheets, edition, one, press), [one], ("print", press, one.page, page_facts(edition, one.page))
        )


def _sheets(edition: Edition, one: Drawn, press: Press) -> list[Told]:
    """Make a page's file, of a spread also its halves'."""
    from printkit.pdf.join import join  # both load pikepdf, which pages that are only made up need not
    from printkit.pdf.press import finished

    facts = page_facts(edition, one.page)
    # The commonest face of the page sets the slug, the others what it lacks.
    faces = sorted(one.part.fonts, key=lambda font: (-len(font.to_unicode), font.source))
    alone = replace(one.part, tags=(), places={})  # a press file is neither read aloud nor clicked
    joined = join([alone], facts)
    sheets: list[tuple[str, Half]] = [(one.page.number, "both")]
    if one.page.is_spread:
        sheets += zip(one.page.numbers, ("left", "right"), strict=True)
    made: list[Told] = []
    for number, half in sheets:
        done = finished(
            joined,
            press,
            replace(facts, title=page_title(edition, page_label(number, one.page.name))),
            _slug(one.page, page_label(number, one.page.name), press),
            [font.source for font in faces],
            kept=tuple(one.part.ads),
            half=half,
        )
        told = (_converted(one.page, done.converted),) if done.converted and half == "both" else ()
        made.append((File(f"print/{page_stem(number)}.pdf", done.data, 1), told))
    return made


def _slug(page: PageContext, label: str, press: Press) -> str:
    """Return the line under a press page: paper, date, issue, page, the condition of printing, who made it."""
    words = (
        page.paper.name,
        str(page.date),
        issue_words(page.issue),
        label,
        press.condition,
        f"printkit {__version__}",
    )
    return "　".join(word for word in words if word)


def _converted(page: PageContext, colours: Sequence[str]) -> Diagnostic:
    """Tell of RGB colours that the press's profile turned into inks: right for SVG pictures, a slip in a style."""
    shown = ", ".join(colours[:6]) + (" …" if len(colours) > 6 else "")
    return Diagnostic(
        "press.rgb-colour",
        Say(
            f"{len(colours)} RGB colour(s) were turned into inks by the profile: {shown}",
            f"有 {len(colours)} 种 RGB 颜色按特性文件转成了四色：{shown}",
        ),
        Severity.INFO,
        Say(
            "give a colour of your styles a value under `html.press`: `--accent: device-cmyk(0 1 1 0)`",
            "样式里的颜色请在 html.press 之下写印刷值：--accent: device-cmyk(0 1 1 0)",
        ),
        page.where,
        page=page.number,
    )


PRINT = Variant("print", _look, _drawn_look, _files, for_press=True)
