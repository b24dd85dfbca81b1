"""Pictures and advertisements in whole editions: how fine and how large they are drawn, what is told, what is refused."""

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from printkit.render.draw import alone
from printkit.render.engine import font_configuration, weasyprint
from tests.support.papers import Built, build_edition, digest, run, write_paper

LONG = "车间里的课堂开讲了，大家围坐在机床旁边听得认真。" * 40


def with_picture(folder: Path, name: str = "a.png") -> Path:
    """An edition with one story and one picture, which the caller draws at `images/`."""
    (folder / "images").mkdir(parents=True)
    pictures = [{"file": f"../images/{name}", "caption": "讲课的人", "credit": "某乙 摄", "columns": 2}]
    return write_paper(folder, {"lead": {"headline": "车间里的课堂", "body": LONG, "pictures": pictures}})


def with_ad(folder: Path, ad: Path) -> Path:
    """An edition with one advertisement on a page of its own."""
    place = {"column": 1, "row": 1, "columns": 4, "rows": 30}
    stories: list[dict[str, Any]] = [{"ad": ad.name, "at": place, "alt": "银行广告"}]
    return write_paper(folder, {}, layout="auto", stories=stories)


def poster(path: Path) -> Path:
    """An advertisement of 140 by 125 mm with a font of its own and no picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    html = (
        '<html lang="zh-CN"><title>海报</title><style>@page{size:140mm 125mm;margin:0}'
        "body{margin:0;font:bold 40pt 'Noto Sans CJK SC'}</style><body>存款有礼</body></html>"
    )
    with alone():
        weasyprint.HTML(string=html).write_pdf(path, font_config=font_configuration())
    return path


def told(built: Built) -> dict[str, Any]:
    return {d["code"]: d for d in built.report["diagnostics"]}


def pictures(built: Built) -> list[Any]:
    with pikepdf.open(built.pdf("01")) as document:
        return [(int(p.Width), str(p.ColorSpace), str(p.Filter)) for p in document.pages[0].get_images().values()]


@pytest.mark.usefixtures("anew")
def test_a_large_picture_is_drawn_at_150_ppi_and_the_same_every_time(tmp_path: Path) -> None:
    edition = with_picture(tmp_path / "paper")
    noise = Image.merge("RGB", [Image.effect_noise((2400, 1600), 60) for _ in range(3)])
    noise.save(tmp_path / "paper/images/a.png")
    built = build_edition(edition, tmp_path / "one")
    [(width, space, kind)] = pictures(built)
    assert (space, kind) == ("/DeviceRGB", "/DCTDecode")
    assert 400 < width < 800  # two of five columns are 92 mm
    assert digest(built.pdf("01")) == digest(build_edition(edition, tmp_path / "two").pdf("01"))


def test_a_cmyk_tiff_is_shown(tmp_path: Path) -> None:
    edition = with_picture(tmp_path / "paper", "a.tif")
    Image.new("CMYK", (1200, 800), (0, 255, 255, 0)).save(tmp_path / "paper/images/a.tif")
    [(_, space, _)] = pictures(build_edition(edition, tmp_path / "out"))
    assert space == "/DeviceRGB"


def test_a_broken_profile_is_a_warning_at_the_pictures_line(tmp_path: Path) -> None:
    edition = with_picture(tmp_path / "paper", "a.jpg")
    Image.new("RGB", (1200, 800), "red").save(tmp_path / "paper/images/a.jpg", icc_profile=b"no profile at all")
    built = build_edition(edition, tmp_path / "out")
    found = told(built)["pictures.broken-profile"]
    assert (found["severity"], found["field"], found["story"]) == ("warning", "pictures[0]", "lead")
    assert found["file"].endswith("lead.yaml")
    assert found["bbox"]


@pytest.mark.parametrize(
    ("size", "words"), [((1, 1), "has only 1 × 1 pixels"), ((30_000, 20), "is 30,000 × 20 pixels")]
)
def test_a_picture_that_no_page_can_use_is_told_and_nothing_is_written(
    size: tuple[int, int], words: str, tmp_path: Path
) -> None:
    edition = with_picture(tmp_path / "paper")
    Image.new("L", size).save(tmp_path / "paper/images/a.png")
    ended = run("build", edition, "-o", tmp_path / "out")
    assert ended.code == 3
    assert f"error[source.bad-picture]: the picture {words}" in ended.err
    assert "lead.yaml:" in ended.err
    assert not (tmp_path / "out").exists()


def test_a_picture_broken_inside_ends_the_build_with_nothing_written(tmp_path: Path) -> None:
    edition = with_picture(tmp_path / "paper", "a.tif")
    path = tmp_path / "paper/images/a.tif"
    Image.effect_noise((1200, 800), 60).save(path, compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    data[1000:-1000] = b"\x55" * (len(data) - 2000)
    path.write_bytes(data)
    ended = run("build", edition, "-o", tmp_path / "out")
    assert ended.code == 3
    assert "error[pictures.cannot-decode]: a.tif" in ended.err
    assert "lead.yaml:" in ended.err
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_an_ad_keeps_its_type_and_its_font(tmp_path: Path) -> None:
    built = build_edition(with_ad(tmp_path, poster(tmp_path / "bank.pdf")), tmp_path / "out")
    assert not {code for code in told(built) if code.startswith("ads.")}
    document = pypdfium2.PdfDocument(built.pdf())
    assert "存款有礼" in document[0].get_textpage().get_text_range()
    document.close()
    with pikepdf.open(built.pdf()) as drawn:
        assert not drawn.check_pdf_syntax()
        form = drawn.pages[0].obj.Resources.XObject.ad0
        [font] = form.Resources.Font.values()
        assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor


def test_an_ad_stands_upright_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bank.pdf"
    page = pikepdf.new()
    page.add_blank_page(page_size=(400, 400))
    page.pages[0].contents_add(b"0 0 1 rg 0 0 400 400 re f 1 0 0 rg 0 200 200 200 re f")
    page.save(path)
    built = build_edition(with_ad(tmp_path, path), tmp_path / "out")
    document = pypdfium2.PdfDocument(built.pdf())
    shown = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    seen = [(x, y) for y in range(shown.height) for x in range(shown.width) if shown.getpixel((x, y)) == (0, 0, 255)]
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, foot = min(y for _, y in seen), max(y for _, y in seen)
    assert abs((right - left) - (foot - top)) <= 2  # whole, in its own ratio
    assert shown.getpixel((left + 5, top + 5)) == (255, 0, 0)
    [(x, _, width, _)] = built.story("bank")["rectangles"]
    assert abs((left + right) / 2 - (x + width / 2)) < 2  # in the middle


def test_an_ad_without_its_fonts_or_of_another_size_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bank.pdf"
    page = pikepdf.new()
    page.add_blank_page(page_size=(200, 180))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.pages[0].contents_add(b"BT /F1 20 Tf 20 20 Td (Bank) Tj ET")
    page.save(path)
    found = told(build_edition(with_ad(tmp_path, path), tmp_path / "out"))
    for code in ("ads.font-not-embedded", "ads.size"):
        assert (found[code]["severity"], found[code]["story"]) == ("warning", "bank")
        assert found[code]["file"].endswith("edition.yaml")
        assert found[code]["line"] > 1


def test_an_ad_that_is_broken_inside_is_refused(tmp_path: Path) -> None:
    path = poster(tmp_path / "bank.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as page:
        page.pages[0].obj.Resources.Font[next(iter(page.pages[0].obj.Resources.Font.keys()))] = 7
        page.save()
    ended = run("build", with_ad(tmp_path, path), "-o", tmp_path / "out")
    assert ended.code == 3
    assert "error[ads.broken]" in ended.err
    assert "edition.yaml:" in ended.err


def test_transparent_parts_of_a_picture_are_white(tmp_path: Path) -> None:
    edition = with_picture(tmp_path / "paper")
    image = Image.new("RGBA", (1200, 800), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 100, 100), fill=(255, 0, 0, 255))
    image.save(tmp_path / "paper/images/a.png")
    with pikepdf.open(build_edition(edition, tmp_path / "out").pdf("01")) as drawn:
        [picture] = drawn.pages[0].get_images().values()
        assert "/SMask" not in picture


def test_in_the_archive_an_ad_is_a_picture(tmp_path: Path) -> None:
    edition = with_ad(tmp_path, poster(tmp_path / "bank.pdf"))
    built = build_edition(edition, tmp_path / "out", "--for", "web,archive")
    with pikepdf.open(built.folder / "archive/edition.pdf") as kept, pikepdf.open(built.pdf()) as shown:
        [picture] = kept.pages[0].get_images().values()
        assert round(140 / 25.4 * 300) - 1 <= int(picture.Width) <= round(140 / 25.4 * 300) + 1
        assert not shown.pages[0].get_images()
