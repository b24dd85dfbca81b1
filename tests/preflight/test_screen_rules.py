"""The rules of the web's and the archive's files, each on its own bad file."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from printkit.diagnostics import Severity
from printkit.preflight import CHECKS, Profile, preflight, settings_for
from printkit.preflight.structure import elements, reading_orders
from tests.support.press_file import Change, font, icc_header, image, saved

E, W = Severity.ERROR, Severity.WARNING
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">试排</rdf:li></rdf:Alt></dc:title>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
CONTENT = """
/H1 <</MCID 0>> BDC BT 0 0 0 rg /F 20 Tf 50 400 Td <0001> Tj ET EMC
/P <</MCID 1>> BDC BT /F 10 Tf 50 350 Td <0002> Tj ET EMC
/Figure <</MCID 2>> BDC q 36 0 0 36 50 200 cm /Photo Do Q EMC
"""


def screen_file(change: Change | None = None, content: str = CONTENT) -> bytes:
    """Make a tagged page in sRGB, good for the web and the archive."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 500)).obj
    page.Resources = Dictionary(
        Font=Dictionary(F=font(pdf)), XObject=Dictionary(Photo=image(pdf, bytes(300) * 100, Name.DeviceRGB))
    )
    page.Contents, page.StructParents = pdf.make_indirect(Stream(pdf, content.encode())), 0
    profile = Stream(pdf, icc_header(b"RGB ", b"mntr"))
    profile.N = 3
    intent = Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"))
    intent.DestOutputProfile = pdf.make_indirect(profile)
    root = pdf.Root
    root.OutputIntents = Array([intent])
    root.Metadata = pdf.make_stream(XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Lang, root.MarkInfo = String("zh-CN"), Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    kinds = (Dictionary(S=Name.H1), Dictionary(S=Name.P), Dictionary(S=Name.Figure, Alt=String("车间")))
    for mcid, kind in enumerate(kinds):
        kind.P, kind.Pg, kind.K = tree, page, mcid
    tree.K = Array([pdf.make_indirect(kind) for kind in kinds])
    root.StructTreeRoot = tree
    if change is not None:
        change(pdf, page)
    return saved(pdf)


def told(profile: Profile, data: bytes) -> set[tuple[str, Severity]]:
    report = preflight(data, settings=settings_for(profile, fonts=("Tiny",)))
    return {(d.code.removeprefix("preflight."), d.severity) for d in report.diagnostics}


def without(*keys: str) -> Change:
    def change(pdf: pikepdf.Pdf, _: Any) -> None:
        for key in keys:
            del pdf.Root[key]

    return change


def no_alt(pdf: pikepdf.Pdf, _: Any) -> None:
    del pdf.Root.StructTreeRoot.K[2].Alt


def own_alt(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.Root.StructTreeRoot.K[2].Alt = String("pk:lead:3")


def other_order(pdf: pikepdf.Pdf, _: Any) -> None:
    tree = pdf.Root.StructTreeRoot
    tree.K = Array([tree.K[1], tree.K[0], tree.K[2]])


def no_unicode(_: pikepdf.Pdf, page: Any) -> None:
    del page.Resources.Font.F.ToUnicode


def not_said(pdf: pikepdf.Pdf, _: Any) -> None:
    pdf.Root.Metadata = pdf.make_stream(XMP.replace("pdfuaid:part>", "pdfuaid:rev>").encode())


def small_picture(pdf: pikepdf.Pdf, page: Any) -> None:
    page.Resources.XObject.Photo = image(pdf, bytes(300), Name.DeviceRGB, 10)


BAD: dict[str, tuple[tuple[str, Severity], Change]] = {
    "untitled": (("tags", E), without("/ViewerPreferences")),
    "no language": (("tags", E), without("/Lang")),
    "no alt": (("tags", E), no_alt),
    "alt of ours": (("tags", E), own_alt),
    "another order": (("reading-order", W), other_order),
    "no ToUnicode": (("to-unicode", E), no_unicode),
    "no PDF/UA": (("standard", E), not_said),
    "coarse picture": (("picture-ppi", E), small_picture),
}


@pytest.mark.parametrize("profile", [Profile.WEB, Profile.ARCHIVE])
def test_the_good_file_passes(profile: Profile) -> None:
    assert told(profile, screen_file()) == set()


@pytest.mark.parametrize("profile", [Profile.WEB, Profile.ARCHIVE])
@pytest.mark.parametrize("name", BAD)
def test_each_rule_fires_alone(name: str, profile: Profile) -> None:
    expected, change = BAD[name]
    assert told(profile, screen_file(change)) == {expected}


def test_an_untagged_file_has_no_order_to_check() -> None:
    found = told(Profile.WEB, screen_file(without("/StructTreeRoot")))
    assert found == {("tags", E), ("not-checked", Severity.INFO)}


def test_device_colours_of_the_archive_are_those_of_its_intent() -> None:
    cmyk = CONTENT.replace("0 0 0 rg", "0 0 0 1 k")
    assert told(Profile.ARCHIVE, screen_file(content=cmyk)) == {("colour-spaces", E)}
    assert told(Profile.WEB, screen_file(content=cmyk)) == set()


def test_the_archive_says_its_standard_and_its_colours() -> None:
    found = told(Profile.ARCHIVE, screen_file(without("/OutputIntents")))
    assert found == {("output-intent", E), ("colour-spaces", E)}


def test_a_ring_of_elements_ends() -> None:
    def ring(pdf: pikepdf.Pdf, _: Any) -> None:
        tree = pdf.Root.StructTreeRoot
        tree.K[1].K = tree

    assert ("reading-order", W) not in told(Profile.WEB, screen_file(ring))


def test_every_rule_of_the_screen_is_tested() -> None:
    both = {c.id for c in CHECKS if c.profiles >= {Profile.WEB, Profile.ARCHIVE} and c.number is None}
    assert both == {"cff-charset", "to-unicode", "tags", "reading-order"}


@pytest.mark.parametrize(("after", "expected"), [((1, 2), set()), ((2, 1), {("reading-order", W)})])
def test_a_story_that_goes_on_is_read_with_its_beginning(
    after: tuple[int, int], expected: set[tuple[str, Severity]]
) -> None:
    """On its second page it is a run by itself, wherever it is drawn there; inside it the order still counts."""

    def two_pages(pdf: pikepdf.Pdf, page: Any) -> None:
        second = pdf.make_indirect(Dictionary(page))
        pdf.pages.append(pikepdf.Page(second))
        tree = pdf.Root.StructTreeRoot
        there = [Dictionary(Type=Name.MCR, Pg=second, MCID=mcid) for mcid in after]
        story = Dictionary(S=Name.Art, P=tree, K=Array([*tree.K, Dictionary(S=Name.P, K=Array(there))]))
        other = Dictionary(S=Name.Art, P=tree, Pg=second, K=Array([0]))
        tree.K = Array([pdf.make_indirect(story), pdf.make_indirect(other)])

    assert told(Profile.WEB, screen_file(two_pages)) == expected


def test_elements_and_orders_of_a_page() -> None:
    with pikepdf.open(io.BytesIO(screen_file())) as pdf:
        assert [str(e.S) for e in elements(pdf.Root.StructTreeRoot)] == ["/H1", "/P", "/Figure"]
        assert list(reading_orders(pdf.Root.StructTreeRoot).values()) == [((0, 1, 2),)]
