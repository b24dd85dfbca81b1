"""The same dense pages for other engines: WeasyPrint's own columns, which Chromium prints too, and Typst.

In: an edition of the generator. Out: a document that has the same stories, pictures and places, in the same type and size;
no tags, no make-up, no composing of ours.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from benchmarks.generator import write_edition
from printkit.commands.check import check
from printkit.model.article import Article
from printkit.pipeline.run import Run

PICTURE = 100
"""Height of a picture, pt: what make-up gives it, nearly."""


class Places:
    """Where the four stories of every dense page stand, and their columns: read off one page that printkit made up."""

    def __init__(self, folder: Path) -> None:
        """Make a page up."""
        made = check(write_edition(folder, 1)).pages[0]
        self.width, self.height = made.geometry.width / 1000, made.geometry.height / 1000
        self.stories = [
            (story.rect.x / 1000, story.rect.y / 1000, story.rect.width / 1000, story.rect.height / 1000, story.columns)
            for story in made.stories
        ]

    def pages(self, edition: Path) -> Iterator[Iterator[tuple[Article, tuple[float, float, float, float, int]]]]:
        """Yield each page's articles with their places."""
        for page in Run().read(edition).edition.pages:
            yield zip((story.article for story in page.stories), self.stories, strict=True)


def columns_html(edition: Path, places: Places) -> str:
    """Return all pages as one HTML, the text in CSS columns."""
    pages = "".join(
        "<main>" + "".join(_section(article, *place) for article, place in page) + "</main>"
        for page in places.pages(edition)
    )
    return (
        '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>bench</title><style>'
        f"@page{{size:{places.width}pt {places.height}pt;margin:0}}"
        f"body{{margin:0;font:7pt/9pt 'Noto Serif CJK SC'}}main{{position:relative;height:{places.height - 1}pt;"
        "break-after:page}main:last-child{break-after:auto}section{position:absolute;overflow:hidden}"
        "p{margin:0;text-indent:2em;text-align:justify}h1{font:900 24pt/1.2 'Noto Serif CJK SC';text-align:center;margin:0}"
        f"h2{{font:12pt/1.3 'LXGW WenKai';text-align:center;margin:0}}img{{object-fit:cover;width:100%;height:{PICTURE}pt}}"
        f"</style><body>{pages}</body></html>"
    )


def _section(article: Article, x: float, y: float, width: float, height: float, columns: int) -> str:
    pictures = "".join(f'<img src="{picture.file.as_uri()}">' for picture in article.pictures)
    body = "".join(f"<p>{escape(p.text)}</p>" for p in article.body)
    return (
        f'<section style="left:{x}pt;top:{y}pt;width:{width}pt;height:{height}pt"><h1>{escape(_text(article, "headline"))}</h1>'
        f'<h2>{escape(_text(article, "deck"))}</h2><div style="columns:{columns};column-gap:5mm">{pictures}{body}</div></section>'
    )


def typst(edition: Path, places: Places, root: Path) -> str:
    """Return all pages in Typst's markup; pictures are named from `root`."""
    out = []
    out.append(
        f"#set page(width: {places.width}pt, height: {places.height}pt, margin: 0pt)\n"
        '#set text(font: "Noto Serif CJK SC", size: 7pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)\n'
        "#set par(justify: true, leading: 2pt, spacing: 2pt, first-line-indent: (amount: 2em, all: true))\n"
    )
    for number, page in enumerate(places.pages(edition)):
        out.append("#pagebreak()\n" if number else "")
        for article, (x, y, width, height, columns) in page:
            pictures = "".join(
                f'#image("/{picture.file.relative_to(root)}", width: 100%, height: {PICTURE}pt, fit: "cover")\n'
                for picture in article.pictures
            )
            body = "\n\n".join(_quoted(p.text) for p in article.body)
            out.append(
                f"#place(dx: {x}pt, dy: {y}pt, block(width: {width}pt, height: {height}pt, clip: true)["
                f"#align(center, text(size: 24pt, weight: 900)[{_quoted(_text(article, 'headline'))}])"
                f'#align(center, text(size: 12pt, font: "LXGW WenKai")[{_quoted(_text(article, "deck"))}])'
                f"#columns({columns}, gutter: 5mm)[{pictures}{body}]])\n"
            )
    return "".join(out)


def _text(article: Article, role: str) -> str:
    return article.headings[role].text if role in article.headings else ""


def _quoted(text: str) -> str:
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
