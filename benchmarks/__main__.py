"""Measure printkit beside WeasyPrint's own columns; CPU seconds, the least of several runs, and their ratio.

Both sides share imports, font configuration and font step (one subset by uharfbuzz), so that what differs
is the setting of the text. Ratios hold where single times do not: the machine's noise is in both.
"""

import argparse
import datetime
import gc
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import pikepdf
from docx import Document

from benchmarks.auto_rows import auto_rows
from benchmarks.first_view import BYTES, SECONDS, first_views
from benchmarks.generator import text as text_of
from benchmarks.generator import write_edition
from benchmarks.issues import about, daily, dense_issue, undone, weekly, write_archive, write_facts_alone
from printkit.commands.build import Options
from printkit.commands.build import build as build_edition
from printkit.commands.check import check
from printkit.commands.importing import Options as ImportOptions
from printkit.commands.importing import bring_in
from printkit.commands.lint import Options as LintOptions
from printkit.commands.lint import lint
from printkit.commands.result import Result
from printkit.commands.site import Options as SiteOptions
from printkit.commands.site import pdfs_of, site
from printkit.compose import compose_text, prepare
from printkit.copydesk.pieces import Part
from printkit.copydesk.words import WordList
from printkit.epaper.folder.printed import PrintedStories
from printkit.epaper.folder.tree import add
from printkit.epaper.issue.handover import SiteFiles
from printkit.fonts.metrics import StyleMetrics
from printkit.makeup.frames import draw_in
from printkit.makeup.page.make_up import make_up
from printkit.makeup.setting import Setter
from printkit.makeup.story.envelope import envelope
from printkit.makeup.story.fill import fill
from printkit.model.edition import Edition
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpPage, PictureBox
from printkit.model.style import TextStyle
from printkit.model.text import plain
from printkit.pdf.join import join
from printkit.pdf.part import Facts, PagePart
from printkit.pipeline.draw import drawn_page
from printkit.pipeline.lint import copy_report, desk_of
from printkit.pipeline.make_up import made_up
from printkit.pipeline.run import Run
from printkit.render.draw import draw
from printkit.render.engine import Fetcher, face, font_configuration, weasyprint
from printkit.render.templates import resource_roots
from printkit.variants import PRINT, WEB

RUNS = 5
WEEKLY = Path(__file__).parents[1] / "samples/weekly/edition.yaml"
SAMPLE = Path(__file__).parents[1] / "samples/tabloid/edition.yaml"
FACTS = Facts("bench", "bench", "zh-CN", (), "D:20240305000000Z", "printkit")


def main() -> None:
    """Run every row and print the table."""
    argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        edition = write_edition(place / "one", 1)
        result = check(edition)
        characters = sum(s.fit.characters for s in result.pages[0].stories)
        html = columns_html(result.pages[0], result.edition)
        roots = resource_roots(result.edition.paper)

        def ours() -> None:
            build_edition(edition, Options(out=place / "out", only="pages"))

        def columns() -> None:
            drawn = draw(html, {}, roots)
            join([PagePart(drawn.pdf, drawn.fonts, "1")], FACTS)

        rows = [("dense page: printkit / WeasyPrint columns", characters, *paired(ours, columns))]
        rows.append(press_row(place / "press"))
        rows += composer_rows(roots)
        rows += growth_rows()
        rows += site_rows(place)
        rows.append(added_row(place / "added"))
        rows += lint_rows(place)
        rows.append(import_row(place / "import"))
        eight = write_edition(place / "eight", 8)
        rows += makeup_rows(check(eight))
        sizes = [size_row(eight, place / "size")]
        rows += auto_rows(place)
        views = first_views(SAMPLE, place / "site")
        rows += [
            (f"first view, 4 times slower / 1 s: {name}", characters, v.seconds, SECONDS) for name, v in views.items()
        ]
        sizes.append(("page view on a phone / the 250 KB allowed", views["page, phone"].bytes, BYTES))
        print(f"{'row':<64} {'characters':>10} {'A, s':>8} {'B, s':>8} {'A / B':>7} {'A, µs/char':>11}")
        for name, count, a, b in rows:
            print(f"{name:<64} {count:>10} {a:>8.4f} {b:>8.4f} {a / b:>7.2f} {a / count * 1e6:>11.1f}")
        print(f"\n{'row':<64} {'':>10} {'A, KB':>8} {'B, KB':>8} {'A / B':>7}")
        for name, ours_size, theirs in sizes:
            print(f"{name:<64} {'':>10} {ours_size / 1000:>8.0f} {theirs / 1000:>8.0f} {ours_size / theirs:>7.2f}")


def press_row(out: Path) -> tuple[str, int, float, float]:
    """Measure the four-page sample for web and press together, beside the web alone."""
    result = check(SAMPLE)
    characters = sum(story.fit.characters for made in result.pages for story in made.stories)

    def both() -> None:
        build_edition(SAMPLE, Options(out=out, variants=(WEB.name, PRINT.name)))

    def web() -> None:
        build_edition(SAMPLE, Options(out=out))

    return ("four-page sample: web and print / web", characters, *paired(both, web))


def size_row(edition: Path, out: Path) -> tuple[str, int, int]:
    """Measure the web PDF of eight dense pages beside WeasyPrint's own document of the same text and pictures.

    WeasyPrint runs in a process of its own: here its step that embeds fonts is printkit's.
    """
    result = build_edition(edition, Options(out=out, only="edition"))
    pages = [columns_html(made, result.edition).partition("<body>") for made in result.pages]
    bodies = "".join(
        f'<div style="position:relative;height:100%;break-after:page">{body.removesuffix("</body></html>")}</div>'
        for _, _, body in pages
    )
    file, written = out / "columns.html", out / "columns.pdf"
    head = pages[0][0].replace("body{", "html,body{height:100%}body{")
    file.write_text(f"{head}<body>{bodies}</body></html>", encoding="utf-8")
    code = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code, str(file), str(written)], check=True)
    with pikepdf.open(written) as pdf:
        assert len(pdf.pages) == len(pages)
    return ("web PDF of 8 dense pages / WeasyPrint's own", result.outputs[0].bytes, written.stat().st_size)


def composer_rows(roots: tuple[Path, ...]) -> list[tuple[str, int, float, float]]:
    """Measure the composer alone: 6,500 characters of varied text at 13 em, no text twice."""
    paragraphs = [plain(text) for text in text_of("composer", 6500)]
    characters = sum(len(p.text) for p in paragraphs)
    face_of = face("Noto Serif CJK SC", 400)
    assert face_of is not None, "the built-in styles' 宋 is not installed"
    style = TextStyle("body", 9000, 12000, (face_of,), indent=2000)
    html = (
        '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>@page{size:900pt 1300pt;margin:30pt}'
        "body{margin:0;font:9pt/12pt 'Noto Serif CJK SC';columns:6;column-width:117pt}"
        "p{margin:0;text-indent:2em;text-align:justify}</style><body>"
        + "".join(f"<p>{escape(p.text)}</p>" for p in paragraphs)
    )

    def compose(measures: tuple[int, ...]) -> None:
        metrics = StyleMetrics(style)
        for paragraph in paragraphs:
            prepared = prepare(paragraph, style, metrics)
            for measure in measures:
                prepared.compose(measure)

    def options() -> None:
        metrics = StyleMetrics(style)
        for paragraph in paragraphs:
            prepare(paragraph, style, metrics).options(117_000)

    def one() -> None:
        compose((117_000,))

    def four() -> None:
        compose((117_000, 99_000, 135_000, 153_000))

    def columns() -> None:
        page = weasyprint.HTML(string=html, base_url=roots[0].as_uri() + "/", url_fetcher=Fetcher(roots))
        page.render(font_config=font_configuration())

    return [
        ("composer: optimum fit / WeasyPrint lays out columns", characters, *paired(one, columns)),
        ("composer: four measures / one", characters, *paired(four, one)),
        ("composer: options of ±3 lines / the best alone", characters, *paired(options, one)),
    ]


def import_row(place: Path) -> tuple[str, int, float, float]:
    """Measure a .docx of 5,000 characters brought in, read back and written, beside the 0.5 s asked for."""
    place.mkdir()
    document = Document()
    document.add_paragraph("码头的灯", style="Title")
    paragraphs = list(text_of("import", 5000))
    for number, text in enumerate(paragraphs):
        if number % 8 == 7:
            document.add_paragraph(f"第{number}盏灯", style="Heading 2")
        document.add_paragraph(f"　　{text}")
    document.save(str(place / "a.docx"))
    options = ImportOptions(place, force=True)

    def ours() -> None:
        bring_in([place / "a.docx"], options)

    seconds, _ = paired(ours, lambda: None)
    return ("import of a .docx / the 0.5 s asked for", sum(map(len, paragraphs)), seconds, 0.5)


def growth_rows() -> list[tuple[str, int, float, float]]:
    """Measure paragraphs of 100,000 characters beside eight of an eighth: what C does there, no test can count."""
    rows = []
    for name, text in (("Han", "国"), ("marks", "，"), ("letters", "a"), ("mixed", next(text_of("growth", 400)))):
        short, long = (text * (length // len(text)) for length in (12_500, 100_000))
        whole, part = paired(partial(compose_text, long, 13), partial(compose_text, short, 13))
        rows.append((f"composer: 100,000 characters in a row / 8 × 12,500: {name}", 100_000, whole, 8 * part))
    return rows


def makeup_rows(result: Result) -> list[tuple[str, int, float, float]]:
    """Measure make-up on eight dense pages: envelopes and fits beyond composing, and all of it beside the rest.

    The composer keeps what it has set, so a second make-up with the same composer is make-up alone.
    """
    pages = result.pages
    slots = [(made, story, made.geometry.slots[story.story.slot]) for made in pages for story in made.stories]
    characters = sum(story.fit.characters for _, story, _ in slots)
    warm = Run(cache=False).composer()

    def made_up(setter: Setter) -> None:
        for made in pages:
            stories = {s.story.slot: [s.story] for s in made.stories}
            make_up(made.page, made.geometry, stories, [s.story.anchor for s in made.stories], setter)

    def envelopes() -> None:
        for made, story, _ in slots[:8]:
            styles = made.geometry.style(story.story)
            grid = made.geometry.grid
            for columns in range(1, 7):
                width = columns * (grid.column + grid.gutter) - grid.gutter
                frame = draw_in(Rect(grid.main.x, grid.main.y, width, grid.main.height), columns, grid)
                envelope(story.story.article, styles, frame, warm)

    def fits() -> None:
        for made, story, slot in slots:
            fill(story.story, slot, made.geometry, warm)

    def again() -> None:
        made_up(warm)

    def composing_and_drawing() -> None:
        run = Run(cache=False)
        made_up(run.composer())
        for made in pages:
            drawn_page(run, made)

    made_up(warm)
    alone, whole = paired(again, composing_and_drawing)
    one, each = paired(envelopes, fits)
    return [
        ("make-up of 8 pages / composing and drawing them", characters, alone, whole - alone),
        ("envelope over 1-6 columns / the 10 ms asked for", characters // 4, one / 8, 0.010),
        ("fit of a story / the 15 ms asked for", characters, each / len(slots), 0.015),
    ]


def site_rows(place: Path) -> list[tuple[str, int, float, float]]:
    """Measure adding an eight-page issue to an archive of 1,000, beside adding it to an empty one: at most 1.5 ×.

    Only the site's folder is timed, the issue being made already: with its drawing both sides would take seconds more.
    """
    last = datetime.date(2024, 5, 31)
    made = dense_issue(last, 1001)
    characters = sum(len(story.text) for story in made.issue.stories)
    rows = []
    for name, days in (("weekly", weekly(1001, last)), ("daily", daily(1001, last))):
        out, empty = place / name, place / f"{name}-empty"
        write_archive(out, list(days)[:-1], made)
        times = []
        for _ in range(RUNS + 1):
            with undone(out, made.issue.date):
                to_archive = _added(out, made)
            times.append((to_archive, _added(empty, made)))
            shutil.rmtree(empty)
        archive, none = (min(side) for side in zip(*times[1:], strict=True))
        rows.append((f"adding to 1,000 issues ({name}) / to none", characters, archive, none))
    return rows


def added_row(out: Path) -> tuple[str, int, float, float]:
    """Measure an issue added to a site beside the making of its PDFs alone (pages, edition, 剪报, 大字版), both from nothing: 1.5 × is asked for."""

    def pdfs() -> None:
        run = Run(cache=False)
        pdfs_of(run, made_up(run, run.read(SAMPLE), [WEB]))

    def added() -> None:
        shutil.rmtree(out, ignore_errors=True)
        site([SAMPLE], SiteOptions(out, datetime.date(2024, 8, 9), cache=False))

    characters = sum(story.fit.characters for made in check(SAMPLE).pages for story in made.stories)
    return ("issue added / its PDFs made", characters, *paired(added, pdfs, runs=2))


def lint_rows(place: Path) -> list[tuple[str, int, float, float]]:
    """Measure the copy desk beside what is asked for: an eight-page issue beyond reading it, the house's words, the archive."""
    edition = Run().read(WEEKLY).edition
    copy = desk_of(edition).copy
    text = "\n".join(piece.text for story in copy.stories for piece in story.pieces)
    words = list(dict.fromkeys(text[at : at + 2 + at % 3] for at in range(len(text))))[:5000]
    asked = [piece.text for piece in copy.stories[0].pieces if piece.part is Part.PROSE]
    write_facts_alone(place / "printed", 5000)
    printed = PrintedStories(place / "printed")

    def sure() -> None:
        copy_report(edition, [page.number for page in edition.pages])

    def terms() -> None:
        list(WordList(words).found_in(text))

    def archive() -> None:
        printed.asked(asked)

    times = [paired(task, task)[0] for task in (sure, terms, archive)]
    whole, reading = paired(lambda: lint([WEEKLY], LintOptions()), lambda: Run().read(WEEKLY))  # its pages are kept
    printed.close()
    return [
        ("lint of the eight-page weekly beyond reading it / the 0.3 s asked for", len(text), whole - reading, 0.3),
        ("sure rules in check of it / the 0.3 s asked for", len(text), times[0], 0.3),
        (f"{len(words)} words of the house / the 50 ms asked for", len(text), times[1], 0.05),
        ("index of what was printed, asked / the 20 ms asked for", len("".join(asked)), times[2], 0.02),
    ]


def _added(out: Path, made: SiteFiles) -> float:
    gc.collect()
    start = time.process_time()
    add(out, made, about(), correct=False, today=made.issue.date)
    return time.process_time() - start


def paired(a: Callable[[], object], b: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Run two tasks in turn, A B A B, and return the least CPU seconds of each after a warm-up."""
    a()
    b()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for task, kept in zip((a, b), times, strict=True):
            gc.collect()
            start = time.process_time()
            task()
            kept.append(time.process_time() - start)
    return min(times[0]), min(times[1])


def columns_html(made: MadeUpPage, edition: Edition) -> str:
    """Return the same stories, in the same places and type, in WeasyPrint's own columns."""
    stories = []
    for story in made.stories:
        rect, article = story.rect, story.story.article
        body = "".join(f"<p>{escape(p.text)}</p>" for p in article.body)
        pictures = "".join(
            f'<img src="{box.file.as_uri()}" style="width:100%;height:{box.rect.height / 1000 / 2}pt">'
            for box in story.boxes
            if isinstance(box, PictureBox)
        )
        head = escape(article.headline.text) if article.headline else ""
        deck = escape(article.deck.text) if article.deck else ""
        stories.append(
            f'<section style="left:{rect.x / 1000}pt;top:{rect.y / 1000}pt;width:{rect.width / 1000}pt;'
            f'height:{rect.height / 1000}pt"><h1>{head}</h1><h2>{deck}</h2>'
            f'<div style="columns:{story.columns};column-gap:5mm">{pictures}{body}</div></section>'
        )
    geometry = made.geometry
    return (
        f'<!DOCTYPE html><html lang="{edition.paper.language}"><meta charset="utf-8"><style>'
        f"@page{{size:{geometry.width / 1000}pt {geometry.height / 1000}pt;margin:0}}"
        "body{margin:0;font:7pt/9pt 'Noto Serif CJK SC'}section{position:absolute;overflow:hidden}"
        "p{margin:0;text-indent:2em;text-align:justify}h1{font:900 24pt/1.2 'Noto Serif CJK SC';text-align:center;margin:0}"
        "h2{font:12pt/1.3 'LXGW WenKai';text-align:center;margin:0}img{object-fit:cover}"
        f"</style><body>{''.join(stories)}</body></html>"
    )


if __name__ == "__main__":
    main()
