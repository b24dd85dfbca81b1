"""Pictures in every place and of every kind on built pages: web, print with its preflight, archive, reprint, site."""

import base64
import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image, ImageDraw

from printkit.commands.check import check
from printkit.model.geometry import Rect
from printkit.model.page import MadeUpStory, PictureBox, TextBox
from printkit.render.draw import svg_page
from tests.support.checks import page_glyphs, pdfium_text, squeeze, without_actual_text
from tests.support.papers import Built, build_edition, run, write_paper, write_yaml
from tests.support.structure import Structure
from tests.support.verapdf import failures

COPY = (
    "热水房的灯亮到夜里十点。班长把新课表贴在门口，六门课一门一门讲给大家听。“听得懂，用得上，才算数。”他说，"
    "学员自己点单，教员自己备课，教室就设在工段里，下了班走几步就到，三个月开了四十六堂。"
)
HEADLINE = "夜校开进车间里"
PICTURES: dict[str, dict[str, Any]] = {
    "head": {"file": "dark.jpg", "place": "head"},
    "under": {"file": "dark.jpg", "place": "under", "safe": [0.05, 0.05, 0.7, 0.5]},
    "light": {"file": "light.jpg", "位置": "under", "压题区": [0.05, 0.05, 0.7, 0.5]},
    "foot": {"file": "dark.jpg", "place": "foot", "side": "left", "columns": 2},
    "svg": {"file": "chart.svg", "columns": 3, "alt": "三个月开课的图表"},
    "pdf": {"file": "chart.pdf", "columns": 3, "alt": "三个月开课的图表"},
    "inks": {"file": "inks.pdf", "columns": 3},
    "cutout": {"文件": "figure.png", "抠图": "是", "左右": "left"},
    "group": {"file": ["chart.svg", "chart.pdf"], "columns": 4, "caption": "图①和图②"},
}
"""A page each, of one story over four columns."""
DRAWINGS = ("svg", "pdf", "inks", "group")


def encoded() -> str:
    image = Image.merge("RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256), 90)])
    out = io.BytesIO()
    image.save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def chart() -> str:
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 360">
        <style>.t{{font:bold 28px "Noto Sans CJK SC"}} .n{{font-family:"Noto Sans CJK SC",sans-serif;font-size:22px}}</style>
        <defs><linearGradient id="g"><stop stop-color="#c00"/><stop offset="1" stop-color="#06c"/></linearGradient></defs>
        <rect width="600" height="360" fill="#e8d8b0"/><text class="t" x="60" y="50">开课次数统计</text>
        <rect x="60" y="80" width="480" height="40" fill="url(#g)"/>
        <g id="bar"><rect x="60" y="160" width="80" height="140" fill="#c0392b"/><text class="n" x="70" y="335">一月</text></g>
        <use href="#bar" x="160"/><circle cx="460" cy="230" r="60" fill="#2980b9"/>
        <path d="M60 310H540" stroke="#222" stroke-width="3"/>
        <image x="420" y="140" width="90" height="90" href="{encoded()}"/></svg>"""


def drawn_pdf(path: Path, *, inks: bool = False) -> None:
    """A chart in PDF, with its font in it; in RGB, or with its red as inks."""
    drawing = path.with_suffix(".drawing.svg")
    drawing.write_text(
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 90"><rect y="20" width="150" height="40" fill="#c33"/>
        <text y="14" font-family="Noto Sans CJK SC" font-weight="bold" font-size="12" fill="#c33">信息图表</text></svg>""",
        encoding="utf-8",
    )
    path.write_bytes(svg_page(PictureBox(Rect(0, 0, 450_000, 270_000), drawing, "")))
    if not inks:
        return
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        streams = [document.pages[0].Contents, *document.pages[0].obj.Resources.XObject.values()]
        for stream in streams:
            red = pikepdf.ContentStreamInstruction([pikepdf.Object.parse(b"0"), 1, 1, 0], pikepdf.Operator("k"))
            kept = [red if str(i.operator) == "rg" else i for i in pikepdf.parse_content_stream(stream)]
            stream.write(pikepdf.unparse_content_stream(kept))
        document.save()


def draw(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, level in (("dark", 30), ("light", 230)):
        image = Image.new("RGB", (1600, 1000), (level, level, level + 20))
        ImageDraw.Draw(image).ellipse((1000, 600, 1300, 900), fill=(180, 90, 60))
        image.save(folder / f"{name}.jpg", quality=92)
    figure = Image.new("RGBA", (600, 900), (0, 0, 0, 0))
    ImageDraw.Draw(figure).polygon([(0, 0), (60, 0), (590, 890), (0, 890)], fill=(120, 60, 40, 255))
    figure.save(folder / "figure.png")
    (folder / "chart.svg").write_text(chart(), encoding="utf-8")
    drawn_pdf(folder / "chart.pdf")
    drawn_pdf(folder / "inks.pdf", inks=True)


ON_SITE = ("under", "foot", "svg", "pdf")
"""What the e-paper and the reprints show otherwise than the page, each of its kind."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    edition = write_paper(folder, {}, paper={"site": {"wechat": False}})
    draw(folder / "articles")
    place = {"column": 1, "row": 1, "columns": 4, "rows": 70}
    pages = []
    for number, (name, picture) in enumerate(PICTURES.items(), 1):
        copy = {
            "kicker": "职工点单",
            "headline": HEADLINE,
            "deck": "三个月开课四十六堂",
            "byline": [{"role": "本报记者", "name": "甲某某"}],
            "body": "\n\n".join([COPY] * 12),
            "pictures": [{"caption": "夜课堂上", "credit": "某乙 制图"} | picture],
        }
        write_yaml(folder / f"articles/{name}.yaml", copy)
        story = {"article": f"articles/{name}.yaml", "level": 2, "at": place}
        pages.append({"number": str(number), "layout": "auto", "stories": [story]})
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})


@pytest.fixture(scope="module")
def built(source: Path) -> Built:
    return build_edition(source, source.parent / "out", "--for", "web,print,archive")


@pytest.fixture(scope="module")
def stories(source: Path) -> dict[str, MadeUpStory]:
    return {story.story.id: story for page in check(source).pages for story in page.stories}


def number(name: str) -> str:
    return f"{list(PICTURES).index(name) + 1:02}"


def printed(built: Built, name: str) -> bytes:
    return (built.folder / f"print/{number(name)}.pdf").read_bytes()


def look(data: bytes, box: PictureBox, made: MadeUpStory, margin: float = 0) -> Image.Image:
    """What a page shows of a picture's box, a pixel a point."""
    document = pypdfium2.PdfDocument(data)
    image: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    left, top = (at / 1000 + margin for at in (made.rect.x + box.rect.x, made.rect.y + box.rect.y))
    return image.crop(
        (round(left), round(top), round(left + box.rect.width / 1000), round(top + box.rect.height / 1000))
    )


def shots(made: MadeUpStory) -> list[PictureBox]:
    return [box for box in made.boxes if isinstance(box, PictureBox)]


def heads(made: MadeUpStory) -> list[TextBox]:
    return [box for box in made.boxes if isinstance(box, TextBox) and box.role in ("kicker", "headline", "deck")]


def test_nothing_is_wrong_for_the_press(built: Built) -> None:
    told = {d["code"] for d in built.report["diagnostics"] if d["severity"] == "error"}
    assert told <= {"makeup.page-white"}, "the pages are not full, and nothing else is amiss"
    assert "preflight.transparency" not in {d["code"] for d in built.report["diagnostics"]}


def test_a_drawing_is_vectors_in_every_file_and_has_its_text(built: Built) -> None:
    for name, words in (("svg", "开课次数统计"), ("pdf", "信息图表"), ("inks", "信息图表"), ("group", "开课次数统计")):
        assert words in squeeze(pdfium_text(built.pdf(number(name)))), name
        assert words in squeeze(pdfium_text(built.folder / f"print/{number(name)}.pdf")), name
    for name, words in (("svg", "开课次数统计"), ("pdf", "信息图表")):
        archived = pdfium_text(built.folder / "archive/edition.pdf", list(PICTURES).index(name))
        assert words in squeeze(archived), name


def test_its_fonts_are_in_the_file(built: Built) -> None:
    for folder in ("web", "print"):
        glyphs = page_glyphs(without_actual_text(built.folder / f"{folder}/{number('svg')}.pdf"))
        title = [glyph for glyph in glyphs if glyph.char in "统计" and glyph.size > 10]
        assert title
        assert all("NotoSansCJK" in glyph.font.replace("-", "") for glyph in title), {g.font for g in title}


@pytest.mark.parametrize("name", DRAWINGS)
def test_print_has_inks_alone(name: str, built: Built) -> None:
    with pikepdf.open(io.BytesIO(printed(built, name))) as document:
        spaces = {
            str(o.get("/ColorSpace")) for o in document.objects if isinstance(o, pikepdf.Stream) and "/ColorSpace" in o
        }
        shadings = {
            str(o.ColorSpace) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/ShadingType" in o
        }
        streams = [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        operators = {str(i.operator) for s in (*streams, *document.pages) for i in pikepdf.parse_content_stream(s)}
    assert not spaces - {"/DeviceCMYK", "/DeviceGray"}
    assert not shadings - {"/DeviceCMYK"}
    assert not {"rg", "RG"} & operators
    assert bool(shadings) is (name in ("svg", "group"))


@pytest.mark.parametrize("name", ["svg", "pdf"])
def test_a_drawing_fills_its_box_and_looks_the_same_on_screen_and_in_print(
    name: str, built: Built, stories: dict[str, MadeUpStory]
) -> None:
    [box] = shots(stories[name])
    assert max(box.cut_off) < 0.002
    screen = look(built.pdf(number(name)).read_bytes(), box, stories[name])
    with pikepdf.open(io.BytesIO(printed(built, name))) as document:
        margin = float(document.pages[0].TrimBox[0])
    press = look(printed(built, name), box, stories[name], margin)
    ground = (0.5, 0.02) if name == "svg" else (0.5, 0.4)
    colours = [
        image.getpixel((int(image.width * ground[0]), int(image.height * ground[1]))) for image in (screen, press)
    ]
    assert all(isinstance(colour, tuple) for colour in colours)
    assert max(abs(a - b) for a, b in zip(*colours, strict=True)) < 70
    assert colours[0] == ((232, 216, 176) if name == "svg" else (204, 51, 51))


def test_a_headline_stands_on_its_picture_white_or_in_ink(built: Built, stories: dict[str, MadeUpStory]) -> None:
    for name, tone, level in (("under", "white", 255), ("light", "ink", 30)):
        made = stories[name]
        [box] = shots(made)
        assert {head.on_picture for head in heads(made)} == {tone}
        assert all(box.rect.y <= head.rect.y and head.rect.bottom <= box.rect.bottom for head in heads(made))
        image = look(built.pdf(number(name)).read_bytes(), box, made).convert("L")
        [headline] = [head for head in heads(made) if head.role == "headline"]
        left, top = ((headline.rect.x - box.rect.x) // 1000, (headline.rect.y - box.rect.y) // 1000)
        seen = image.crop(
            (left, top, left + headline.lines[0].width // 1000, top + headline.pitch // 1000)
        ).getextrema()
        assert (seen[1] if tone == "white" else seen[0]) == pytest.approx(level, abs=12)


@pytest.mark.parametrize("name", ["head", "under"])
def test_the_headline_is_read_first_and_the_picture_is_a_figure(name: str, built: Built) -> None:
    art = Structure(built.folder / "archive/edition.pdf").root.all("Art")[list(PICTURES).index(name)]
    said = [(tag.name, squeeze(tag.text)) for tag in art.kids]
    names = [kind for kind, _ in said]
    assert names.index("Div") > next(n for n, (_, text) in enumerate(said) if text == HEADLINE)
    assert [tag.alt for tag in art.all("Figure")] == ["夜课堂上"]


def test_a_drawing_is_a_figure_with_its_alternate_text(built: Built) -> None:
    structure = Structure(built.folder / "archive/edition.pdf")
    for name in ("svg", "pdf"):
        art = structure.root.all("Art")[list(PICTURES).index(name)]
        assert [tag.alt for tag in art.all("Figure")] == ["三个月开课的图表"]


@pytest.mark.verapdf
def test_the_files_pass_their_standards(built: Built) -> None:
    for file, profile in (("archive", "PDFA-2A"), ("archive", "PDFUA-1"), ("web", "PDFUA-1")):
        assert failures(built.folder / f"{file}/edition.pdf", profile) == [], (file, profile)


def test_inks_become_a_picture_in_the_archive_alone(built: Built) -> None:
    kinds = {}
    with pikepdf.open(built.folder / "archive/edition.pdf") as document:
        for name in ("pdf", "inks"):
            page = document.pages[list(PICTURES).index(name)]
            kinds[name] = str(page.obj.Resources.XObject.drawing0.Subtype)
    assert kinds == {"pdf": "/Form", "inks": "/Image"}


def test_text_follows_the_figure(stories: dict[str, MadeUpStory]) -> None:
    made = stories["cutout"]
    [box] = shots(made)
    assert box.rect.x == 0
    measures = {
        line.measure
        for text in made.boxes
        if isinstance(text, TextBox) and text.role == "body" and text.rect.y < box.rect.bottom
        for line in text.lines
        if text.rect.x < box.rect.right
    }
    assert len(measures) > 2


def test_what_is_cut_off_is_in_the_report_and_nothing_of_a_drawing(built: Built) -> None:
    for name in ("head", "under", "foot"):
        assert all(max(c[side] for side in ("left", "top", "right", "bottom")) < 20 for c in built.story(name)["crops"])
    for name in (*DRAWINGS, "cutout"):
        assert built.story(name)["crops"] == []


def test_the_site_has_heading_then_plain_picture_and_no_svg(source: Path, tmp_path: Path) -> None:
    told = yaml.load(source.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text alone
    told["pages"] = [page for page, name in zip(told["pages"], PICTURES, strict=True) if name in ON_SITE]
    ended = run("site", write_yaml(source.with_name("some.yaml"), told), "-o", tmp_path / "site", "--json")
    issue = tmp_path / "site/2024/01/10"
    assert ended.code == 1, "the pages are not full"
    for name in ON_SITE:
        view = (issue / f"story/{name}.html").read_text(encoding="utf-8")
        assert '.svg"' not in view.partition("<article")[2].partition("</article>")[0]
        assert view.index("<h1>") < view.index("<figure")
        assert "<script>" not in view
        if name == "foot":
            article = view.partition("<article")[2].partition("</article>")[0]
            assert article.index("<figure") > article.rindex("四十六堂。")
    with Image.open(issue / "media/svg-1-640.jpg") as picture:
        drawn = picture.convert("L")
    title = drawn.crop((60, 20, 300, 60))
    assert any(title.histogram()[:60]), "the text of the drawing is there"
    clip = squeeze(pdfium_text(issue / "clip/under.pdf"))
    assert clip.index(HEADLINE) < clip.index("热水房")
    assert "信息图表" in squeeze(pdfium_text(issue / "clip/pdf.pdf"))


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<script>x()</script>", "line 1 of the SVG has a script"),
        ("<image href='http://wanghe.example/a.png'/>", "reference outside"),
        ("<text font-family='No Such Song'>字</text>", "a font that is not installed: No Such Song"),
        ("<text font-family='sans-serif'>字</text>", "a font that is not installed: sans-serif"),
        ("<text>字</text>", "has text and names no font"),
        ("<rect filter='url(#a)'/>", "a filter"),
        ("<path d='M0 0'/>" * 20_001, "too large to be drawn"),
    ],
)
def test_a_drawing_that_cannot_be_drawn_ends_the_run_at_its_line(inside: str, says: str, tmp_path: Path) -> None:
    edition = write_paper(
        tmp_path, {"lead": {"headline": HEADLINE, "body": COPY, "pictures": [{"caption": "图", "file": "a.svg"}]}}
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">{inside}</svg>'
    (tmp_path / "articles/a.svg").write_text(svg, encoding="utf-8")
    ended = run("build", edition, "-o", tmp_path / "out")
    assert ended.code == 3
    assert says in ended.err
    assert "articles/lead.yaml:" in ended.err
    assert not (tmp_path / "out").exists()


def test_a_pdf_without_its_fonts_ends_the_run_at_its_line(tmp_path: Path) -> None:
    edition = write_paper(
        tmp_path, {"lead": {"headline": HEADLINE, "body": COPY, "pictures": [{"caption": "图", "file": "a.pdf"}]}}
    )
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 100))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/SomeSong"))
    document.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    document.pages[0].contents_add(b"BT /F 9 Tf (a) Tj ET")
    document.save(tmp_path / "articles/a.pdf")
    ended = run("build", edition, "-o", tmp_path / "out")
    assert ended.code == 3
    assert "pictures.font-missing" in ended.err
    assert "SomeSong" in ended.err
    assert "articles/lead.yaml:" in ended.err
