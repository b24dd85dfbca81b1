"""The kinds of files that a build makes of the same pages: for the web, for the press, for the archive.

All lay out the same page box; a style that moves something in one of them is refused (`style.variant-moves`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from printkit import __version__
from printkit.colour.profiles import default_profile, profile_facts
from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.model.edition import Edition, Page, issue_words, page_label, page_stem
from printkit.model.geometry import PageGeometry, Rect, Slot
from printkit.model.page import MadeUpPage
from printkit.model.paper import Paper
from printkit.pdf.join import Facts, PagePart, join
from printkit.pdf.press import Press, finished, sheet_margin
from printkit.pictures.cache import PictureCache
from printkit.pictures.makers import PressPictures, ScreenPictures
from printkit.pictures.press import PressSettings
from printkit.render.look import SCREEN, Look

SAME = 5
"""mpt within which two places are the same: both come from WeasyPrint's floats, one behind the sheet's margin."""


class Variant(StrEnum):
    """A kind of file, named as ``--for`` and the output folder name it."""

    WEB = "web"
    PRINT = "print"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: its name in the issue's folder, its bytes, how many pages it has."""

    name: str
    data: bytes
    pages: int


def press_of(paper: Paper) -> Press:
    """Return what a paper's press asks for."""
    asked = paper.press
    profile = asked.profile or default_profile()
    return Press(profile, profile_facts(profile).condition, asked.bleed, asked.ink_limit)


def look_of(variant: Variant, paper: Paper) -> Look:
    """Return how a variant's pages are laid out: what may differ is checked, pictures apart."""
    if variant is Variant.PRINT:
        return Look("press", sheet_margin(paper.press.bleed))
    return SCREEN


def drawn_look(variant: Variant, paper: Paper, cache: PictureCache) -> Look:
    """Return how a variant's pages are drawn, with the pictures made for it."""
    look = look_of(variant, paper)
    if variant is not Variant.PRINT:
        return replace(look, pictures=ScreenPictures(cache, default_profile()))
    from printkit.render.draw import svg_page  # loads WeasyPrint

    press = press_of(paper)
    settings = PressSettings(press.profile, press.ink_limit, paper.press.ppi)
    return replace(look, pictures=PressPictures(cache, settings, svg_page))


# --- the same page box ------------------------------------------------------------------------------


def moved(page: Page, found: Say, paper: Paper) -> Diagnostic:
    """Tell that the style of the press lays a page out otherwise than that of the screen, and what it moves first."""
    sheets = ", ".join(sheet.name for sheet in paper.stylesheets)
    told = Say(f" and {sheets}", f"和 {sheets}") if sheets else Say("", "")
    return Diagnostic(
        "style.variant-moves",
        Say(
            f"layout “{page.layout}” is laid out otherwise for print: {found.en}",
            f"版式“{page.layout}”印刷时排得不一样：{found.zh}",
        ),
        hint=Say(
            f"under `html.press` and `html.screen` set colours alone, and no size under `@page`; see page.css{told.en}",
            f"html.press、html.screen 之下只能写颜色，也不要写 @page 的尺寸；请检查 page.css{told.zh}",
        ),
        where=page.layout_where or page.where,
    )


def first_difference(screen: PageGeometry, press: PageGeometry) -> Say | None:
    """Return what is laid out otherwise for the press: the page, its grid or a slot; None when nothing is."""
    if abs(screen.width - press.width) > SAME or abs(screen.height - press.height) > SAME:
        sizes = [f"{g.width / 1000:.2f} × {g.height / 1000:.2f} pt" for g in (screen, press)]
        return Say(f"the page is {sizes[1]}, not {sizes[0]}", f"版面是 {sizes[1]}，而不是 {sizes[0]}")
    if difference := _rect_difference(screen.grid.main, press.grid.main):
        return Say(f"<main> {difference.en}", f"<main> {difference.zh}")
    a, b = screen.grid, press.grid
    if (a.columns, a.gutter, a.size, a.leading, a.steps) != (b.columns, b.gutter, b.size, b.leading, b.steps):
        return Say("its columns, gutter, body size or leading differ", "栏数、栏间、正文字号或行距不同")
    for name in sorted(screen.slots.keys() | press.slots.keys()):
        if name not in screen.slots or name not in press.slots:
            return Say(f"only one of them has slot “{name}”", f"版位“{name}”只在一种里有")
        if difference := _slot_difference(screen.slots[name], press.slots[name]):
            return Say(f"slot “{name}” {difference.en}", f"版位“{name}”{difference.zh}")
    return None


def _rect_difference(a: Rect, b: Rect) -> Say | None:
    if all(abs(getattr(a, side.name) - getattr(b, side.name)) <= SAME for side in fields(Rect)):
        return None
    places = [f"{r.x / 1000:.2f}, {r.y / 1000:.2f}, {r.width / 1000:.2f} × {r.height / 1000:.2f} pt" for r in (a, b)]
    return Say(f"stands at {places[1]}, not at {places[0]}", f"在 {places[1]}，而不在 {places[0]}")


def _slot_difference(a: Slot, b: Slot) -> Say | None:
    if difference := _rect_difference(a.rect, b.rect):
        return difference
    if (a.columns, a.many) != (b.columns, b.many):
        return Say("has other columns", "的栏数不同")
    for key in a.styles:
        if (mine := a.styles[key]) == (other := b.styles.get(key)):
            continue
        roles: Mapping[str, Any] = other.roles if other else {}
        role = next((name for name, style in mine.roles.items() if roles.get(name) != style), None)
        if role:
            return Say(f"sets .{role} in another size or manner", f"的 .{role} 字号或排法不同")
        return Say("has other custom properties or another frame", "的自定义属性或边框不同")
    return None


# --- files ------------------------------------------------------------------------------------------


def files(
    variant: Variant, edition: Edition, made: Sequence[MadeUpPage], parts: Sequence[PagePart], only: str | None
) -> Iterator[tuple[File, tuple[Diagnostic, ...]]]:
    """Yield the files of one variant, each with what is to be told of it.

    Args:
        variant: the kind of file.
        edition: the edition.
        made: the pages.
        parts: the same pages drawn in the variant's look.
        only: ``pages`` or ``edition`` where not both are wanted; a part of an edition has only pages.
    """
    if variant is Variant.PRINT:
        yield from _press_files(edition, made, parts)
        return
    if variant is Variant.ARCHIVE:
        from printkit.pdf.archive import archived  # loads the colour engine, which the web needs not

        facts = facts_of(edition, f"{edition.paper.name} {edition.date}")
        data = archived(join(parts, facts, ads_as_pictures=any(part.ads for part in parts)))
        yield File(f"{variant}/edition.pdf", data, len(parts)), ()
        return
    if only != "edition":
        for page, part in zip(made, parts, strict=True):
            data = join([part], _page_facts(edition, page.page))
            yield File(f"{variant}/{page_stem(page.page.number)}.pdf", data, 1), ()
    if only != "pages":
        data = join(parts, facts_of(edition, f"{edition.paper.name} {edition.date}"))
        yield File(f"{variant}/edition.pdf", data, len(parts)), ()


def _press_files(
    edition: Edition, made: Sequence[MadeUpPage], parts: Sequence[PagePart]
) -> Iterator[tuple[File, tuple[Diagnostic, ...]]]:
    press = press_of(edition.paper)
    for page, part in zip(made, parts, strict=True):
        facts = _page_facts(edition, page.page)
        # The commonest face of the page sets the slug, the others what it lacks.
        faces = sorted(part.fonts, key=lambda font: (-len(font.to_unicode), font.source))
        alone = replace(part, tags=(), places={})  # a press file is neither read aloud nor clicked
        done = finished(
            join([alone], facts),
            press,
            facts,
            _slug(edition, page.page, press),
            [font.source for font in faces],
            kept=tuple(part.ads),
        )
        told = (_converted(page.page, done.converted),) if done.converted else ()
        yield File(f"{Variant.PRINT}/{page_stem(page.page.number)}.pdf", done.data, 1), told


def _slug(edition: Edition, page: Page, press: Press) -> str:
    """Return the line under a press page: paper, date, issue, page, the condition of printing, who made it."""
    words = (
        edition.paper.name,
        str(edition.date),
        issue_words(edition.issue),
        page_label(page.number, page.name),
        press.condition,
        f"printkit {__version__}",
    )
    return "　".join(word for word in words if word)


def _converted(page: Page, colours: Sequence[str]) -> Diagnostic:
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
        page.layout_where or page.where,
        page=page.number,
    )


def _page_facts(edition: Edition, page: Page) -> Facts:
    return facts_of(edition, f"{edition.paper.name} {edition.date} {page_label(page.number, page.name)}")


def facts_of(edition: Edition, title: str) -> Facts:
    """Return what a file says of itself, with the keywords of the stories on the edition's pages."""
    words = dict.fromkeys(w for p in edition.pages for s in p.stories for w in s.article.keywords)
    return Facts(
        title=title,
        author=edition.paper.name,
        language=edition.paper.language,
        keywords=tuple(words),
        date=f"D:{edition.date:%Y%m%d}000000Z",
        producer=f"printkit {__version__}",
    )
