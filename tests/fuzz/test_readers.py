"""Every reader of what others send, fed with what hypothesis makes of small seeds: a message or a value, never a traceback.

A short run in the suite, always the same; `make fuzz MINUTES=10` searches (`__main__`).
"""

import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printkit.diagnostics import InputError
from printkit.fonts.files import why_not
from printkit.fonts.metrics import forget_fonts, glyph_advance, shape
from printkit.fonts.subset import subset
from printkit.model.style import Composition, Face
from printkit.pictures.ads import read_ad_size
from printkit.pictures.decode import DecodeError, decode
from printkit.pictures.sizes import BadPictureError, read_pixels, svg_size
from printkit.pictures.svg import drawable_svg
from printkit.render import styles
from printkit.render.templates import LAYOUTS, render
from printkit.source import read_edition
from tests.support.editions import write_edition
from tests.support.fonts import write_cid_keyed, write_truetype

ANYTHING = st.text(max_size=3)


def made_of(pieces: str, most: int = 30, other: st.SearchStrategy[str] = ANYTHING) -> st.SearchStrategy[str]:
    """Return texts of some words, divided by blanks here, and of whatever else."""
    words = st.sampled_from(pieces.split())
    return st.lists(words | st.sampled_from([" ", "\n", "\n  "]) | other, max_size=most).map("".join)


def examples(count: int) -> settings:
    """Return how long a reader is looked at: so many examples in the suite, many times as many where somebody searches."""
    return settings(max_examples=count * int(os.environ.get("FUZZ_TIMES", "1")), deadline=None)


def mutated(seed: bytes, head: int = 2**30) -> st.SearchStrategy[bytes]:
    """Return a file with some bytes changed, all of them in its head, and its end cut off."""
    change = st.tuples(st.integers(0, min(len(seed), head) - 1), st.binary(min_size=1, max_size=6))

    def changed(changes: list[tuple[int, bytes]], end: int) -> bytes:
        data = seed
        for at, new in changes:
            data = data[:at] + new + data[at + len(new) :]
        return data[: len(data) - end]

    return st.builds(changed, st.lists(change, max_size=6), st.integers(0, 40))


YAML = "headline: body: |  - [ ] { } \" ' : # & * ! --- ... pictures: file: a.png byline: ## | > ~ ** [ ]( ) <ruby> 字 \\u0000 ? % @ `"
TEMPLATE = (
    "{% %} {{ }} {# #} for in if else endif endfor set = ( ) [ ] | ~ * ** % 'a' 1 99999999 range(9) namespace() macro "
    "endmacro extends include import block endblock page paper slots css center(9) join .x . , : not is defined <p> </p>"
)
STYLE = "1 0 -1 nan inf 1e999 9pt / 2em % ² ( ) var(--x) none 1/8em true start 99999999999999999999 . , ;"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"> </svg> <g> </g> <rect <use href="#a" '
    'id="a" fill="url(#a)" transform="scale(nan)" style=" "/> <?xml version="1.0" encoding="x"?> <!DOCTYPE <!ENTITY &a; '
    "<style> </style> @import <text> 1e999 nan <![CDATA[ ]]>"
)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, kind)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(30, 20))
        page.obj.Contents = made.make_stream(b"0 0 9 9 re f")
        made.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@examples(20)  # each writes a whole edition
@given(made_of(YAML))
def test_copy(text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        source = write_edition(Path(place), lead=text.encode("utf-8", "surrogatepass"))
        answered(lambda: read_edition(source), InputError)


@given(made_of(TEMPLATE))
@examples(100)
def test_templates(folder: Path, text: str) -> None:
    place = folder / "layouts/x"
    place.mkdir(parents=True, exist_ok=True)
    (place / "page.html.j2").write_bytes(text.encode("utf-8", "surrogatepass"))
    answered(lambda: render((folder / "layouts", LAYOUTS), "x/page.html.j2", {"page": {}, "slots": {}}), InputError)


@given(made_of(STYLE, 6))
@examples(100)
def test_custom_properties(text: str) -> None:
    tokens = tinycss2.parse_component_value_list(text)
    for read in (
        lambda: styles.whole("--a", tokens, 1),
        lambda: styles.crop("--a", tokens, 0.1),
        lambda: styles.percent("--a", tokens, 100, 80, 120),
        lambda: styles.pair("--a", tokens, (1, 1)),
        lambda: styles.shares("--a", tokens, (1, 2)),
        lambda: styles.words("--a", tokens, ("a", "b")),
        lambda: styles.length("--a", tokens, 9000, 0),
        lambda: styles.steps("--a", tokens, 9000, lambda size: size),
        lambda: styles.composition(lambda _: tokens, Composition()),
    ):
        answered(read, styles.StyleError)


@given(made_of(SVG))
@examples(100)
def test_svg(folder: Path, text: str) -> None:
    path = folder / "a.svg"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    answered(lambda: svg_size(path), BadPictureError)
    answered(lambda: drawable_svg(path.read_bytes()))


@given(st.sampled_from(["PNG", "JPEG", "TIFF", "WEBP"]).flatmap(lambda kind: mutated(picture(kind))))
@examples(100)
def test_pictures(folder: Path, data: bytes) -> None:
    path = folder / "a.png"
    path.write_bytes(data)
    with contextlib.suppress(BadPictureError):
        read_pixels(path)  # only what is taken here is decoded
        answered(lambda: decode(data, (8, 6)), DecodeError)


@given(mutated(pdf()))
@examples(100)
def test_pdf(folder: Path, data: bytes) -> None:
    path = folder / "a.pdf"
    path.write_bytes(data)
    answered(lambda: read_ad_size(path), BadPictureError)


@pytest.fixture(scope="module")
def made_fonts(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    place = tmp_path_factory.mktemp("fonts")
    return write_truetype(place / "a.ttf").read_bytes(), write_cid_keyed(place / "a.otf").read_bytes()


@given(st.data())
@examples(100)
def test_fonts(folder: Path, made_fonts: tuple[bytes, ...], data: st.DataObject) -> None:
    path = folder / "a.ttf"
    path.unlink(missing_ok=True)  # what was opened before is mapped into memory
    path.write_bytes(content := data.draw(st.sampled_from(made_fonts).flatmap(mutated)))
    forget_fonts()

    def used() -> None:
        chain = (Face("A", 400, str(path), 0),)
        shown = [*shape("一丁 A1", chain), *shape("丂（——", chain, vertical=True)]
        glyphs = {glyph.gid for one in shown for glyph in one.glyphs}
        assert all(isinstance(glyph_advance(chain[0], gid), int) for gid in glyphs)
        subset(str(path), 0, glyphs)

    if why_not(content) is None:
        answered(used, InputError)


def answered(read: Callable[[], Any], *refused: type[Exception]) -> None:
    """Call a reader, which may refuse what it is given in its own way and in no other."""
    with contextlib.suppress(*refused):
        read()
