"""A folder from a stranger: files that are no files, and pictures and PDFs that ask for more than a page has a use for.

Each row is a payload, made here, with the code of what answers it. What is read is read by the readers themselves where that is
enough; no page is drawn here.
"""

import io
import os
import pickle
import socket
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit import pdf_bounds
from printkit.copy.people import credited
from printkit.diagnostics import ExitCode, InputError, SourceRef
from printkit.epaper.folder.register import _read
from printkit.epaper.folder.search_terms import terms
from printkit.epaper.serve import check_port, server
from printkit.gate import read_file
from printkit.manuscript.reading import read_manuscript
from printkit.model.geometry import Rect
from printkit.model.page import PictureBox
from printkit.pdf.ad_check import ad_facts
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import BadPictureError
from printkit.pictures.svg import svg_facts
from printkit.pipeline.kept import Kept
from printkit.preflight import Profile, preflight
from printkit.preflight.fonts import _cmap
from printkit.preflight.plates import NoGhostscriptError, _sheet
from printkit.render.alike import kind_of
from printkit.render.draw import svg_page
from printkit.render.engine import Fetcher
from printkit.render.fetcher import RefusedError
from printkit.render.stylesheets import _families, _too_deep
from printkit.render.unmeasured import _of_stories
from printkit.source import read_edition
from printkit.source.thickness import MOST_PAGES, MOST_POOLED, MOST_STORIES
from printkit.store import Store
from tests.support.counting import lines_run
from tests.support.papers import run, write_paper

STORY: dict[str, Any] = {"headline": "一篇稿件", "body": "第一段。\n\n第二段。\n"}

# --- what is no file --------------------------------------------------------------------------------------


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "folder": Path.mkdir,
    "link out": lambda path: path.symlink_to("/etc/hostname"),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "ring": lambda path: path.symlink_to(path.name),
}
NAMED = {
    "the paper": "paper.yaml",
    "an article": "articles/a.yaml",
    "a style": "own.css",
    "a picture": "images/a.png",
    "a drawing": "images/a.svg",
    "a PDF": "images/a.pdf",
    "names of the desk": "desk/names.yaml",
}
TOLD = {"source.unreadable-file", "source.wrong-path", "source.missing-file"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", NAMED)
def test_a_file_that_is_none_is_told_and_never_waited_for(what: str, kind: str, tmp_path: Path) -> None:
    name = NAMED[what]
    pictures = {"pictures": [{"file": f"../{name}"}]} if name.startswith("images/") else {}
    source = write_paper(tmp_path, {"a": STORY | pictures}, paper={"stylesheets": ["own.css"]} if "css" in name else {})
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    KINDS[kind](tmp_path / name)
    with pytest.raises(InputError) as raised:
        read_edition(source)
    assert {one.code for one in raised.value.diagnostics} & TOLD


@pytest.mark.parametrize("kind", KINDS)
def test_an_edition_and_a_manuscript_that_are_no_files(kind: str, tmp_path: Path) -> None:
    for name in ("edition.yaml", "a.txt"):
        KINDS[kind](tmp_path / name)
    assert run("check", tmp_path / "edition.yaml").code == ExitCode.BAD_INPUT
    if kind == "link out":  # it is the user who names this file
        return
    with pytest.raises(InputError) as raised:
        read_manuscript(tmp_path / "a.txt")
    assert {one.code for one in raised.value.diagnostics} <= {"import.unreadable-file", "import.missing-file"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "link out"])
def test_the_gate_reads_ordinary_files_alone(kind: str, tmp_path: Path) -> None:
    KINDS[kind](tmp_path / "a")
    known = os.dup(0)  # the lowest number that is free
    os.close(known)
    with pytest.raises(OSError, match=r"ordinary|directory|levels|No such"):
        read_file(tmp_path / "a")
    free = os.dup(0)
    os.close(free)
    assert free == known, "nothing is left open: a desk asks some thousand times"


def test_the_gate_follows_no_link_out_of_the_folders_and_reads_no_more_than_it_may(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "in/link").symlink_to(tmp_path / "out.txt")
    (tmp_path / "in/a").write_bytes(b"12345")
    with pytest.raises(OSError, match="outside"):
        read_file(tmp_path / "in/link", [tmp_path / "in"])
    with pytest.raises(OSError, match="larger"):
        read_file(tmp_path / "in/a", [tmp_path / "in"], 4)
    assert read_file(tmp_path / "in/a", [tmp_path / "in"], 5) == b"12345"


OWN_READERS = {
    "cli", "commands/new.py", "copydesk/grade.py", "copydesk/rules/confusion.py", "epaper/folder", "epaper/serve.py",
    "commands/importing.py", "epaper/templates.py", "fonts", "gate.py", "limits.py", "output", "pictures/sizes.py",
    "preview/opening.py", "preview/server.py",
    "render/stylesheets.py", "store.py",
}  # fmt: skip
"""Who reads printkit's own files, the system's, or what printkit itself has put on the disk; and `pictures.sizes`, which reads
the heads of pictures that `source.paths` has found to be ordinary files."""


OF_A_PDF = ("obj.read", "stream.read", "table.read", "value.read", "form.read", "Metadata.read", "self.descriptor")
"""Streams of a file that is open."""


def test_nobody_reads_others_files_but_through_the_gate() -> None:
    home = Path(read_file.__code__.co_filename).parent
    found = [
        f"{path.relative_to(home)}:{number}"
        for path in sorted(home.rglob("*.py"))
        if not any(path.relative_to(home).as_posix().startswith(one) for one in OWN_READERS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ".read_bytes()" in line or ".read_text(" in line or '.open("r' in line
        if not any(own in line for own in OF_A_PDF)
    ]
    assert found == [], found


# --- styles -----------------------------------------------------------------------------------------------

SHEETS = {
    "too large": ("/*" + "x" * (1 << 20) + "*/", "style.too-large", 1),
    "brackets in brackets": ("a{}\n" + ":is(" * 400 + "b" + ")" * 400 + "{}", "style.too-deep", 2),
    "values in values": ("a { --x: " + "calc(" * 400 + "1" + ")" * 400 + " }", "style.too-deep", 1),
    "blocks in blocks": ("@media all {" * 50 + "}" * 50, "style.too-deep", 1),
    "a selector without end": ("\n\n" + "div " * 3000 + "{}", "style.too-deep", 3),
    "combinators without end": ("a>" * 3000 + "b {}", "style.too-deep", 1),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_no_page_has_a_use_for(name: str, tmp_path: Path) -> None:
    text, code, line = SHEETS[name]
    source = write_paper(tmp_path, {"a": STORY}, paper={"stylesheets": ["own.css"]})
    (tmp_path / "own.css").write_text(text, encoding="utf-8")
    ended = run("check", source, "--json")
    assert ended.code == ExitCode.BAD_INPUT
    (told,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert (told["code"], told["file"], told["line"]) == (code, "own.css", line)


@pytest.mark.parametrize(
    "text",
    [
        "main{width:calc(" + " + ".join(["1px"] * 40_000) + ")}",
        "'\\\\" * 200_000,
        "a{font-family:" + "var(" * 30 + "," * 200_000 + "var(" * 200_000,
        "font-family " * 80_000,
        "#story-a{" + "-" * 200_000 + "/*" * 200_000,
        "字" * 200_000 + "#story-a",
        "#story-a{--columns: 2}\n" * 10_000,
    ],
    ids=[
        "a sum",
        "strings without end",
        "variables without end",
        "names without a colon",
        "hyphens and comments",
        "no rule",
        "many rules",
    ],
)
def test_a_sheet_is_looked_through_once(text: str) -> None:
    """As often as it has characters it would be minutes: who writes this again waits for this test."""
    _too_deep(text)
    _families.__wrapped__(text)
    _of_stories.__wrapped__(text)


@pytest.mark.parametrize("text", [SHEETS["too large"][0], SHEETS["values in values"][0]])
def test_a_sheet_that_another_brings_in_is_of_the_same_size(text: str, tmp_path: Path) -> None:
    (tmp_path / "b.css").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as raised:
        Fetcher([tmp_path]).fetch((tmp_path / "b.css").as_uri())
    (told,) = raised.value.fault.diagnostics
    assert told.code in ("style.too-large", "style.too-deep")
    assert told.where
    assert told.where.file == "b.css"


def test_sheets_that_are_usual_are_fine(tmp_path: Path) -> None:
    text = "/* ((((( */ a::before { content: '((((((' } " + ", ".join(f".a{n} > .b" for n in range(300)) + " {}"
    source = write_paper(tmp_path, {"a": STORY}, paper={"stylesheets": ["own.css"]})
    (tmp_path / "own.css").write_text(text, encoding="utf-8")
    assert run("check", source).code in (ExitCode.DONE, ExitCode.FINDINGS)


@pytest.mark.parametrize("name", ["styles/base.css", "layouts/feature/page.css", "layouts/shared/story.html.j2"])
def test_printkits_own_names_that_lead_out(name: str, tmp_path: Path) -> None:
    source = write_paper(tmp_path, {"a": STORY})
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).symlink_to("/etc/hostname")
    ended = run("build", source, "-o", tmp_path / "out", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    (told,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert told["code"] in ("style.wrong-path", "layout.template")
    assert "link out of the paper" in told["message"]
    assert not (tmp_path / "out").exists()


# --- drawings ---------------------------------------------------------------------------------------------


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50">{inside}</svg>'.encode()


DRAWINGS = {
    "used again and again": '<g id="a0"><path d="M0 0"/></g>'
    + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)),
    "elements without number": "<g/>" * 20_001,
    "elements too deep": "<g>" * 61 + "</g>" * 61,
    "a ring": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "numbers without end": f'<path d="M{"1 " * 400_001}"/>',
    "masks that use masks again and again": "".join(
        f'<mask id="m{n}">' + f'<rect mask="url(#m{n + 1})"/>' * 10 + "</mask>" for n in range(9)
    )
    + '<rect mask="url(#m0)"/>',
    "a pattern in itself": '<pattern id="p"><path fill="url(#p)"/></pattern><path fill="url(#p)"/>',
    "a pattern that repeats in nothing": '<pattern width="1e-7" height="9" patternUnits="userSpaceOnUse"/>',
    "a gradient that repeats in nothing": '<linearGradient spreadMethod="repeat" x2="1e-7"/>',
    "a circle that repeats in nothing": '<radialGradient spreadMethod="reflect" r="0.0001%"/>',
    "more than a file may have": " " * 8_000_000,
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_too_large_for_a_page_is_refused_as_picture_and_as_advertisement(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(svg(DRAWINGS[name]))
    for read in (svg_facts, read_ad_size):
        with pytest.raises(BadPictureError) as raised:
            read(tmp_path / "a.svg")
        assert raised.value.message.zh != raised.value.message.en


def test_addresses_without_end_are_looked_through_once(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(svg("<style>" + "url(" * 1_000_000 + "</style>"))
    with pytest.raises(BadPictureError, match="reference outside"):
        svg_facts(tmp_path / "a.svg")


def test_an_advertisement_may_have_what_a_page_leaves_out(tmp_path: Path) -> None:
    inside = '<script>x</script><filter id="f"/><rect onclick="x" filter="url(#f)" width="9" height="9"/>'
    (tmp_path / "a.svg").write_bytes(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(inside))
    assert read_ad_size(tmp_path / "a.svg") == (90_000, 50_000)


def test_a_drawing_that_would_be_left_out_for_the_press_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(svg('<text font-size="nan">字</text>'))
    with pytest.raises(InputError) as raised:
        svg_page(PictureBox(Rect(0, 0, 90_000, 50_000), tmp_path / "a.svg", ""))
    (told,) = raised.value.diagnostics
    assert (told.code, told.where) == ("style.failed", SourceRef("a.svg"))
    assert told.hint


WORDS: dict[str, Callable[[], object]] = {
    "letters without a hyphen": lambda: terms("a" * 1_000_000),
    "roles without a name": lambda: credited(" 撰稿人" * 100_000),
    "drawings without end": lambda: kind_of("<svg " * 200_000, [], []),
    "comments without end": lambda: kind_of("<!--" * 200_000, [], []),
    "ranges without end": lambda: _cmap(b"begincidrange " * 100_000 + b"begincodespacerange " * 100_000),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_looked_through_once(name: str) -> None:
    """As `test_a_sheet_is_looked_through_once`."""
    assert WORDS[name]()


# --- PDFs -------------------------------------------------------------------------------------------------

Draw = Callable[[pikepdf.Pdf, Any], None]


def _content(data: bytes, *filters: Name) -> Draw:
    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        packed = data
        for _ in filters:
            packed = zlib.compress(packed, 9)
        page.Contents = pdf.make_stream(packed, Filter=Array(filters))

    return draw


def _forms(depth: int, times: int) -> Draw:
    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        keys: dict[str, Any] = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
        form = pdf.make_stream(b"0 0 9 9 re f", **keys)
        for _ in range(depth):
            form = pdf.make_stream(b"/X Do " * times, Resources=Dictionary(XObject=Dictionary(X=form)), **keys)
        page.Resources = Dictionary(XObject=Dictionary(X=form))
        page.Contents = pdf.make_stream(b"/X Do")

    return draw


def _pattern(step: float) -> Draw:
    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        cell = pdf.make_stream(b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 2, 2]),
                               XStep=step, YStep=step, Resources=Dictionary())  # fmt: skip
        page.Resources = Dictionary(Pattern=Dictionary(P=cell))
        page.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 60 40 re f")

    return draw


def _picture(pdf: pikepdf.Pdf, page: Any) -> None:
    image = pdf.make_stream(b"x", Type=Name.XObject, Subtype=Name.Image, Width=100_000, Height=100_000,
                            BitsPerComponent=8, ColorSpace=Name.DeviceCMYK)  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(X=image))
    page.Contents = pdf.make_stream(b"/X Do")


def _picture_by_its_head(kind: str, name: Name) -> Draw:
    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        out = io.BytesIO()
        Image.new("RGB", (300, 200)).save(out, kind)
        head = (struct.pack(">HH", 200, 300), struct.pack(">II", 200, 300), struct.pack(">II", 300, 200))
        data = out.getvalue()
        for size in head:
            data = data.replace(size, b"\xea\x60".rjust(len(size) // 2, b"\0") * 2)
        picture = pdf.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=300, Height=200, Filter=Array([name])
        )
        page.Resources.XObject = Dictionary(A=picture)

    return draw


def _pages(pdf: pikepdf.Pdf, _: Any) -> None:
    for _number in range(200):
        pdf.pages.append(pdf.pages[0])


BOMBS: dict[str, tuple[Draw, str]] = {
    "a stream that unpacks to more than a content has": (_content(b" " * (2 << 20), Name.FlateDecode), "content"),
    "streams in streams": (_content(b" " * (2 << 20), Name.FlateDecode, Name.FlateDecode), "content"),
    "a stream packed again and again": (_content(b" ", *[Name.FlateDecode] * 11), "packed 11 times"),
    "forms drawn again and again": (_forms(6, 10), "forms drawn"),
    "forms too deep": (_forms(21, 1), "deep in one another"),
    "a pattern that steps by nothing": (_pattern(0), "steps by 0"),
    "a pattern that hardly steps": (_pattern(0.001), "steps by 0.001"),
    "a picture of ten thousand million pixels": (_picture, "million pixels"),
    "a JPEG that is larger than is said": (_picture_by_its_head("JPEG", Name.DCTDecode), "million pixels"),
    "a JPEG 2000 that is larger than is said": (_picture_by_its_head("JPEG2000", Name.JPXDecode), "million pixels"),
    "more pages than any paper": (_pages, "pages"),
}


def pdf_of(draw: Draw) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        draw(made, made.add_blank_page(page_size=(60, 40)).obj)
        made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_asks_for_too_much_is_refused_before_it_is_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_bounds, "MOST_CONTENT", 1 << 20)
    monkeypatch.setattr(pdf_bounds, "MOST_PAGES", 200)
    draw, word = BOMBS[name]
    data = pdf_of(draw)
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(BadPictureError, match=word) as refused:
        read_ad_size(tmp_path / "a.pdf")
    assert refused.value.hint
    for profile in Profile:
        with pytest.raises(InputError, match=word) as raised:
            preflight(data, profile)
        assert [one.code for one in raised.value.diagnostics] == ["preflight.too-much"]


def _odd_samples(pdf: pikepdf.Pdf, page: Any) -> None:
    parms = Dictionary(Predictor=15, Columns=9, Colors=1, BitsPerComponent=7)
    page.Contents = pdf.make_stream(zlib.compress(b"\2" * 99), Filter=Name.FlateDecode, DecodeParms=parms)


@pytest.mark.parametrize("draw", [_odd_samples, _content(b"0 0 9 9 re f", Name.JBIG2Decode)])
def test_a_content_that_no_filter_unpacks_is_told_as_broken(
    draw: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def watched(arguments: list[str], **options: Any) -> subprocess.Popen[bytes]:
        assert Path(arguments[0]).name == "gs", "a stranger's bytes go to a program that the system has or has not"
        return start(arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", watched)
    (tmp_path / "a.pdf").write_bytes(pdf_of(draw))
    with pytest.raises(BadPictureError, match="broken"):
        read_ad_size(tmp_path / "a.pdf")
    with pytest.raises(pikepdf.PdfError):
        ad_facts(tmp_path / "a.pdf")
    assert preflight(pdf_of(draw)).diagnostics


def test_plates_too_large_to_be_looked_at_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", (30, 30)).save(tmp_path / "p1(Cyan).tif")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    box: Any = None
    with pytest.raises(NoGhostscriptError, match="too large"):
        _sheet(tmp_path, 1, box, box)


def test_streams_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bounds, "MOST_UNPACKED", 3000)

    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Contents = Array([pdf.make_stream(zlib.compress(b" " * 1000), Filter=Name.FlateDecode) for _ in range(4)])

    with pytest.raises(InputError, match="unpack to more"):
        preflight(pdf_of(draw))


def _font(widths: Any, cmap: bytes | None) -> Draw:
    def draw(pdf: pikepdf.Pdf, page: Any) -> None:
        descendant = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.A, W=Array(widths))
        encoding = pdf.make_stream(cmap) if cmap else Name("/Identity-H")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, Encoding=encoding,
                          DescendantFonts=Array([descendant]))  # fmt: skip
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = pdf.make_stream(b"BT /F 9 Tf (ab) Tj ET")

    return draw


@pytest.mark.parametrize(
    "draw",
    [
        _font([0, 65_535, 5] * 100, None),
        _font([], b"begincidrange " + b"<00000000> <0000ffff> 0\n" * 100 + b"endcidrange"),
    ],
    ids=["widths", "CMap"],
)
def test_ranges_of_a_font_that_have_no_end_are_told(draw: Draw) -> None:
    told = preflight(pdf_of(draw), Profile.WEB).diagnostics
    assert any("of more than 1,048,576" in one.message.en for one in told)


def _ring_of_functions(pdf: pikepdf.Pdf, page: Any) -> None:
    function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=Array([0, 1])))
    function.Functions = Array([function])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 1, 1]), Function=function)
    page.Resources = Dictionary(Shading=Dictionary(S=shading))
    page.Contents = pdf.make_stream(b"/S sh")


def _ring_of_spaces(pdf: pikepdf.Pdf, page: Any) -> None:
    space = pdf.make_indirect(Array([Name.Indexed]))
    space.append(space)
    page.Resources = Dictionary(ColorSpace=Dictionary(C=space))
    page.Contents = pdf.make_stream(b"/C cs")


def _form_cut_short(pdf: pikepdf.Pdf, page: Any) -> None:
    form = pdf.make_stream(b"[ 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    page.Resources = Dictionary(XObject=Dictionary(F=form))
    page.Contents = pdf.make_stream(b"/F Do")


@pytest.mark.parametrize("draw", [_ring_of_functions, _ring_of_spaces, _form_cut_short])
def test_an_advertisement_that_leads_back_to_itself_or_does_not_end_is_broken(draw: Draw, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_of(draw))
    with pytest.raises(pikepdf.PdfError):
        ad_facts(tmp_path / "a.pdf")


# --- what is kept -----------------------------------------------------------------------------------------


class Runs:
    """A pickle that does something when it is loaded."""

    def __init__(self, what: Path) -> None:
        self.what = what

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.mkdir, (str(self.what),))


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Kept, Any, Store]:
    one = Kept(tmp_path / "kept")
    key = one.key("draw", (1, "a"))
    assert key
    return one, key, Store(tmp_path / "kept")


@pytest.mark.parametrize("depth", [0, 1])
def test_an_entry_from_a_stranger_runs_nothing(kept: tuple[Kept, Any, Store], depth: int, tmp_path: Path) -> None:
    one, key, store = kept
    evil = pickle.dumps(Runs(tmp_path / "ran"))
    store.write(key.name, pickle.dumps(([], evil)) if depth else evil)
    assert one.find(key) is None
    assert not (tmp_path / "ran").exists()


ENTRIES = (b"", b"\x80", b"cprintkit.commands.new\ncreate\n(S'a'\ntR.", b"cbuiltins\neval\n(S'1'\ntR.",
           b"cprintkit.limits\nos.system\n(S'true'\ntR.", pickle.dumps(7), pickle.dumps(([], b"")), b"(" * 10_000)  # fmt: skip


@pytest.mark.parametrize("content", ENTRIES)
def test_a_damaged_entry_counts_as_missing(kept: tuple[Kept, Any, Store], content: bytes) -> None:
    one, key, store = kept
    store.write(key.name, content)
    assert one.find(key) is None
    one.keep(key, "made", frozenset())
    assert one.find(key) == ("made", frozenset())


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_is_no_file_counts_as_missing(kept: tuple[Kept, Any, Store], kind: str, tmp_path: Path) -> None:
    one, key, _ = kept
    place = tmp_path / "kept" / key.name[:2] / key.name
    place.parent.mkdir(parents=True)
    KINDS[kind](place)
    assert one.find(key) is None


# --- many pages -------------------------------------------------------------------------------------------

PAGES: dict[str, Callable[[int], str]] = {
    "one page again and again": lambda count: "- &p {number: 1, layout: feature}\n" + "- *p\n" * count,
    "items that are no pages": lambda count: "- 7\n" * count,
    "spreads": lambda count: "".join(
        f"- {{number: [{n}, {n + 1}], layout: feature}}\n" for n in range(0, 2 * count, 2)
    ),
    "stories that go on": lambda count: "".join(
        f"- {{number: A{n}, layout: feature, stories: [{{article: a.yaml, id: s{n}, jump_to: A{n + 1}}}]}}\n"
        for n in range(count)
    ),
    "stories one after the other": lambda count: (
        "- number: 1\n  layout: auto\n  stories:\n"
        + "".join(f"  - {{article: a.yaml, id: s{n}, with: s{n + 1}}}\n" for n in range(count))
    ),
    "stories in a ring": lambda count: (
        "- number: 1\n  layout: auto\n  stories:\n"
        + "".join(f"  - {{article: a.yaml, id: s{n}, with: s{(n + 1) % count}}}\n" for n in range(count))
    ),
    "places kept free": lambda count: "- number: 1\n  layout: inside-ad\n  stories:\n" + "  - {ad: reserved}\n" * count,
}


@pytest.mark.parametrize("name", PAGES)
def test_twice_the_pages_are_twice_the_work(name: str, tmp_path: Path) -> None:
    lines = []
    source = write_paper(tmp_path, {"a": STORY})
    (tmp_path / "a.yaml").write_bytes((tmp_path / "articles/a.yaml").read_bytes())
    for count in (100, 200):
        text = f"paper: paper.yaml\ndate: 2024-01-10\npages:\n{PAGES[name](count)}"
        source.write_text(text, encoding="utf-8")

        def read() -> None:
            try:
                read_edition(source)
            except InputError:
                return

        lines.append(lines_run(read))
    assert lines[1] < 2.2 * lines[0]


THICK = {
    "pages": "pages:\n- &p {number: 1, layout: feature}\n" + "- *p\n" * MOST_PAGES,
    "stories": "pages:\n- number: 1\n  stories:\n  - &s {article: a.yaml}\n" + "  - *s\n" * MOST_STORIES,
    "pool": "pages: auto\npool:\n- &s {article: a.yaml}\n" + "- *s\n" * MOST_POOLED,
}


@pytest.mark.parametrize("name", THICK)
def test_an_edition_thicker_than_any_is_told_once_and_not_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "edition.yaml").write_text(f"paper: paper.yaml\ndate: 2024-01-10\n{THICK[name]}", encoding="utf-8")
    with pytest.raises(InputError, match=name) as raised:
        read_edition(tmp_path / "edition.yaml")
    (told,) = raised.value.diagnostics
    assert told.code == "source.too-thick"
    assert told.hint


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt9", "..", "a/b", "a\0b", "a" * 300, "字" * 80, "<b>"])
def test_an_id_that_no_disk_takes_as_a_name_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot serve as an id"):
        read_edition(write_paper(tmp_path, {"a": STORY}, stories=[{"article": "articles/a.yaml", "id": name}]))


def test_the_list_of_a_site_that_is_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "2024.json")
    with pytest.raises(OSError, match="ordinary"):
        _read(tmp_path / "2024.json")


def test_an_automatic_page_of_more_stories_than_any_measures_none_of_them(tmp_path: Path) -> None:
    stories = [{"article": "articles/a.yaml", "id": f"s{number}"} for number in range(151)]
    ended = run("check", write_paper(tmp_path, {"a": STORY}, layout="auto", stories=stories), "--json")
    assert ended.code == ExitCode.BAD_INPUT
    (told,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert told["code"] == "makeup.no-room"
    assert "151 stories" in told["message"]


# --- a port -----------------------------------------------------------------------------------------------


def test_a_port_asks_nobody_for_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`http.server` asks for the name of its address, and hangs where nobody answers."""

    def asked(*_: object) -> str:
        raise AssertionError("a name was asked for")

    monkeypatch.setattr(socket, "getfqdn", asked)
    check_port(0)
    (tmp_path / "site.json").write_text("{}", encoding="utf-8")
    server(tmp_path, 0).server_close()
