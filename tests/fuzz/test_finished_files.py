"""Damaged PDFs in every reader of PDFs: preflight in its three profiles, what an advertisement uses, and its place on a page.

Two kinds of damage: bytes changed anywhere, and objects that are of another kind than the standard says. Ghostscript, which
is a program of its own, stands aside here; `test_strangers_files` asks it.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from printkit.diagnostics import InputError
from printkit.pdf.ad_check import ad_facts
from printkit.pdf.ads import place_ads
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import BadPictureError
from printkit.preflight import Profile, document, preflight
from printkit.preflight.plates import NoGhostscriptError
from tests.fuzz.test_readers import examples, mutated

KINDS: tuple[Callable[[], Any], ...] = (
    lambda: Name.A, lambda: 7, lambda: -1, lambda: 10**12, lambda: String("a"), lambda: True, lambda: Array(),
    lambda: Array([Name.A, 1, String("b")]), lambda: Dictionary(), lambda: Dictionary(S=Name.Form, K=Array([1])),
    *(lambda name=name: Name(f"/{name}Decode") for name in ("JBIG2", "JPX", "DCT", "CCITTFax", "LZW", "RunLength", "ASCII85")),
)  # fmt: skip
"""Values to put in another's place."""

CONTENT = (
    b"q 1 0 0 1 2 2 cm /Span <</MCID 0>> BDC BT /F 9 Tf 0 9 Td (Text) Tj [(A) -200 (B)] TJ ET EMC Q 0 0 9 9 re W n f\n"
    b"/D gs 1 0 0 0 k 0 0 9 9 re f /P cs /P0 scn 0 0 9 9 re f /X Do /I Do /S sh BI /W 1 /H 1 /CS /G /BPC 8 ID a EI\n"
)


def _file() -> bytes:
    """Return a PDF that has a little of all that preflight reads."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(60, 40)).obj
        program = made.make_stream(b"\0\1\0\0" + bytes(60))
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+A"), Flags=4, FontFile2=program)
        descendant = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+A"), DW=500,
                                W=Array([0, Array([500, 600]), 9, 12, 700]), FontDescriptor=descriptor,
                                CIDToGIDMap=made.make_stream(bytes(8)))  # fmt: skip
        cmap = made.make_stream(
            b"1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <00> <09> 0 endcidrange"
        )
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+A"), Encoding=cmap,
                          DescendantFonts=Array([made.make_indirect(descendant)]), ToUnicode=made.make_stream(b""))  # fmt: skip
        form = made.make_stream(b"0 0 5 5 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 5, 5]),
                                Group=Dictionary(S=Name.Transparency))  # fmt: skip
        image = made.make_stream(bytes(16), Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2,
                                 BitsPerComponent=8, ColorSpace=Name.DeviceCMYK)  # fmt: skip
        cell = made.make_stream(b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 2, 2]),
                                XStep=2, YStep=2, Resources=Dictionary())  # fmt: skip
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 1, 1]),
                             Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1))  # fmt: skip
        spot = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=2, N=1)])
        page.Resources = Dictionary(
            Font=Dictionary(F=made.make_indirect(font)), XObject=Dictionary(X=form, I=image), Pattern=Dictionary(P0=cell),
            ColorSpace=Dictionary(P=Name.Pattern, Z=spot), Shading=Dictionary(S=shading),
            ExtGState=Dictionary(D=Dictionary(ca=0.5, BM=Name.Multiply, OP=True, SMask=Dictionary(S=Name.Alpha))),
        )  # fmt: skip
        page.TrimBox, page.BleedBox = Array([5, 5, 55, 35]), Array([2, 2, 58, 38])
        page.Contents = made.make_stream(CONTENT)
        page.StructParents = 0
        kid = Dictionary(S=Name.P, Pg=page, K=Array([0, Dictionary(Type=Name.MCR, MCID=1, Pg=page)]))
        made.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([Dictionary(S=Name.Art, K=kid)]))
        made.Root.MarkInfo, made.Root.Lang = Dictionary(Marked=True), String("zh")
        made.Root.OutputIntents = Array(
            [Dictionary(S=Name.GTS_PDFX, DestOutputProfile=made.make_stream(bytes(130), N=4))]
        )
        made.Root.OCProperties = Dictionary(D=Dictionary(OFF=Array()))
        page.Annots = Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("a")))])
        for stream in (one for one in made.objects if isinstance(one, pikepdf.Stream)):
            stream.Filter = Array()  # one to be changed
        made.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


SEED = _file()


def _places(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Yield every key of every dictionary and array below an object."""
    if depth > 8:
        return
    if isinstance(value, Dictionary | pikepdf.Stream):
        for key in value.keys():  # noqa: SIM118  # no mapping of Python's
            if key not in ("/Parent", "/Length"):
                yield value, key
                yield from _places(value[key], depth + 1)
    elif isinstance(value, Array):
        for index in range(len(value)):
            yield value, index
            yield from _places(value[index], depth + 1)


def _changed(changes: list[tuple[int, int]]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(SEED)) as made:
        for at, kind in changes:
            places = list(_places(made.Root))
            owner, key = places[at % len(places)]
            owner[key] = KINDS[kind]()
        with contextlib.suppress(pikepdf.PdfError, TypeError, ValueError):  # pages that pikepdf itself cannot write
            made.save(out, fix_metadata_version=False)
    return out.getvalue()


DAMAGED = mutated(SEED) | st.builds(
    _changed, st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, len(KINDS) - 1)), min_size=1, max_size=3)
)


@pytest.fixture(scope="module", autouse=True)
def _without_ghostscript() -> Iterator[None]:
    def none(*_: object) -> None:
        raise NoGhostscriptError("gs")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "separate", none)
        yield


def test_the_seed_is_read_whole() -> None:
    told = preflight(SEED, Profile.NEWSPAPER)
    assert "malformed" not in str(told.diagnostics)
    assert not told.faults


@given(DAMAGED)
@examples(60)
def test_preflight(data: bytes) -> None:
    for profile in Profile:
        with contextlib.suppress(InputError):
            preflight(data, profile).report()


@given(DAMAGED)
@example(
    SEED.replace(b"CID 0>", b"\0\0\0\0\0]", 1)[:-8]
)  # its content ends where it stands, and not where it is placed
@examples(60)
def test_advertisements(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzzed-ad.pdf"
    file.write_bytes(data)
    try:
        read_ad_size(file)  # only what is taken here is placed
        ad_facts(file)
    except (BadPictureError, pikepdf.PdfError):
        return
    for pictures in ((), (file,)):
        with pikepdf.new() as out, contextlib.suppress(InputError):
            page = out.add_blank_page()
            page.obj.Resources = Dictionary(XObject=Dictionary(ad0=out.make_stream(b"")))
            place_ads(out, [{"ad0": Path(file)}], pictures)
            out.save(io.BytesIO())
