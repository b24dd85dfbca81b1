"""The press file, read back: boxes, inks, overprint, marks, output intent, metadata; and what is refused."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms

from printkit.colour.profiles import default_profile
from printkit.pdf.inks import set_inks
from printkit.pdf.marks import GAP, ROOM
from printkit.pdf.separation import BLACK, Separation
from tests.support.checks import page_glyphs, without_actual_text
from tests.support.papers import Built, build_edition, digest, portrait, run, write_paper
from tests.support.plates import PPI, paints, plates

MM = 72 / 25.4
SENTENCE = "车间里的灯亮到很晚，工会的热水也一直烧着；谁来，都有一杯。"
ARTICLE = {
    "headline": "灯下的热水",
    "kicker": "夜班工间",
    "body": f"{SENTENCE * 5}[链接](https://example.org/)与*着重*。\n\n{SENTENCE * 6}\n\n## 小标题\n\n{SENTENCE * 8}",
}


def press_paper(folder: Path, *, css: str = "", paper: dict[str, Any] | None = None, **rest: Any) -> Path:
    """Write a paper with a press profile of its own and, where given, a style sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(default_profile(), folder / "press.icc")
    keys: dict[str, Any] = {"print": {"profile": "press.icc"}} | (paper or {})
    if css:
        (folder / "house.css").write_text(css, encoding="utf-8")
        keys["stylesheets"] = ["house.css"]
    articles = rest.pop("articles", {"lead": ARTICLE})
    return write_paper(folder, articles, paper=keys, **rest)


def build_press(folder: Path, *, variants: str = "print", **rest: Any) -> Built:
    """Build the press file of a paper of one page."""
    return build_edition(press_paper(folder / "paper", **rest), folder / "out", "--for", variants)


def press_file(built: Built) -> pikepdf.Pdf:
    # Some of these pages break a press's rules on purpose; what preflight says of them is tested elsewhere.
    assert [error for error in built.errors() if not error.startswith("preflight.")] == []
    return pikepdf.open(built.folder / "print/01.pdf")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A page of text alone, for web and press."""
    return build_press(tmp_path_factory.mktemp("plain"), variants="web,print")


def box(pdf: pikepdf.Pdf, name: str) -> list[float]:
    return [float(edge) for edge in pdf.pages[0].obj[name]]


# --- the page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("bleed", ["3mm", "0", "5mm"])
def test_boxes(bleed: str, tmp_path: Path) -> None:
    built = build_press(tmp_path, paper={"print": {"profile": "press.icc", "bleed": bleed}})
    pdf = press_file(built)
    wide = float(bleed.removesuffix("mm")) * MM
    margin = wide + ROOM / 1000
    trim = [margin, margin, margin + 270 * MM, margin + 390 * MM]
    assert box(pdf, "/TrimBox") == pytest.approx(trim, abs=0.01)
    spread = [trim[0] - wide, trim[1] - wide, trim[2] + wide, trim[3] + wide]
    assert box(pdf, "/BleedBox") == pytest.approx(spread, abs=0.01)
    assert box(pdf, "/MediaBox") == pytest.approx([0, 0, trim[2] + margin, trim[3] + margin], abs=0.01)
    assert box(pdf, "/MediaBox")[:2] == [0, 0]
    assert "/CropBox" not in pdf.pages[0].obj


def test_the_page_is_that_of_the_web(plain: Built) -> None:
    """Every glyph stands where the web's page has it, the margin of the sheet aside."""
    web = page_glyphs(without_actual_text(plain.pdf("01")))
    press = page_glyphs(without_actual_text(plain.folder / "print/01.pdf"))
    margin = 3 * MM + ROOM / 1000
    assert [g.char for g in press] == [g.char for g in web]
    assert len(web) > 300
    for a, b in zip(web, press, strict=True):
        assert (b.x - margin, b.y - margin, b.size) == pytest.approx((a.x, a.y, a.size), abs=0.01)


def test_what_it_says_of_itself(plain: Built) -> None:
    path = plain.folder / "print/01.pdf"
    data = path.read_bytes()
    assert data.startswith(b"%PDF-1.6")
    pdf = pikepdf.open(path)
    assert not pdf.is_encrypted
    assert "/ID" in pdf.trailer
    info = {key: str(value) for key, value in pdf.docinfo.items()}
    assert info["/Title"] == "试排日报 2024-01-10 01版：试版"
    assert info["/CreationDate"] == info["/ModDate"] == "D:20240110000000Z"
    assert info["/Trapped"] == "/False"
    assert info["/GTS_PDFXVersion"] == "PDF/X-4"
    stream = pdf.Root.Metadata
    assert "/Filter" not in stream
    assert stream.read_raw_bytes() in data
    with pdf.open_metadata() as told:
        assert told["dc:title"] == info["/Title"]
        assert told["pdf:Producer"] == info["/Producer"]
        assert told["pdf:Trapped"] == "False"
        assert told["xmp:CreateDate"] == told["xmp:ModifyDate"] == told["xmp:MetadataDate"] == "2024-01-10T00:00:00Z"
        assert told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert told["xmpMM:DocumentID"].startswith("uuid:")


def test_nothing_of_a_screen_is_left(plain: Built) -> None:
    web, press = pikepdf.open(plain.pdf()), press_file(plain)
    assert "/Annots" in web.pages[0]
    assert "/Outlines" in web.Root
    assert "/Annots" not in press.pages[0]
    assert not {"/Outlines", "/Names", "/PageMode", "/AcroForm", "/OpenAction"} & set(press.Root.keys())


def test_output_intent(plain: Built) -> None:
    pdf = press_file(plain)
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    profile = default_profile()
    assert intent.DestOutputProfile.read_bytes() == profile.read_bytes()
    assert intent.DestOutputProfile.N == 4
    name = " ".join(ImageCms.getProfileDescription(ImageCms.getOpenProfile(str(profile))).split())
    assert intent.OutputConditionIdentifier == intent.Info == name
    assert str(intent.OutputCondition) == f"{name}, total ink 220 %"


# --- inks ---------------------------------------------------------------------------------------------


def test_a_page_of_text_has_inks_alone(plain: Built) -> None:
    pdf = press_file(plain)
    found = paints(pdf)
    assert {paint.space for paint in found} == {"/DeviceCMYK", "/All"}
    assert sum(paint.what == "text" for paint in found) > 20
    operators = {str(instruction.operator) for instruction in pikepdf.parse_content_stream(pdf.pages[0])}
    assert not operators & {"rg", "RG", "g", "G", "sh"}
    assert set(pdf.pages[0].Resources.ColorSpace.keys()) == {"/AllPlates"}


def test_black_overprints_and_nothing_else_does(plain: Built, tmp_path: Path) -> None:
    css = (
        "html.press { --accent: device-cmyk(0 0 0 0) } .headline { color: var(--accent) } .body { color: var(--alert) }"
    )
    for pdf in (press_file(plain), press_file(build_press(tmp_path, css=css))):
        found = paints(pdf)
        assert {paint.overprints for paint in found if paint.parts == BLACK} == {True}
        assert {paint.mode for paint in found if paint.parts == BLACK} == {1}
        assert not [paint for paint in found if paint.parts != BLACK and paint.overprints]
    assert any(paint.what == "text" and paint.parts == (0, 0, 0, 0) for paint in found)
    assert any(paint.what == "text" and paint.parts == (0, 1, 1, 0) for paint in found)


@pytest.mark.press
def test_plates(tmp_path: Path) -> None:
    """On the RIP's plates black stands on a tint without a hole, white text is one, and all plates have the marks."""
    css = """html.press { --tint: device-cmyk(0 0.3 0 0) } html.screen { --tint: #fbb }
        .layout-feature { background: var(--tint) } .kicker { color: var(--paper) }"""
    built = build_press(tmp_path, css=css)
    pdf = press_file(built)
    made = plates(built.folder / "print/01.pdf", tmp_path / "plates")
    scale = PPI / 72
    left, foot, right, top = (edge * scale for edge in box(pdf, "/TrimBox"))
    height = made["Black"].height
    inside = (round(left) + 2, round(height - top) + 2, round(right) - 2, round(height - foot) - 2)
    magenta, black = made["Magenta"].crop(inside), made["Black"].crop(inside)
    tint = magenta.getpixel((5, 5))
    assert isinstance(tint, int)
    assert 150 < tint < 200
    holes = magenta.point(lambda value: 255 if value > tint + 8 else 0).convert("1")
    letters = black.point(lambda value: 255 if value < 40 else 0).convert("1")
    assert letters.histogram()[255] > 5000
    assert holes.histogram()[255] > 200, "the white kicker"
    assert ImageChops.logical_and(holes, letters).getbbox() is None
    assert made["Cyan"].crop(inside).getextrema() == (255, 255)

    (bleed_left, bleed_foot, *_) = (edge * scale for edge in box(pdf, "/BleedBox"))
    band = (0, 0, round(bleed_left - GAP / 2 * scale), height)
    reference = made["Black"].crop(band)
    assert reference.getextrema()[0] == 0
    for plate in made.values():
        assert plate.crop(band).tobytes() == reference.tobytes()
        slug = plate.crop((round(left), round(height - bleed_foot + 2), round(right), height))
        assert slug.point(lambda value: 255 if value < 100 else 0).getbbox()
        for corner in (plate.crop((0, 0, 20, 20)), plate.crop((0, height - 20, 20, height))):
            assert corner.getextrema() == (255, 255)


def test_marks_are_drawn_outside_the_bleed_in_the_separation_of_all_plates(plain: Built) -> None:
    pdf = press_file(plain)
    left, foot, right, top = box(pdf, "/BleedBox")
    inside_marks = False
    outlines = 0
    for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "CS" and operands[0] == "/AllPlates":
            inside_marks = True
        if inside_marks and str(operator) in ("m", "l"):
            x, y = (float(value) for value in operands)
            assert x < left or x > right or y < foot or y > top, (x, y)
            outlines += 1
    assert outlines > 100, "marks, and the slug's outlines"
    assert str(pdf.pages[0].Resources.ColorSpace["/AllPlates"][1]) == "/All"


def test_colour_that_bleeds_reaches_the_bleed_and_no_further(tmp_path: Path) -> None:
    css = """body::before { content: ""; position: absolute; left: -9mm; top: -9mm; width: 60mm; height: 40mm;
        background: var(--accent) }"""
    built = build_press(tmp_path, css=css)
    pdf = press_file(built)
    plate = plates(built.folder / "print/01.pdf", tmp_path / "plates")["Yellow"]
    scale = PPI / 72
    left, _, _, top = (edge * scale for edge in box(pdf, "/BleedBox"))
    colour = plate.crop((0, 0, round(left + 60 * scale), round(plate.height - top + 60 * scale)))
    inked = colour.point(lambda value: 255 if value == 0 else 0)
    # Marks are thin: what is inked over ten pixels and more is the box.
    assert inked.crop((round(left) + 1, round(plate.height - top) + 1, *inked.size)).getextrema() == (255, 255)
    for band in ((0, 0, round(left) - 3, inked.height), (0, 0, inked.width, round(plate.height - top) - 3)):
        assert inked.crop(band).histogram()[255] < 600


def test_rgb_of_a_papers_style_becomes_ink_and_is_told(tmp_path: Path) -> None:
    css = ":root { --accent: #0a7f3c; --ink: #231f20 } .headline { color: var(--accent) } .kicker { color: #888 }"
    built = build_press(tmp_path, css=css)
    pdf = press_file(built)
    found = paints(pdf)
    assert {paint.space for paint in found} == {"/DeviceCMYK", "/All"}
    (told,) = [d for d in built.report["diagnostics"] if d["code"] == "press.rgb-colour"]
    assert "#0a7f3c" in told["message"]
    assert told["page"] == "1"
    texts = {paint.parts for paint in found if paint.what == "text"}
    assert BLACK in texts, "a dark grey is black"
    greys = [parts for parts in texts if parts[:3] == (0, 0, 0) and 0 < parts[3] < 1]
    assert [parts[3] for parts in greys] == pytest.approx([1 - 0x88 / 255], abs=0.001)
    (green,) = [parts for parts in texts if any(parts[:3])]
    assert green[0] > green[1] + 0.3
    assert sum(green) <= 2.21


def test_an_svg_masthead_is_in_inks(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    paper.mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="50" height="20" fill="#c00"/>'
    (paper / "masthead.svg").write_text(svg + '<circle cx="80" cy="10" r="8" stroke="black" fill="none"/></svg>')
    keys = {"print": {"profile": "press.icc"}, "masthead": "masthead.svg"}
    built = build_press(tmp_path, layout="front", paper=keys, articles={"lead": {"headline": "题", "body": SENTENCE}})
    found = paints(press_file(built))
    assert {paint.space for paint in found} == {"/DeviceCMYK", "/All"}
    assert any(paint.what == "stroke" and paint.parts == BLACK and paint.overprints for paint in found)


def test_a_form_that_is_kept_is_left_as_it_is() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    own = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    drawn = pdf.make_stream(b"0 0 1 rg 0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Own=own, Drawn=drawn))
    page.obj.Contents = pdf.make_stream(b"/Own Do /Drawn Do")
    set_inks(pdf, page, Separation(default_profile(), 220), ["Own"])
    assert own.read_bytes() == b"1 0 0 rg 0 0 9 9 re f"
    assert b"rg" not in drawn.read_bytes()


@pytest.mark.parametrize("limit", [100, 150, 220])
def test_a_converted_colour_keeps_to_the_ink_limit(limit: int) -> None:
    separation = Separation(default_profile(), limit)
    for rgb in ((0.1, 0.02, 0.2), (0.5, 0.1, 0.1), (0.0, 0.2, 0.05)):
        ink = separation.ink(rgb)
        assert all(0 <= part <= 1 for part in ink)
        assert sum(ink) <= limit / 100 + 1e-9


# --- the same page box --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "what"),
    [
        ("html.press main { padding-left: 3mm }", "<main> stands at"),
        ("html.press .whole { height: 90% }", "slot “main” stands at"),
        ("html.press .body { font-size: 9.2pt }", "slot “main” sets .body"),
        ("html.press .headline { --interpunct: 1em }", "slot “main” sets .headline"),
        ("html.press .story { border: 1pt solid var(--ink) }", "slot “main” has other custom properties"),
        ("html.press { --columns: 4 }", "columns"),
        ("@page { size: 280mm 390mm }", "off the page"),
        ("@page { size: 300mm 420mm }", "the page is"),
        ("html.press main { height: 500mm }", "off the page"),
    ],
)
def test_a_style_that_moves_something_for_the_press_is_refused(css: str, what: str, tmp_path: Path) -> None:
    edition = press_paper(tmp_path / "paper", css=css)
    ended = run("build", edition, "-o", tmp_path / "out", "--for", "web,print", "--json")
    assert ended.code == 3
    told, *others = ended.report["diagnostics"]
    assert not [d for d in others if d["severity"] == "error"]
    assert told["code"] == "style.variant-moves"
    assert what in told["message"]
    assert "house.css" in told["hint"]
    assert (Path(told["file"]).name, told["line"]) == ("edition.yaml", 6)
    assert not (tmp_path / "out/2024-01-10").exists()
    assert not list((tmp_path / "out").glob(".*")) if (tmp_path / "out").exists() else True


def test_a_style_that_changes_colours_alone_is_used(tmp_path: Path) -> None:
    css = "html.press .headline { color: device-cmyk(1 0 0 0) } html.press .body { color: device-cmyk(0 0 0 1) }"
    built = build_press(tmp_path, css=css)
    assert any(paint.parts == (1, 0, 0, 0) for paint in paints(press_file(built)))


# --- the command --------------------------------------------------------------------------------------


def test_one_file_a_page_and_the_web_stays(plain: Built, tmp_path: Path) -> None:
    shutil.copytree(plain.folder, tmp_path / "out/2024-01-10")
    (tmp_path / "out/2024-01-10/print/07.pdf").write_bytes(b"stale")
    built = build_edition(plain.source, tmp_path / "out", "--for", "print")
    assert [o["path"] for o in built.report["outputs"]] == ["2024-01-10/print/01.pdf"]
    assert sorted(p.name for p in (built.folder / "print").iterdir()) == ["01.pdf"]
    assert digest(built.folder / "web/01.pdf") == digest(plain.pdf("01"))
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    assert [f["path"] for f in manifest["files"]] == ["print/01.pdf", "report.json", "web/01.pdf", "web/edition.pdf"]


def test_a_font_that_no_style_names_is_told(tmp_path: Path) -> None:
    """A layout's own text takes whatever font the system has for a word like this."""
    css = ".folio, .folio * { font-family: monospace }"
    built = build_press(tmp_path, css=css)
    told = {d["message"] for d in built.report["diagnostics"] if d["code"] == "preflight.fonts-allowed"}
    assert any("Mono" in message for message in told)


def test_without_the_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    portrait(tmp_path / "paper/images/a.png")
    pictured = {"headline": "题", "body": "一段。", "pictures": [{"file": "../images/a.png", "caption": "人像"}]}
    sample = write_paper(tmp_path / "paper", {"a": pictured})
    made = [build_edition(sample, tmp_path / "out", *no, "--only", "pages") for no in (["--no-cache"], [])]
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert made[0].report["outputs"] == made[1].report["outputs"]
    again = tmp_path / "again"
    monkeypatch.setenv("XDG_CACHE_HOME", str(again))
    build_edition(sample, tmp_path / "out", "--no-cache", "--only", "pages")
    assert not [path for path in again.rglob("*") if path.is_file()]


@pytest.mark.parametrize("arguments", [["--for", "web,paper"], ["--for", "print", "--only", "edition"], ["--for", ""]])
def test_what_cannot_be_asked_for(arguments: list[str], plain: Built, tmp_path: Path) -> None:
    ended = run("build", plain.source, "-o", tmp_path / "out", *arguments)
    assert ended.code == 2
    assert "usage.option" in ended.err
    assert not (tmp_path / "out").exists()


# --- the press's own values ---------------------------------------------------------------------------


def write_profile(path: Path, kind: str) -> None:
    data = default_profile().read_bytes()
    if kind == "rgb":
        data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    elif kind == "text":
        data = b"this is no profile " * 20
    elif kind == "cut":
        data = data[: len(data) // 2]
    elif kind == "broken":
        data = data[:132] + b"\xff" * (len(data) - 132)
    elif kind == "link":
        data = data[:12] + b"link" + data[16:]
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("rgb", "for RGB, not for CMYK"),
        ("text", "no ICC profile"),
        ("cut", "damaged"),
        ("broken", "damaged"),
        ("link", "class “link”"),
        ("", "there is no file `own.icc`"),
    ],
)
def test_a_profile_that_cannot_serve(kind: str, message: str, tmp_path: Path) -> None:
    edition = press_paper(tmp_path / "paper", paper={"print": {"profile": "own.icc"}})
    if kind:
        write_profile(tmp_path / "paper/own.icc", kind)
    ended = run("build", edition, "-o", tmp_path / "out", "--json")
    assert ended.code == 3
    (told,) = ended.report["diagnostics"]
    assert told["code"] == ("source.bad-profile" if kind else "source.missing-file")
    assert message in told["message"]
    assert told["hint"]
    assert (Path(told["file"]).name, told["line"], told["field"]) == ("paper.yaml", 4, "print.profile")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"bleed": "30mm"}, "`30mm` is no bleed"),
        ({"bleed": "-1mm"}, "`-1mm` is no bleed"),
        ({"bleed": "3"}, "`3` is no bleed"),
        ({"tac": "90%"}, "`90%` is no limit of ink"),
        ({"tac": "2.2"}, "`2.2` is no limit of ink"),
        ({"ppi": "20"}, "`20` is no whole number from 72 to 1200"),
        ({"profile": "../press.icc"}, "lies outside the paper's folder"),
    ],
)
def test_values_of_the_press_that_cannot_be(keys: dict[str, str], message: str, tmp_path: Path) -> None:
    edition = press_paper(tmp_path / "paper", paper={"print": keys})
    (tmp_path / "press.icc").write_bytes(b"")
    ended = run("check", edition, "--json")
    assert ended.code == 3
    (told,) = ended.report["diagnostics"]
    assert message in told["message"]
    assert told["field"] == f"print.{next(iter(keys))}"


def test_chinese_keys(tmp_path: Path) -> None:
    keys = {"印刷": {"特性文件": "press.icc", "出血": "4mm", "总墨量": "240%", "分辨率": 170}, "print": None}
    edition = press_paper(tmp_path / "paper")
    text = (tmp_path / "paper/paper.yaml").read_text(encoding="utf-8")
    del keys["print"]
    shown = text.partition("print:")[0] + f"印刷: {json.dumps(keys['印刷'], ensure_ascii=False)}\n"
    (tmp_path / "paper/paper.yaml").write_text(shown, encoding="utf-8")
    built = build_edition(edition, tmp_path / "out", "--for", "print")
    pdf = press_file(built)
    assert box(pdf, "/TrimBox")[0] - box(pdf, "/BleedBox")[0] == pytest.approx(4 * MM, abs=0.01)
    assert "240 %" in str(pdf.Root.OutputIntents[0].OutputCondition)


def test_the_rendered_page_looks_like_the_webs(plain: Built, tmp_path: Path) -> None:
    """MuPDF's and Poppler's kin agree with the plates: the trimmed page has its ink where the web's has it."""
    import pypdfium2

    pictures = []
    for path in (plain.pdf("01"), plain.folder / "print/01.pdf"):
        document = pypdfium2.PdfDocument(path)
        pictures.append(document[0].render(scale=1).to_pil().convert("L"))
        document.close()
    web, press = pictures
    margin = 3 * MM + ROOM / 1000
    cut = press.transform(web.size, Image.Transform.AFFINE, (1, 0, margin, 0, 1, margin), Image.Resampling.BILINEAR)
    data = io.BytesIO()
    cut.save(data, "PNG")
    for row in range(0, web.height - 40, 40):
        area = (0, row, web.width, row + 40)
        a, b = (255 - sum(i * n for i, n in enumerate(p.crop(area).histogram())) / (40 * web.width) for p in (web, cut))
        assert a == pytest.approx(b, abs=6)


def test_without_a_profile_the_built_in_one_serves(tmp_path: Path) -> None:
    pdf = press_file(build_press(tmp_path, paper={"print": {"bleed": "3mm"}}))
    assert pdf.Root.OutputIntents[0].OutputConditionIdentifier == "printkit newsprint (modelled)"
