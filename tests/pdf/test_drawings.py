"""Drawings in PDF: their colours become inks as vectors, and what cannot be turned, or archived, is known before."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.colour.profiles import default_profile
from printkit.pdf.ad_check import ad_facts
from printkit.pdf.ads import place_ads
from printkit.pdf.gradients import plain_gradients
from printkit.pdf.groups import drop_opaque_groups
from printkit.pdf.inks import set_inks
from printkit.pdf.separation import Separation
from tests.pdf.test_placed_ads import page, with_hole

BLEND = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
STEPS = Dictionary(FunctionType=3, Domain=Array([0, 1]), Functions=Array([BLEND]), Bounds=Array(), Encode=Array([0, 1]))
MESH = Dictionary(FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))
PROFILES = {n: Array([Name.ICCBased, Dictionary(N=n)]) for n in (1, 3, 4)}


def shading(function: Any = BLEND, **keys: Any) -> Dictionary:
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 220, 120]), Function=function, **keys
    )


def printed(file: Path) -> tuple[pikepdf.Pdf, Any]:
    """A page with a drawing that is finished for the press, and the drawing's form."""
    out = with_hole()
    place_ads(out, [{"ad0": file}])
    set_inks(out, out.pages[0], Separation(default_profile(), 220))
    return out, out.pages[0].obj.Resources.XObject.ad0


def operators(form: Any) -> list[str]:
    return [str(item.operator) for item in pikepdf.parse_content_stream(form)]


@pytest.mark.parametrize(
    ("content", "spaces"),
    [
        (b"1 0 0 rg 0 0 9 9 re f", {}),
        (b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f", {}),
        (b"/A cs 1 0 0 scn 0 0 9 9 re f", {"A": PROFILES[3]}),
        (b"/A cs 1 0 0 scn 0 0 9 9 re f", {"A": Array([Name.CalRGB, Dictionary()])}),
        (b"/A cs 0.5 scn 0 0 9 9 re f", {"A": PROFILES[1]}),
        (b"/A cs 0 1 1 0 scn 0 0 9 9 re f", {"A": PROFILES[4]}),
        (b"0 1 1 0 k 0 0 9 9 re f", {}),
    ],
)
def test_every_colour_becomes_inks(content: bytes, spaces: dict[str, Any], tmp_path: Path) -> None:
    _out, form = printed(page(tmp_path / "a.pdf", content, ColorSpace=Dictionary(**spaces)))
    found = operators(form)
    assert "k" in found
    assert not {"rg", "cs", "sc", "scn", "g"} & set(found)
    assert "re" in found, "it is still a drawing"


def test_dark_grey_is_black_alone_and_overprints(tmp_path: Path) -> None:
    _out, form = printed(page(tmp_path / "a.pdf", b"0.1 0.1 0.1 rg 0 0 9 9 re f"))
    assert b"0 0 0 1 k" in form.read_bytes()
    assert any(bool(state.get("/op")) for state in form.Resources.ExtGState.values())


@pytest.mark.parametrize("function", [BLEND, STEPS])
def test_gradients_become_inks(function: Dictionary, tmp_path: Path) -> None:
    pattern = Dictionary(PatternType=2, Shading=shading(function))
    _out, form = printed(
        page(tmp_path / "a.pdf", b"/S sh /Pattern cs /P scn 0 0 9 9 re f",
             Shading=Dictionary(S=shading(function)), Pattern=Dictionary(P=pattern))
    )  # fmt: skip
    for made in (form.Resources.Shading.S, form.Resources.Pattern.P.Shading):
        assert made.ColorSpace == "/DeviceCMYK"
        ends = made.Function if function is BLEND else made.Function.Functions[0]
        assert len(ends.C0) == len(ends.C1) == 4
        assert float(ends.C0[1]) > 0.8 > 0.3 > float(ends.C0[0]), "red is magenta and yellow"


@pytest.mark.parametrize("mode", ["RGB", "P", "L", "grey"])
def test_pictures_inside_become_inks_and_keep_their_masks(mode: str, tmp_path: Path) -> None:
    out = pikepdf.new()
    image = Image.linear_gradient("L").convert("RGB" if mode == "grey" else mode)
    if mode == "RGB":
        image = Image.merge(
            "RGB", [Image.linear_gradient("L"), Image.new("L", (256, 256), 30), Image.radial_gradient("L")]
        )
    space: Any = Name.DeviceGray if mode == "L" else Name.DeviceRGB
    if mode == "P":
        space = Array([Name.Indexed, Name.DeviceRGB, 255, pikepdf.String(bytes(range(256)) * 3)])
    picture = out.make_stream(image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256,
                              BitsPerComponent=8, ColorSpace=space,
                              SMask=out.make_stream(bytes(256 * 256), Type=Name.XObject, Subtype=Name.Image, Width=256,
                                                    Height=256, BitsPerComponent=8, ColorSpace=Name.DeviceGray))  # fmt: skip
    out.add_blank_page(page_size=(200, 100))
    out.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=picture))
    out.pages[0].contents_add(b"q 100 0 0 100 0 0 cm /I Do Q")
    out.save(tmp_path / "a.pdf")
    _out, form = printed(tmp_path / "a.pdf")
    made = form.Resources.XObject.I
    assert made.ColorSpace == ("/DeviceGray" if mode in ("L", "grey") else "/DeviceCMYK")
    assert len(made.read_bytes()) == 256 * 256 * (1 if mode in ("L", "grey") else 4)
    assert made.SMask.ColorSpace == "/DeviceGray"


@pytest.mark.parametrize(
    ("content", "resources"),
    [
        (b"/A cs 1 0 0 scn", {"ColorSpace": Dictionary(A=Array([Name.Lab, Dictionary()]))}),
        (b"/S sh", {"Shading": Dictionary(S=shading(MESH))}),
        (b"/A cs 1 scn", {"ColorSpace": Dictionary(
            A=Array([Name.Separation, Name("/PANTONE 185 C"), Name.DeviceCMYK, MESH]))}),
    ],
)  # fmt: skip
def test_what_cannot_become_inks_is_known(content: bytes, resources: dict[str, Any], tmp_path: Path) -> None:
    facts = ad_facts(page(tmp_path / "a.pdf", content, **resources))
    assert not facts.keeps_vectors
    assert not facts.is_archived


@pytest.mark.parametrize(
    ("content", "resources", "archived"),
    [
        (b"1 0 0 rg 0 0 9 9 re f 0.5 g 0 0 9 9 re f", {}, True),
        (b"0 1 1 0 k 0 0 9 9 re f", {}, False),
        (b"/G gs 0 0 9 9 re f", {"ExtGState": Dictionary(G=Dictionary(ca=0.5))}, False),
        (b"/G gs 0 0 9 9 re f", {"ExtGState": Dictionary(G=Dictionary(ca=1, BM=Name.Normal))}, True),
        (b"/G gs 0 0 9 9 re f", {"ExtGState": Dictionary(G=Dictionary(BM=Name.Multiply))}, False),
        (b"BT /F 9 Tf (a) Tj ET", {"Font": Dictionary(F=Dictionary(Subtype=Name.Type3))}, False),
    ],
)
def test_what_an_archive_takes_as_vectors(
    content: bytes, resources: dict[str, Any], archived: bool, tmp_path: Path
) -> None:
    facts = ad_facts(page(tmp_path / "a.pdf", content, **resources))
    assert facts.keeps_vectors
    assert facts.is_archived is archived


@pytest.mark.parametrize(("before", "is_plain"), [(b"", True), (b"/G gs ", True), (b"/H gs ", False), (b"q ", False)])
def test_a_tile_with_a_gradient_alone_becomes_the_gradient(before: bytes, is_plain: bool) -> None:
    out = pikepdf.new()
    out.add_blank_page()
    group = out.make_stream(b"/S sh", Subtype=Name.Form, Resources=Dictionary(Shading=Dictionary(S=shading())))
    states = Dictionary(G=Dictionary(ca=1), H=Dictionary(ca=0.5))
    tile = out.make_stream(before + b"/X Do", PatternType=1, Matrix=Array([9, 0, 0, 9, 1, 2]),
                           Resources=Dictionary(XObject=Dictionary(X=group), ExtGState=states))  # fmt: skip
    out.pages[0].obj.Resources = Dictionary(Pattern=Dictionary(P=tile))
    plain_gradients(out)
    made = out.pages[0].obj.Resources.Pattern.P
    assert int(made.PatternType) == (2 if is_plain else 1)
    assert [float(n) for n in made.Matrix] == [9, 0, 0, 9, 1, 2]
    out.save(io.BytesIO())


@pytest.mark.parametrize(
    ("content", "inside", "kept"),
    [
        (b"q /Full gs /X Do Q", b"0 0 9 9 re f", False),
        (b"q /Half gs Q /X Do", b"0 0 9 9 re f", False),
        (b"q /Half gs /X Do Q", b"0 0 9 9 re f", True),
        (b"/X Do q /Half gs /X Do Q", b"0 0 9 9 re f", True),
        (b"/Masked gs /X Do", b"0 0 9 9 re f", True),
        (b"/X Do", b"/Blend gs 0 0 9 9 re f", True),
        (b"/X Do", b"/Half gs 0 0 9 9 re f", False),
    ],
)
def test_only_groups_that_something_shines_through_stay_groups(content: bytes, inside: bytes, kept: bool) -> None:
    out = pikepdf.new()
    states = Dictionary(Full=Dictionary(ca=1), Half=Dictionary(ca=0.5), Blend=Dictionary(BM=Name.Multiply),
                        Masked=Dictionary(SMask=Dictionary(S=Name.Luminosity)))  # fmt: skip
    group = Dictionary(S=Name.Transparency, I=True)
    form = out.make_stream(inside, Subtype=Name.Form, Group=group, Resources=Dictionary(ExtGState=states))
    for drawn in (b"/X Do", content):
        out.add_blank_page()
        out.pages[-1].obj.Resources = Dictionary(XObject=Dictionary(X=form), ExtGState=states)
        out.pages[-1].contents_add(drawn)
    drop_opaque_groups(out)
    assert ("/Group" in out.pages[0].obj.Resources.XObject.X) is kept
