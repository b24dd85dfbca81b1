"""Each rule of the press fires on its own bad file, and none on the good one."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from printkit.diagnostics import Diagnostic, Severity
from printkit.preflight import CHECKS, Profile, Settings, preflight, settings_for
from tests.support.press_file import Change, area, font, icc_header, image, jpeg_image, picture, press_file, text

SETTINGS = settings_for(Profile.NEWSPAPER, fonts=("Tiny",), page_size=(340 * 25.4 / 72, 440 * 25.4 / 72))
E, W, NOTE = Severity.ERROR, Severity.WARNING, Severity.INFO


@pytest.fixture
def without_ghostscript(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def told(data: bytes, settings: Settings = SETTINGS) -> list[Diagnostic]:
    """Findings, and rules that a malformed file stopped; those that only lack Ghostscript or a list are left out."""
    found = preflight(data, settings=settings).diagnostics
    return [d for d in found if d.code != "preflight.not-checked" or d.severity is E]


def on_page(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        page[key] = value(pdf) if callable(value) else value

    return change


def resource(kind: str, name: str, make: Callable[[pikepdf.Pdf], Any]) -> Change:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        if kind not in page.Resources:
            page.Resources[kind] = Dictionary()
        page.Resources[kind][name] = make(pdf)

    return change


def photo(make: Callable[[pikepdf.Pdf], Any]) -> Change:
    return resource("/XObject", "/Bad", make)


BAD_PHOTO = picture("Bad", 150, 200)


def rgb_picture(pdf: pikepdf.Pdf) -> Any:
    return image(pdf, bytes(300) * 100, Name.DeviceRGB)


def blend(space: Name, channels: int) -> Change:
    """A gradient between no ink and half of the first."""
    half = Array([0.5] + [0] * (channels - 1))
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0] * channels), C1=half)
    shading = Dictionary(ShadingType=2, ColorSpace=space, Coords=Array([200, 100, 220, 120]), Function=function)
    return resource("/Shading", "/Blend", lambda _: shading)


def with_mask(pdf: pikepdf.Pdf) -> Any:
    photo = jpeg_image(pdf)
    photo.SMask = image(pdf, bytes(10_000), Name.DeviceGray)
    return photo


def line_art(pdf: pikepdf.Pdf) -> Any:
    return image(pdf, bytes(13 * 100), Name.DeviceGray, bits=1)


def black_photo(pdf: pikepdf.Pdf) -> Any:
    return jpeg_image(pdf, (0, 0, 0, 253))


def a_profile(space: bytes, kind: bytes) -> Change:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        stream = Stream(pdf, icc_header(space, kind))
        stream.N = 3 if space == b"RGB " else 4
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_indirect(stream)

    return change


def on_root(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        pdf.Root[key] = value

    return change


def without_intent(pdf: pikepdf.Pdf, _: Any) -> None:
    del pdf.Root.OutputIntents


def without_metadata(pdf: pikepdf.Pdf, _: Any) -> None:
    del pdf.Root.Metadata


def untrapped(pdf: pikepdf.Pdf, _: Any) -> None:
    del pdf.docinfo.Trapped


def not_embedded(pdf: pikepdf.Pdf, page: Any) -> None:
    del page.Resources.Font.F.DescendantFonts[0].FontDescriptor.FontFile2


def whole_font(_: pikepdf.Pdf, page: Any) -> None:
    page.Resources.Font.F.BaseFont = Name("/Tiny")


def renamed(_: pikepdf.Pdf, page: Any) -> None:
    page.Resources.Font.F.BaseFont = Name("/ABCDEF+Other-Sans")


def link(rect: list[float]) -> Change:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect))
    return on_page("/Annots", lambda pdf: Array([pdf.make_indirect(annotation)]))


def group(pdf: pikepdf.Pdf) -> Any:
    form = Stream(pdf, b"0 0 0 0.5 k 0 0 10 10 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 10, 10])
    form.Group = Dictionary(S=Name.Transparency)
    return pdf.make_indirect(form)


def spot(_: pikepdf.Pdf) -> Any:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0.5, 0], N=1)
    return Array([Name.Separation, Name("/Vermilion"), Name.DeviceCMYK, tint])


GROUND = area(200, 350, 100, 60, "0 0 0 1 k")
MANY_INKS = area(200, 350, 100, 60, "0.4 0.4 0.4 0.2 k")
WHITE = "0 0 0 0 k"

BAD: dict[str, tuple[str, Severity, str, Change | None]] = {
    "another size": ("page-size", E, "", on_page("/TrimBox", Array([30, 30, 360, 470]))),
    "trim outside": ("boxes", E, "", on_page("/BleedBox", Array([40, 40, 380, 480]))),
    "origin moved": ("boxes", E, "", on_page("/MediaBox", Array([-5, -5, 400, 500]))),
    "turned": ("boxes", E, "", on_page("/Rotate", 90)),
    "no bleed": ("boxes", E, area(30, 420, 60, 20, "0.2 0 0 0 k"), None),
    "bleed box too small": ("boxes", E, "", on_page("/BleedBox", Array([28, 28, 372, 472]))),
    "no XMP": ("standard", E, "", without_metadata),
    "trapped unsaid": ("standard", E, "", untrapped),
    "no intent": ("output-intent", E, "", without_intent),
    "RGB intent": ("output-intent", E, "", a_profile(b"RGB ", b"mntr")),
    "link": ("interactive", E, "", link([60, 60, 90, 90])),
    "script": ("interactive", E, "", on_root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
    "RGB picture": ("colour-spaces", E, BAD_PHOTO, photo(rgb_picture)),
    "RGB area": ("colour-spaces", E, area(200, 100, 20, 20, "1 0 0 rg"), None),
    "RGB gradient": ("colour-spaces", E, "q 200 100 20 20 re W n /Blend sh Q", blend(Name.DeviceRGB, 3)),
    "spot ink": ("colour-spaces", E, "/off gs /Red cs 1 scn 200 100 20 20 re f", resource("/ColorSpace", "/Red", spot)),
    "registration inside": ("colour-spaces", E, "/off gs /All cs 1 scn 200 100 20 20 re f", None),
    "missing font": ("fonts-embedded", E, "", not_embedded),
    "whole font": ("fonts-embedded", E, "", whole_font),
    "strange font": ("fonts-allowed", E, "", renamed),
    "notdef": ("notdef", E, text(codes="00010000"), None),
    "glyph beyond the font": ("notdef", E, text(codes="00010077"), None),
    "tint of 2 %": ("tones", W, area(200, 100, 20, 20, "0 0.02 0 0 k"), None),
    "tint of 98 %": ("tones", W, area(200, 100, 20, 20, "0 0.98 0 0 k"), None),
    "photo with full black": ("tones", W, BAD_PHOTO, photo(black_photo)),
    "72 ppi": ("picture-ppi", E, picture(points=100, x=150), None),
    "120 ppi": ("picture-ppi", W, picture(points=60, x=150), None),
    "800 ppi": ("picture-ppi", W, picture(points=9, x=150), None),
    "coarse line art": ("line-art-ppi", W, BAD_PHOTO, photo(line_art)),
    "knocked-out black text": ("black-text", E, text(gs="/off"), None),
    "rich black text": ("black-text", E, text(14, colour="0.6 0.4 0.4 1 k"), None),
    "white overprint": ("white-overprint", E, area(200, 100, 20, 20, WHITE, "/on"), None),
    "white text overprints": ("white-overprint", E, GROUND + text(14, 210, 370, WHITE, "/on"), None),
    "black text in grey": ("white-overprint", E, text(colour="0 g"), None),
    "reversed 5 pt": ("reversed-text", E, GROUND + text(5, 210, 370, WHITE, "/off"), None),
    "reversed 7 pt": ("reversed-text", W, GROUND + text(7, 210, 370, WHITE, "/off"), None),
    "reversed 9 pt on inks": ("reversed-text", W, MANY_INKS + text(9, 210, 370, WHITE, "/off"), None),
    "5 pt": ("small-text", E, text(5), None),
    "two inks 7 pt": ("small-text", E, text(7, colour="0 1 1 0 k", gs="/off"), None),
    "two inks 9 pt": ("small-text", W, text(9, colour="0 1 1 0 k", gs="/off"), None),
    "tinted 7 pt": ("small-text", W, text(7, colour="0 0 0 0.5 k", gs="/off"), None),
    "hairline 0.1 pt": ("thin-rules", E, "/off gs 0 0 0 1 K 0.1 w 60 150 m 200 150 l S", None),
    "filled hairline": ("thin-rules", E, area(60, 150, 100, 0.1), None),
    "thin rule": ("thin-rules", W, area(60, 150, 0.35, 100), None),
    "rule in inks": ("thin-rules", W, area(60, 150, 100, 1, "0 1 1 0 k"), None),
    "reversed rule": ("thin-rules", W, GROUND + area(210, 370, 80, 0.7, WHITE), None),
    "opacity": ("transparency", W, area(200, 100, 20, 20, "0 0 0 0.5 k", "/half"), None),
    "soft mask": ("transparency", W, BAD_PHOTO, photo(with_mask)),
    "group": ("transparency", W, "/off gs /G Do", resource("/XObject", "/G", group)),
    "text at the edge": ("safe-area", W, text(x=32), None),
    "180 ppi": ("screen", NOTE, picture(points=40, x=150), None),
}
"""What is spoilt, the one rule that must tell it, how gravely, operators added, object changed."""


@pytest.mark.usefixtures("without_ghostscript")
@pytest.mark.parametrize("name", BAD)
def test_each_rule_fires_alone(name: str) -> None:
    check, severity, extra, change = BAD[name]
    found = told(press_file(extra, change))
    assert {(d.code, d.severity) for d in found} == {(f"preflight.{check}", severity)}
    for one in found:
        assert one.message.en
        assert one.message.zh
        if check not in ("standard", "output-intent") and name != "script":
            assert one.page == "1"


def test_each_rule_has_its_bad_file() -> None:
    """Those with tests of their own are below and in test_screen_rules.py."""
    press = {check.id for check in CHECKS if Profile.NEWSPAPER in check.profiles}
    assert press - {check for check, *_ in BAD.values()} == {"total-ink", "encryption", "cff-charset"}


@pytest.mark.usefixtures("without_ghostscript")
def test_the_good_file_is_told_nothing() -> None:
    report = preflight(press_file(pages=2), settings=SETTINGS)
    assert [o.check.id for o in report.outcomes if not o.passed] == ["total-ink"]
    assert report.exit_code == 0


@pytest.mark.usefixtures("without_ghostscript")
@pytest.mark.parametrize(("space", "channels"), [(Name.DeviceCMYK, 4), (Name.DeviceGray, 1)])
def test_a_gradient_in_inks_is_printed_as_it_is(space: Name, channels: int) -> None:
    data = press_file("q 200 100 20 20 re W n /Blend sh Q", blend(space, channels))
    assert [d.code for d in preflight(data, settings=SETTINGS).diagnostics] == ["preflight.not-checked"]


@pytest.mark.usefixtures("without_ghostscript")
def test_a_rule_without_its_program_is_not_passed() -> None:
    report = preflight(press_file(), settings=SETTINGS)
    ink = next(o for o in report.outcomes if o.check.id == "total-ink")
    assert ink.not_checked is not None
    assert not ink.passed
    assert [(d.code, d.severity) for d in report.diagnostics] == [("preflight.not-checked", W)]
    assert "ghostscript" in str(report.diagnostics[0].hint)
    assert next(o for o in report.report()["checks"] if o["id"] == "total-ink")["result"] == "not checked"


@pytest.mark.press
@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("0.6 0.5 0.5 0.6 k", []),
        ("0.6 0.5 0.5 0.7 k", [W]),
        ("1 1 1 1 k", [E]),
    ],
)
def test_total_ink(colour: str, expected: list[Severity]) -> None:
    found = told(press_file(area(200, 100, 20, 20, colour)))
    assert [(d.code, d.severity) for d in found] == [("preflight.total-ink", s) for s in expected]
    if found:
        assert found[0].bbox == pytest.approx((170, 350, 190, 370), abs=1.5)


@pytest.mark.press
def test_small_spots_of_ink_and_the_marks_outside_are_no_matter() -> None:
    assert told(press_file(area(200, 100, 10, 10, "1 1 1 1 k"))) == []
    assert told(press_file(area(5, 5, 15, 15, "1 1 1 1 k"))) == []


@pytest.mark.press
def test_the_limit_of_ink_is_the_paper_s() -> None:
    data = press_file(area(200, 100, 20, 20, "0.6 0.5 0.5 0.7 k"))
    assert told(data, replace(SETTINGS, tac=240)) == []
    assert [d.severity for d in told(data, replace(SETTINGS, tac=200))] == [E]


@pytest.mark.usefixtures("without_ghostscript")
def test_encryption() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(press_file())) as pdf:
        pdf.save(out, force_version="1.6", encryption=pikepdf.Encryption(owner="x", user="", R=4))
    assert {d.code for d in told(out.getvalue())} == {"preflight.encryption"}


def cid_font(ranges: list[tuple[int, int]]) -> bytes:
    """The CID-keyed CFF of five glyphs of Noto, its charset overwritten: first CID and how many follow (Adobe 5176, 13)."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob.from_file_path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2)
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, "工会人"))
    data = TTFont(io.BytesIO(hb.subset(face, wanted).blob.data), lazy=True).reader["CFF "]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    assert len(fonts[0].charset) == 1 + sum(1 + more for _, more in ranges)
    at = fonts[0].rawDict["charset"]
    charset = b"\1" + b"".join(cid.to_bytes(2, "big") + bytes((more,)) for cid, more in ranges)
    return bytes(data[:at] + charset + data[at + len(charset) :])


@pytest.mark.usefixtures("without_ghostscript")
@pytest.mark.parametrize(
    ("ranges", "expected"),
    [([(1, 4)], []), ([(2, 0), (1, 0), (3, 2)], [W]), ([(7, 4)], [E])],
    ids=["identity", "swapped", "lost"],
)
def test_cff_charset(ranges: list[tuple[int, int]], expected: list[Severity]) -> None:
    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        program = Stream(pdf, cid_font(ranges))
        program.Subtype = Name("/CIDFontType0C")
        made = font(pdf, FontFile3=pdf.make_indirect(program))
        made.DescendantFonts[0].Subtype = Name("/CIDFontType0")
        del made.DescendantFonts[0].CIDToGIDMap
        page.Resources.Font.F = made

    found = told(press_file(change=change))
    assert [(d.code, d.severity) for d in found] == [("preflight.cff-charset", s) for s in expected]


@pytest.mark.usefixtures("without_ghostscript")
def test_pages_of_two_sizes() -> None:
    data = press_file(pages=3, change=on_page("/TrimBox", Array([30, 30, 360, 470])))
    found = told(data, replace(SETTINGS, page_size=None))
    assert [(d.code, d.page) for d in found] == [("preflight.page-size", "3")]


@pytest.mark.usefixtures("without_ghostscript")
def test_a_page_without_trim_box() -> None:
    def change(_: pikepdf.Pdf, page: Any) -> None:
        del page.TrimBox

    assert "the page has no TrimBox" in " ".join(d.message.en for d in told(press_file(change=change)))


@pytest.mark.usefixtures("without_ghostscript")
def test_text_outside_the_type_area() -> None:
    found = told(press_file(), replace(SETTINGS, margins=(25, 5, 5, 5)))
    assert {(d.code, d.severity) for d in found} == {("preflight.safe-area", W)}


@pytest.mark.usefixtures("without_ghostscript")
def test_what_is_wrong_in_many_places_is_told_once() -> None:
    rows = " ".join(area(200, 100 + 10 * i, 50, 5, "1 0 0 rg") for i in range(6))
    (found,) = told(press_file(rows))
    assert "(in 6 places)" in found.message.en
    assert found.bbox == pytest.approx((170, 365, 220, 370))


@pytest.mark.usefixtures("without_ghostscript")
def test_thresholds_are_the_paper_s() -> None:
    data = press_file(picture(points=60, x=150))
    assert told(data, replace(SETTINGS, ppi=150, lpi=50)) == []
    assert [d.severity for d in told(data, replace(SETTINGS, ppi=300))] == [W, E]


def test_black_of_an_inverted_and_a_plain_jpeg_is_the_same() -> None:
    from printkit.preflight.checks.tones import _black

    pdf = pikepdf.new()
    inverted = jpeg_image(pdf, (0, 0, 0, 200))
    plain = image(pdf, bytes((0, 0, 0, 200)) * 10_000, Name.DeviceCMYK)
    grey = image(pdf, bytes((55,)) * 10_000, Name.DeviceGray)
    for one, components in ((inverted, 4), (plain, 4), (grey, 1)):
        black = _black(one, components, (100, 100))
        assert isinstance(black, Image.Image)
        assert black.getextrema() == pytest.approx((200, 200), abs=2)
