"""Advertisements in PDF: placed as forms with all that is in them, and what a press would send back told before."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from printkit.diagnostics import Severity, SourceRef
from printkit.pdf.ad_check import ad_facts, ad_findings
from printkit.pdf.ads import ad_form, place_ads
from printkit.pictures.ads import read_ad_size
from printkit.pictures.decode import decode

WHERE = SourceRef("edition.yaml", 9, 9, "pages[0].stories[1].ad")
SET = b" BT /F1 9 Tf (a) Tj ET"
DRAWN = b"0 1 1 0 k 0 0 220 120 re f 1 0 0 0 k 10 10 50 50 re f"


def page(path: Path, content: bytes = DRAWN, turned: int = 0, **resources: Any) -> Path:
    """A page of 220 by 120 points, trimmed to 200 by 100."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(220, 120))
    first = document.pages[0]
    first.TrimBox = Array([10, 10, 210, 110])
    first.Rotate = turned
    first.obj.Resources = document.make_indirect(Dictionary(**resources)) if resources else Dictionary()
    first.contents_add(content)
    document.save(path)
    return path


def font(**keys: Any) -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/SomeSong"), **keys)


def shown(out: pikepdf.Pdf) -> Image.Image:
    data = io.BytesIO()
    out.save(data)
    document = pypdfium2.PdfDocument(data.getvalue())
    image: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    return image


def with_hole() -> pikepdf.Pdf:
    """A page of 300 points with an empty form where the advertisement shall stand, as `render.draw` leaves it."""
    out = pikepdf.new()
    out.add_blank_page(page_size=(300, 300))
    empty = out.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    out.pages[0].obj.Resources = Dictionary(XObject=Dictionary(ad0=empty))
    return out


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_fills_its_box_trimmed_and_turned_as_it_is_seen(turned: int, tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", turned=turned)
    width, height = (side // 1000 for side in read_ad_size(file))
    assert (width, height) == ((100, 200) if turned in (90, 270) else (200, 100))
    out = with_hole()
    out.pages[0].contents_add(f"q {width} 0 0 {height} 20 30 cm /ad0 Do Q".encode())
    place_ads(out, [{"ad0": file}])
    whole = shown(out)
    seen = whole.crop((20, 270 - height, 20 + width, 270))
    alone = decode(file.read_bytes(), (width, height)).image
    assert seen.size == alone.size
    assert not any(ImageChops.difference(seen, alone).convert("L").histogram()[20:])
    assert whole.getpixel((10, 280)) == (255, 255, 255)


def test_fonts_and_inks_come_along_and_one_file_is_one_form(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", DRAWN + SET, Font=Dictionary(F1=font()))
    out = with_hole()
    out.add_blank_page()
    out.pages[1].obj.Resources = Dictionary(XObject=Dictionary(ad0=out.pages[0].obj.Resources.XObject.ad0))
    place_ads(out, [{"ad0": file}, {"ad0": file}])
    first, second = (found.obj.Resources.XObject.ad0 for found in out.pages)
    assert first.objgen == second.objgen
    assert first.Resources.Font.F1.BaseFont == "/SomeSong"
    assert b"0 1 1 0 k" in first.read_bytes()


@pytest.mark.parametrize("content", [DRAWN, b"0.5 g 0 0 220 120 re f", b"/S0 sh"])
def test_for_an_archive_a_page_is_a_picture_in_the_same_place(content: bytes, tmp_path: Path) -> None:
    blend = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 220, 120]), Function=blend)
    file = page(tmp_path / "a.pdf", content, turned=90, Shading=Dictionary(S0=shade))
    seen = []
    for as_pictures in (False, True):
        out = with_hole()
        out.pages[0].contents_add(b"q 100 0 0 200 20 30 cm /ad0 Do Q")
        place_ads(out, [{"ad0": file}], as_pictures=[file] if as_pictures else [])
        seen.append(shown(out))
    picture = out.pages[0].obj.Resources.XObject.ad0
    assert (picture.Subtype, int(picture.Width), int(picture.Height)) == (Name.Image, 417, 834)
    assert picture.ColorSpace in (Name.DeviceRGB, Name.DeviceGray)
    off = ImageChops.difference(*seen).convert("L").crop((25, 75, 115, 265)).histogram()
    assert sum(off[25:]) < 200  # but for soft edges, they look the same


def test_subsets_of_two_files_have_tags_of_their_own(tmp_path: Path) -> None:
    out = pikepdf.new()
    names = []
    for stem in ("a", "b"):
        file = page(tmp_path / f"{stem}.pdf", SET + stem.encode(), Font=Dictionary(F1=font()))
        with pikepdf.open(file, allow_overwriting_input=True) as document:
            inner = document.make_indirect(
                Dictionary(BaseFont=Name("/ABCDEF+Hei"), FontDescriptor=Dictionary(FontName=Name("/ABCDEF+Hei")))
            )
            outer = Dictionary(Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Hei"), DescendantFonts=Array([inner]))
            document.pages[0].obj.Resources.Font = Dictionary(F1=outer, F2=outer)
            document.save()
        made = ad_form(out, file).Resources.Font.F1
        [descendant] = made.DescendantFonts
        assert made.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName
        names.append(str(made.BaseFont))
    assert len({*names, "/ABCDEF+Hei"}) == 3
    assert all(name.endswith("+Hei") and len(name) == 11 for name in names)


def test_a_hole_inside_a_group_is_found(tmp_path: Path) -> None:
    out = with_hole()
    inner = out.pages[0].obj.Resources.XObject.ad0
    group = out.make_stream(b"/ad0 Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(ad0=inner)))
    out.pages[0].obj.Resources = Dictionary(XObject=Dictionary(x0=group))
    place_ads(out, [{"ad0": page(tmp_path / "a.pdf")}])
    assert DRAWN[:9] in group.Resources.XObject.ad0.read_bytes()


def test_marks_of_another_structure_are_taken_out(tmp_path: Path) -> None:
    marked = b"/Figure <</MCID 3>> BDC " + DRAWN + b" EMC"
    out = pikepdf.new()
    form = ad_form(out, page(tmp_path / "a.pdf", marked))
    assert [str(item.operator) for item in pikepdf.parse_content_stream(form)] == ["k", "re", "f", "k", "re", "f"]


def test_a_note_on_the_page_is_kept_as_it_looks(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf")
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        look = document.make_stream(b"0 g 0 0 20 20 re f", Subtype=Name.Form, BBox=Array([0, 0, 20, 20]))
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([100, 60, 120, 80]), AP=Dictionary(N=look)
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(note)])
        document.save()
    out = with_hole()
    out.pages[0].contents_add(b"q 200 0 0 100 0 0 cm /ad0 Do Q")
    place_ads(out, [{"ad0": file}])
    assert shown(out).getpixel((100, 240)) == (0, 0, 0)


def codes(file: Path, *, press: bool = True, place: tuple[int, int] = (200_000, 100_000)) -> dict[str, Severity]:
    return {d.code: d.severity for d in ad_findings(file, (200_000, 100_000), place, WHERE, press=press)}


def test_an_ad_in_the_presss_inks_is_not_told_of(tmp_path: Path) -> None:
    assert codes(page(tmp_path / "a.pdf")) == {}


def test_a_font_that_is_not_in_the_file_is_told(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", SET, Font=Dictionary(F1=font()))
    assert codes(file) == {"ads.font-not-embedded": Severity.ERROR}
    assert codes(file, press=False) == {"ads.font-not-embedded": Severity.WARNING}
    [found] = ad_findings(file, (200_000, 100_000), (200_000, 100_000), WHERE, press=True)
    assert "SomeSong" in found.message.zh
    assert found.where == WHERE


def test_embedded_fonts_are_right(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    page(file, SET + SET.replace(b"F1", b"F2") + SET.replace(b"F1", b"F3"), Font=Dictionary(F1=font()))
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        held = document.make_stream(b"font")
        fonts = document.pages[0].obj.Resources.Font
        fonts.F1.FontDescriptor = Dictionary(FontFile2=held)
        inner = Dictionary(Subtype=Name.CIDFontType2, FontDescriptor=Dictionary(FontFile3=held))
        fonts.F2 = Dictionary(Subtype=Name.Type0, BaseFont=Name("/Hei"), DescendantFonts=Array([inner]))
        fonts.F3 = Dictionary(Subtype=Name.Type3)
        document.save()
    assert codes(file) == {}


@pytest.mark.parametrize(
    ("content", "resources"),
    [
        (b"1 0 0 rg 0 0 9 9 re f", {}),
        (b"1 0 0 RG 0 0 9 9 re S", {}),
        (b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f", {}),
        (b"q BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q", {}),
        (b"/C0 cs", {"ColorSpace": Dictionary(C0=Array([Name.CalRGB, Dictionary(WhitePoint=Array([1, 1, 1]))]))}),
        (b"/C0 CS", {"ColorSpace": Dictionary(C0=Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"]))}),
        (b"/S0 sh", {"Shading": Dictionary(S0=Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB))}),
        (
            b"/Pattern cs /P0 scn",
            {"Pattern": Dictionary(P0=Dictionary(PatternType=2, Shading=Dictionary(ColorSpace=Name.DeviceRGB)))},
        ),
    ],
)
def test_rgb_is_an_error_for_the_press_alone(content: bytes, resources: dict[str, Any], tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", content, **resources)
    assert codes(file) == {"ads.rgb": Severity.ERROR}
    assert codes(file, press=False) == {}


def test_rgb_is_found_in_forms_and_pictures_inside(tmp_path: Path) -> None:
    for kind in ("form", "picture"):
        file = page(tmp_path / f"{kind}.pdf", b"/X0 Do", XObject=Dictionary())
        with pikepdf.open(file, allow_overwriting_input=True) as document:
            if kind == "form":
                made = document.make_stream(b"1 0 0 rg", Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
            else:
                space = Array([Name.ICCBased, document.make_stream(b"", N=3)])
                made = document.make_stream(b"abc", Subtype=Name.Image, Width=1, Height=1, ColorSpace=space)
            document.pages[0].obj.Resources.XObject.X0 = made
            document.save()
        assert codes(file) == {"ads.rgb": Severity.ERROR}, kind


def test_other_inks_and_hidden_layers_are_told(tmp_path: Path) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 0, 0]), N=1)
    spaces = Dictionary(
        C0=Array([Name.Separation, Name("/PANTONE 032 C"), Name.DeviceCMYK, tint]),
        C1=Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint]),
    )
    file = page(tmp_path / "a.pdf", b"/C0 cs 1 scn /C1 cs 1 scn", ColorSpace=spaces)
    assert ad_facts(file).spots == {"PANTONE 032 C"}
    assert codes(file) == {"ads.spot": Severity.WARNING}
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="old price"))
        document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        document.save()
    assert codes(file, press=False) == {"ads.hidden-layer": Severity.WARNING}


@pytest.mark.parametrize(("share", "told"), [(1.0, False), (1.04, False), (0.97, False), (0.9, True), (1.2, True)])
def test_an_ad_made_for_another_size_is_told(share: float, told: bool, tmp_path: Path) -> None:
    place = round(200_000 * share), round(100_000 * share)
    assert codes(page(tmp_path / "a.pdf"), place=place) == ({"ads.size": Severity.WARNING} if told else {})


def test_a_file_that_is_broken_inside_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(pikepdf.PdfError):
        ad_facts(page(tmp_path / "a.pdf", SET, Font=Dictionary(F1=7)))


def test_what_stands_in_the_file_unused_is_not_told(tmp_path: Path) -> None:
    spaces = Dictionary(C0=Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))]))
    assert codes(page(tmp_path / "a.pdf", ColorSpace=spaces, Font=Dictionary(F1=font()))) == {}


def test_a_form_that_draws_itself_is_read_once(tmp_path: Path) -> None:
    file = page(tmp_path / "a.pdf", b"/X0 Do", XObject=Dictionary())
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        ring = document.make_stream(b"/X0 Do /X0 Do", Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
        objects = document.pages[0].obj.Resources.XObject
        objects.X0 = ring
        ring.Resources = Dictionary(XObject=Dictionary(X0=ring))
        document.save()
    assert codes(file) == {}
    place_ads(with_hole(), [{"ad0": file}])
