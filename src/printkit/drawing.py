"""A made-up page drawn, and what WeasyPrint placed compared with what make-up planned."""

from collections.abc import Mapping
from pathlib import Path

from printkit.diagnostics import Diagnostic, InputError, Say, Severity
from printkit.model.edition import Edition, page_label
from printkit.model.page import MadeUpPage, PictureBox, TextBox
from printkit.pdf.join import PagePart
from printkit.render.clip import Clip
from printkit.render.draw import ComposedImage, PlacedPage, draw
from printkit.render.engine import log_findings
from printkit.render.look import SCREEN, Look
from printkit.render.pages import Pages
from printkit.render.templates import resource_roots
from printkit.units import PX


def drawn_page(edition: Edition, made: MadeUpPage, look: Look = SCREEN, clip: Clip | None = None) -> PagePart:
    """Draw a page, of a reprint with its `clip`, and compare what WeasyPrint placed with what make-up planned."""
    pages = Pages(edition, look, clip)
    html, texts = pages.made_up(made)
    images = {address: ComposedImage(box) for address, box in texts.items()}
    ads = {f"ad{index}": file for index, file in enumerate(pdf_ads(made))}
    forms = {file.as_uri(): PlacedPage(name) for name, file in ads.items()}
    where = made.page.layout_where or made.page.where
    try:
        drawn = draw(html, images, resource_roots(edition.paper), forms)
    except ValueError as error:
        raise InputError(
            [
                Diagnostic(
                    "render.style-moves-text",
                    Say(str(error), f"样式改变了排好的文字：{error}"),
                    hint=Say(
                        "look for a width or height on composed text, or for a font that is installed twice",
                        "请检查样式是否给排好的文字设了宽或高，或同一字体装了两份",
                    ),
                    where=where,
                )
            ]
        ) from error
    faults = [f for f in log_findings(drawn.records, where) if f.severity is Severity.ERROR]
    faults.extend(_moved(made, texts, drawn.placed, look.margin))
    if drawn.pages != 1 or drawn.drawn != len(texts):
        faults.append(
            Diagnostic(
                "render.not-drawn",
                Say(
                    f"{len(texts) - drawn.drawn} of {len(texts)} pieces of text were not drawn; {drawn.pages} page(s)",
                    f"{len(texts)} 块文字中有 {len(texts) - drawn.drawn} 块没有画出；共 {drawn.pages} 页",
                ),
                hint=Say(
                    "look for visibility, display or overflow in the styles",
                    "请检查样式中的 visibility、display、overflow",
                ),
                where=where,
            )
        )
    if faults:
        raise InputError(faults)
    return PagePart(
        drawn.pdf, drawn.fonts, page_label(made.page.number, made.page.name), _places(made), drawn.tags, ads=ads
    )


def pdf_ads(made: MadeUpPage) -> list[Path]:
    """Return the PDF files that stand on a page, each once."""
    boxes = (box for story in made.stories for box in story.boxes if isinstance(box, PictureBox))
    return list(dict.fromkeys(box.file for box in boxes if box.file.suffix.lower() == ".pdf"))


def _places(made: MadeUpPage) -> dict[str, tuple[float, float]]:
    """Return the left top corner of each story, where links to it go, in points."""
    corners = {story.story.anchor: (*story.parts, story.rect)[0] for story in made.stories}
    return {anchor: (rect.x / 1000, rect.y / 1000) for anchor, rect in corners.items()}


def _moved(
    made: MadeUpPage,
    texts: Mapping[str, TextBox],
    placed: Mapping[str, tuple[float, float, float, float]],
    margin: int,
) -> list[Diagnostic]:
    """Compare the places of composed text with the plan, to 0.02 pt; the sheet begins `margin` before the page."""
    planned = {}
    for story in made.stories:
        for box in story.boxes:
            if isinstance(box, TextBox):
                planned[id(box)] = (margin + story.rect.x + box.rect.x, margin + story.rect.y + box.rect.y)
    faults = []
    for address, box in texts.items():
        x, y = planned[id(box)]
        got = placed.get(address)
        if got is None or abs(got[0] * PX - x) > 20 or abs(got[1] * PX - y) > 20:
            seen = "nowhere" if got is None else f"{got[0] * 0.75:.2f}, {got[1] * 0.75:.2f} pt"
            faults.append(
                Diagnostic(
                    "render.moved-text",
                    Say(
                        f".{box.role} was planned at {x / 1000:.2f}, {y / 1000:.2f} pt and stands at {seen}",
                        f".{box.role} 应在 {x / 1000:.2f}, {y / 1000:.2f} 点，实际在 {seen}",
                    ),
                    hint=Say(
                        f"look for margins, padding or transforms on .{box.role} or .story",
                        f"请检查 .{box.role} 或 .story 的 margin、padding、transform",
                    ),
                    where=made.page.layout_where or made.page.where,
                )
            )
            break
    return faults
