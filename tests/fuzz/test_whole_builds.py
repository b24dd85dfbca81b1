"""Whole builds of one small paper, a part of which hypothesis makes: files that are good, or messages, never an internal error.

Beside `test_readers`, whose readers are asked by themselves: here what they let pass is composed, made up, drawn and checked.
"""

import copy
import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from printkit.colour.profiles import default_profile
from printkit.diagnostics import ExitCode
from tests.fuzz.test_finished_files import DAMAGED as PDFS
from tests.fuzz.test_readers import TEMPLATE, examples, made_of, mutated
from tests.support.papers import run, write_yaml

PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main style="position: relative">
  <section data-slot="top" data-columns="3" style="height:330pt"></section>
  HERE
  <section data-slot="foot" style="height:110pt" class="foot"></section>
</main>
{% endblock %}
"""
TABLE = "| 队 | 分 |\n|---|---|\n| 甲 | 3 |\n"
ARTICLE: dict[str, Any] = {
    "kicker": "引题", "headline": "码头的灯 亮了", "deck": ["副题一", "副题二"], "dateline": "本报讯",
    "byline": [{"role": "本报记者", "name": "柯小满"}], "editor_note": "按：试。", "keywords": ["灯"], "source": "本报",
    "optional": ["deck"], "pull_quote": "灯亮了。",
    "body": f"灯亮了（**试**），{{字|zì}}3.5%的船。\n\n## 小标题\n\n> 引文。\n\n- 一\n\n~ 诗\n\n{TABLE}\n又一段。[链](https://a.example.org/)",
    "sections": [{"name": "甲某", "title": "工人", "portrait": "../images/a.png", "body": "分述的话。"}],
    "pictures": [
        {"file": "../images/a.png", "caption": "图①", "credit": "某摄", "focus": [0.5, 0.2], "columns": 1, "place": "inside"},
        {"file": ["../images/a.svg", "../images/a.png"], "caption": "①一②二", "place": "foot", "side": "left", "alt": ["一", "二"]},
    ],
    "boxes": [{"kind": "data", "headline": "资料", "body": "一行。", "place": "foot"}],
}  # fmt: skip
PAPER: dict[str, Any] = {
    "name": "试排日报", "masthead": "images/a.svg", "page_size": {"width": "150mm", "height": "200mm"}, "stylesheets": ["a.css"],
    "composition": {"prohibition": "gb", "punctuation": "kaiming", "han_latin_gap": {"latin": "1/8em", "digit": "0"}, "least_blank": "1/4em"},
    "names": ["柯小满"], "print": {"profile": "press.icc", "bleed": "3mm", "tac": "220%", "ppi": 100}, "language": "zh-CN",
    "site": {"base_url": "https://paper.example.org/", "links": [{"name": "网", "url": "https://a.example.org/"}]},
    "sections": {"要闻": {"emblem": "images/a.svg", "accent": {"screen": "#0b4f8a", "press": "1 0.6 0 0.2"}}},
    "lint": [{"ignore": "id-number", "reason": "试"}],
}  # fmt: skip
EDITION: dict[str, Any] = {
    "paper": "paper.yaml", "date": "2024-01-10", "issue": 7, "colour": "red",
    "pages": [
        {"number": 1, "name": "要闻", "layout": "x", "duty": {"责任编辑": "某"}, "stories": [
            {"article": "articles/a.yaml", "slot": "top", "level": 1, "jump_to": {"page": 2, "slot": "foot"},
             "frame": "box", "look": {"head": {"align": "center", "columns": 2}, "byline": "tail", "columns": 2}},
            {"ad": "ads/ad.pdf", "slot": "foot", "alt": "广告"}]},
        {"number": 2, "name": "副刊", "layout": "x", "stories": [
            {"article": "articles/b.yaml", "slot": "top", "level": 3, "id": "b", "index": True}]},
    ],
    "corrections": [{"story": "b", "was": "旧", "now": "灯"}],
}  # fmt: skip
BRIEF: dict[str, Any] = {"brief": True, "body": "灯亮了。"}
FILES: dict[str, Any] = {
    "paper.yaml": PAPER,
    "edition.yaml": EDITION,
    "articles/a.yaml": ARTICLE,
    "articles/b.yaml": BRIEF,
}
GOOD_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"><rect width="9" height="6" fill="red"/></svg>'


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (40, 30), "red").save(out, kind, icc_profile=profile, dpi=(200, 200))
    return out.getvalue()


def _ad() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "blue").save(out, "PDF")
    return out.getvalue()


PICTURES, AD = [_picture(kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP")], _ad()
PROFILE = default_profile().read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give one folder for all examples, within the limits of the issue."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("PRINTKIT_MEMORY", "1024")
        patch.setenv("PRINTKIT_SECONDS", "20")
        yield folder


def ended_well(place: Path, changed: Mapping[str, Any], *options: str, command: str = "build") -> None:
    """Build the paper with some files changed: made, made with findings, or not made, and all of it told."""
    files: dict[str, Any] = FILES | {
        "layouts/x/page.html.j2": PAGE, "a.css": "", "images/a.png": PICTURES[0], "images/a.svg": GOOD_SVG, "ads/ad.pdf": AD,
        "press.icc": PROFILE,
    }  # fmt: skip
    for name, content in (files | dict(changed)).items():
        path = place / "paper" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str | bytes):
            path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        else:
            write_yaml(path, content)
    shutil.rmtree(place / "out", ignore_errors=True)  # an issue there may be another paper's
    told = run(command, place / "paper/edition.yaml", "-o", place / "out", "--no-cache", "--jobs", "1", *options)
    ended = ExitCode.MISSING_PART if "fonts.none-present" in told.err else ExitCode.BAD_INPUT
    assert told.code in (ExitCode.DONE, ExitCode.FINDINGS, ended), told.err
    assert told.code == ExitCode.DONE or "error[" in told.err or "warning[" in told.err, told.err


# --- what is changed ------------------------------------------------------------------------------------

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 3, 10**12, 1.5, float("nan"), float("inf"), "", " ", "字", "a" * 3000, "\u2028", "a\0b", "..", "../x", "/", "-3mm",
    "1e999mm", "nan", "²", "1/0", "0.5 0.5", "#fff", "http://[", "{{ x }}", "<b>&", "**", "auto", "none", "edition.yaml", "../images/a.svg",
    "../ads/ad.pdf", "../images/a.png", [], {}, [[]], {"a": 1}, [None], ["字", "字"], TABLE, "> " * 50, "{" * 50,
)  # fmt: skip
"""Values to put in another's place."""


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every key of every mapping and list in a value."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _changed(changes: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Return the paper's files with some values replaced, by odd ones or by those of other places."""
    files = copy.deepcopy(FILES)
    for at, kind, other in changes:
        places = [place for place in _places(files) if place[0] is not files]
        owner, key = places[at % len(places)]
        theirs, name = places[other % len(places)]
        owner[key] = copy.deepcopy(theirs[name] if kind == len(ODD) else ODD[kind])
    return files


PLACES = st.integers(0, 10_000)
VALUES = st.lists(st.tuples(PLACES, st.integers(0, len(ODD)), PLACES), min_size=1, max_size=3).map(_changed)


def one_of(words: str) -> st.SearchStrategy[str]:
    """Return the words of a text, one at a time."""
    return st.sampled_from(words.split())


SELECTORS = one_of(
    "html body main section .story .head .headline .kicker .deck .byline .body .subhead .quotation .verse .caption .credit .photo figure img "
    ".table .jump .folio .masthead .pull-quote .editor-note .story-box .box-text .section-name .frame-box .level-1 .foot #story-a article p "
    ":root @page * ::before"
)
PROPERTIES = one_of(
    "--columns --gutter --body-size --body-leading --body-steps --body-font --head-font --margin-top --margin-side --ink --accent --rule "
    "--headline-steps --kicker-steps --headline-lines --headline-space --head-gaps --ladder --craft --forms --headline-columns --picture-crop "
    "--headline-direction --headline-side --headline-align --headline-stretch --text-columns --text-measure --byline --column-rules --story-space "
    "--picture-columns --picture-place --portrait-lines --section-space --section-head-space --subhead-space --subhead-lines --caption-space "
    "--wrap-share --caption-lines --editor-note-columns --note-padding --box-columns --box-padding --table-columns --table-rules --prohibition "
    "--punctuation --han-latin-gap --hanging --interpunct --least-blank --para-start --spacing --half-digits --page-width --page-height "
    "font-size font-family font-weight font-style font-stretch font-variant font-feature-settings font line-height letter-spacing word-spacing "
    "text-indent text-align text-transform text-decoration text-overflow white-space hyphens writing-mode direction display position float clear "
    "top left width height min-width max-height margin padding border border-image border-radius outline box-sizing overflow visibility opacity "
    "transform columns column-count column-gap column-span break-before break-inside orphans page size marks bleed content counter-increment "
    "string-set bookmark-level footnote-display color background background-image background-size object-fit image-resolution z-index clip "
    "grid-template-columns grid-area flex flex-wrap order gap align-items vertical-align box-shadow lang all"
)
VALUE = one_of(
    "0 1 -1 2 3 9 nan inf 1e999 1e30px -1e30px 0.001pt 9pt 30pt 99999pt 50% -50% 2em 1em/2em 9pt/12pt / , none auto all initial inherit unset "
    "block inline inline-block table table-cell table-row grid flex list-item contents running(a) element(a) absolute fixed relative left right "
    "footnote center justify bold italic vertical horizontal vertical-rl rtl serif sans-serif 'DejaVu' \"'\" attr(class) counter(a) "
    "string(a) target-counter('#a',page) leader('.') url(images/a.png) url(images/a.svg) url(x) linear-gradient(red,blue) "
    "repeating-linear-gradient(red,blue,red) radial-gradient(0) rotate(45deg) scale(0) scale(nan) matrix(1,0,0,0,0,1) calc(1px+nan) var(--ink) "
    "var(--none) device-cmyk(0,1,0,0.5) #123 red transparent lines picture sections portraits optional space headline narrower wider beside "
    "smaller tail first subheads fewer gutter through trim keep even tight true quanjiao strict !"
)
DECLARATIONS = st.builds(
    "{}: {}{}".format,
    PROPERTIES,
    st.lists(VALUE | st.text(max_size=3), min_size=1, max_size=3).map(" ".join),
    st.sampled_from([" !important", ""]),
)
RULES = st.builds(
    "{} {{ {} }}\n".format,
    st.lists(SELECTORS, min_size=1, max_size=2).map(" ".join),
    st.lists(DECLARATIONS, min_size=1, max_size=3).map("; ".join),
)

HTML = (
    "<p> </p> <div> </div> <span class='headline'> </span> <section data-slot='top'> <section data-slot='a' data-many data-columns='2' "
    "style='height:60pt'> </section> <main data-fit='body'> <main data-makeup='auto'> <main data-spread> </main> <table> <tr> <td colspan=2> "
    "</table> <img src='images/a.png' alt='a'> <img src='images/a.svg'> <a href='story:b'> <a href='#x'> </a> <ul> <li> <br> <h1> </h1> "
    "<svg> <rect> </svg> <style> p{color:red} </style> <link rel='stylesheet' href='a.css'> <template> <input> <!-- --> <title> &amp; 字 "
    "style='display:none' aria-hidden='true' role='paragraph' {{index(edition)}} {{masthead(paper,edition,page)}} {{folio(paper,edition,page)}} "
    "{{imprint(paper)}} {{slots.top.title}} {{edition.pages}}"
)
ELEMENTS = one_of(
    "rect circle ellipse line path polyline polygon text tspan textPath g use image defs symbol linearGradient radialGradient stop pattern "
    "clipPath mask marker a svg style switch title"
)
ATTRIBUTES = one_of(
    "id x y x1 y1 x2 cx cy r rx fx width height d points transform fill stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linejoin "
    "opacity fill-opacity fill-rule clip-path mask marker-end marker-start font-size font-family text-anchor textLength letter-spacing rotate dx dy "
    "href xlink:href viewBox preserveAspectRatio gradientUnits gradientTransform spreadMethod offset stop-color patternUnits patternTransform "
    "refX orient markerUnits markerWidth style class display visibility overflow startOffset dominant-baseline color"
)
SETTINGS = one_of(
    "a #a url(#a) 0 1 -1 5 9 nan inf 1e999 -1e30 1e-30 50% 1em 9pt , M0 L9 9 H5 V C1 1 2 2 3 3 Q1 S T A1 1 0 0 1 5 5 A0 0 Z m l z red none "
    "currentColor #f00 hsl(0,0%,0%) device-cmyk(0,0,0,1) rgba(0,0,0,.5) scale(2) scale(0) rotate(45) matrix(1,0,0,0,0,1) skewX(90) translate(nan) "
    "userSpaceOnUse objectBoundingBox repeat reflect auto auto-start-reverse start middle end evenodd strokeWidth xMidYMid slice meet none inline "
    "hidden serif fill:red;stroke:blue font-size:0 data:image/png;base64,AA a.png"
)
ATTRIBUTE = st.builds(" {}='{}'".format, ATTRIBUTES, st.lists(SETTINGS, max_size=6).map(" ".join))


def _drawings() -> st.SearchStrategy[str]:
    """Return SVGs that can be parsed, whatever they say."""
    name = ELEMENTS
    attributes = st.lists(ATTRIBUTE, max_size=5, unique_by=lambda one: one.split("=")[0]).map("".join)
    inside = st.recursive(
        st.sampled_from(["", "字", "A b"]),
        lambda within: st.lists(st.builds("<{0}{1}>{2}</{0}>".format, name, attributes, within), max_size=4).map(
            "".join
        ),
        max_leaves=8,
    )
    return inside.map('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 6">{}</svg>'.format)  # fmt: skip


ART = st.sampled_from(PICTURES).flatmap(mutated) | _drawings() | PDFS | mutated(PROFILE, head=1000)
COPY = (
    "字 码头的灯亮了。 ，，， 、 “ ” ‘ ’ 《 》 （ ） —— …… ·  ﹏ ０ ① 3.5% 10km https://a.example.org/x a@b.org ** * [ ]( ) {字|zì} { | } ^2^ ~ "
    "##  > - >> << | |---| \n\n \n \t é 👩‍👩‍👧 🇨🇳 ️ ‍ ​ ﻿ \u202e \u0301 العربية हिन्दी ไทย 한국어 𠮷 ㍿ ﷽ ʼn \ue000 "
    "<ruby> &amp; -- ... ,. !! ？！ 2024年 H2O \\ `"
)


def test_the_paper_as_it_is(place: Path) -> None:
    ended_well(place, {}, "--for", "web,print,archive")


MADE = st.sampled_from(["web", "web", "web", "web,print,archive"])
"""What is made: mostly what is soonest made."""


@given(VALUES, MADE)
@examples(1)
def test_values(place: Path, files: dict[str, Any], made: str) -> None:
    ended_well(place, files, "--for", made)


@given(st.lists(RULES, min_size=1, max_size=4).map("".join), MADE)
@examples(1)
def test_styles(place: Path, rules: str, made: str) -> None:
    ended_well(place, {"a.css": rules}, "--for", made)


@given(made_of(HTML, 12), made_of(TEMPLATE, 4))
@examples(1)
def test_layouts(place: Path, html: str, words: str) -> None:
    ended_well(place, {"layouts/x/page.html.j2": PAGE.replace("HERE", html + words)})


PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=3)
"""What the first reader lets pass: no controls, halves of characters, or points that are none."""


def texts(keys: str, most: int = 8) -> st.SearchStrategy[dict[str, str]]:
    """Return texts for some keys."""
    return st.fixed_dictionaries({key: made_of(COPY, most, PRINTED) for key in keys.split()})


COPIES = st.builds(dict.__or__, texts("kicker headline deck dateline source"), texts("body", 60))


@given(COPIES)
@examples(1)
def test_bodies(place: Path, copy: dict[str, str]) -> None:
    ended_well(place, {"articles/a.yaml": ARTICLE | copy}, "--for", "web,archive")


@given(COPIES, texts("subtitle publisher sponsor"), texts("hosted_by contact copyright icp"))
@examples(1)
def test_sites(place: Path, copy: dict[str, str], paper: dict[str, str], site: dict[str, str]) -> None:
    files = {"articles/a.yaml": ARTICLE | copy, "paper.yaml": PAPER | paper | {"site": PAPER["site"] | site}}
    ended_well(place, files, command="site")
    for file in (place / "out").rglob("*"):
        if file.suffix in (".xml", ".svg"):
            ElementTree.parse(file)
        elif file.suffix == ".json":
            json.loads(file.read_bytes())
        elif file.suffix == ".epub":
            with zipfile.ZipFile(file) as book:
                for name in book.namelist():
                    if name.endswith(("html", ".opf", ".xml")):
                        ElementTree.fromstring(book.read(name))


@given(ART, st.sampled_from(["images/a.png", "images/a.svg", "ads/ad.pdf", "press.icc"]), MADE)
@examples(1)
def test_art(place: Path, art: bytes | str, name: str, made: str) -> None:
    ended_well(place, {name: art}, "--for", made)
