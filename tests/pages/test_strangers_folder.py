"""A folder from a stranger: whatever its layouts and styles hold, a run ends with a message and never with a fault of ours.

Each row is a payload, made here, with the code of what answers it.
"""

import contextlib
import inspect
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from printkit.diagnostics import ExitCode, InputError, Severity, UsageError
from printkit.epaper.folder.disk import READY, Marker, check_place, opened
from printkit.epaper.issue.facts import read_facts
from printkit.output.manifest import File, owner_of, put_whole, written
from printkit.output.report import Provenance, read_provenance
from printkit.output.tree import OutputTree
from printkit.pdf.ads import place_ads
from printkit.source import read_edition
from printkit.source.faults import MOST
from tests.support.counting import lines_run
from tests.support.editions import write_edition
from tests.support.papers import run, write_paper

STORY: dict[str, Any] = {
    "headline": "一篇稿件",
    "byline": [{"role": "本报记者", "name": "某甲"}],
    "body": "第一段。\n\n## 小标题\n\n第二段。\n",
}

PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
ATTACK
<main><section data-slot="top" style="height:300pt"></section></main>
{% endblock %}
"""

BAD_TEMPLATE, UNMEASURED, NOT_LAID_OUT, VALUE = (
    "layout.template",
    "layout.not-measured",
    "layout.not-laid-out",
    "style.value",
)

TEMPLATES: dict[str, tuple[str | bytes, str, int]] = {
    # What stands in the layout, what answers it, at which line of which: 0 where no line of a template is known.
    "not UTF-8": (b"{% set a = 1 %}\n\xff", BAD_TEMPLATE, 2),
    "brackets nested too deep": ("{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}", BAD_TEMPLATE, 1),
    "lists nested too deep": ("{{ " + "[" * 1500 + "]" * 1500 + " }}", BAD_TEMPLATE, 1),
    "loops nested too deep": ("{% for a in [1] %}" * 60 + "{% endfor %}" * 60, BAD_TEMPLATE, 1),
    "a number of too many digits": (f"{{{{ {'9' * 5000} }}}}", BAD_TEMPLATE, 1),
    "overflow": ("{{ 2.0 ** 100000 }}", BAD_TEMPLATE, 3),
    "a huge power": ("{{ 10 ** 100000 }}", BAD_TEMPLATE, 3),
    "a long range": ("{{ range(10**9) }}", BAD_TEMPLATE, 3),
    "a text many times": ("{{ 'a' * 10**10 }}", BAD_TEMPLATE, 3),
    "a list many times": ("{{ ([1] * 10**10)|length }}", BAD_TEMPLATE, 3),
    "center": ("{{ 'a'|center(10**10) }}", BAD_TEMPLATE, 3),
    "%": ("{{ '%10000000000d' % 1 }}", BAD_TEMPLATE, 3),
    "format": ("{{ '{:>10000000000}'.format(1) }}", BAD_TEMPLATE, 3),
    "ljust": ("{{ 'a'.ljust(10**10) }}", BAD_TEMPLATE, 3),
    "indent": ("{{ 'a'|indent(width=10**10) }}", BAD_TEMPLATE, 3),
    "slices": ("{{ [1]|slice(10**10, 'x')|list }}", BAD_TEMPLATE, 3),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", BAD_TEMPLATE, 3),
    "an index": ("{{ [1][7] }}", BAD_TEMPLATE, 3),
    "a method that is not called": ("{{ true.bit_length }}", BAD_TEMPLATE, 3),
    "what was not made a list": ("{{ [[1]|map('string')] }}", BAD_TEMPLATE, 3),
    "range itself": ("{{ range }}", BAD_TEMPLATE, 3),
    "types": ("{{ 1 + 'a' }}", BAD_TEMPLATE, 3),
    "a template of too long a name": (f"{{% include '{'a' * 5000}' %}}", BAD_TEMPLATE, 3),
    "a slot twice by attribute": ("<p data-slot='top' data-slot='top'></p>", "layout.slot-twice", 0),
    "a slot's name with a bar": ("<p data-slot='a|b|c'></p>", "layout.slot-name", 0),
    "a slot in what is not shown": ("<template><p data-slot='a'></p></template>", UNMEASURED, 0),
    "a slot that is a picture": ("<img data-slot='a'>", UNMEASURED, 0),
    "a probe of its own": ("<p data-probe='top|2|none||body'></p>", UNMEASURED, 0),
    "columns in other digits": ("<p data-slot='a' data-columns='²'></p>", "layout.columns", 0),
    "composed text of its own": ("<img src='composed:0' data-at='x y'>", "style.failed", 0),
    "elements nested too deep": ("<div>" * 1500, NOT_LAID_OUT, 0),
    "an address of half an IP": ("<link rel=stylesheet href='http://['>", NOT_LAID_OUT, 0),
    "a cell over all columns": ("<table><tr><td colspan=99999999999>", "limits.memory", 0),
}

STYLES = {
    "article { display: none }": UNMEASURED,
    "article { margin: -1e30px !important }": UNMEASURED,
    "[data-slot] { position: running(x) }": UNMEASURED,
    ".headline { display: none !important }": UNMEASURED,
    ".body { position: running(x) }": UNMEASURED,
    ".byline { border: 1e30px solid }": UNMEASURED,
    ".subhead { font-size: 0 !important }": VALUE,
    "main { font-size: 0 !important }": VALUE,
    "section { --body-leading: 0 !important }": VALUE,
    ".headline { line-height: 0 !important }": VALUE,
    "html { position: running(x) }": NOT_LAID_OUT,
    ":is(a, b) " * 90 + "{ color: red }": NOT_LAID_OUT,
    "@import 'page.css'; @import url(page.css);": "style.too-deep",
    ".headline { font-family: serif !important }": VALUE,
    "html { --body-font: 0 !important }": VALUE,
    ".story { --picture-crop: 1 !important }": VALUE,
    ".story { --picture-crop: nan !important }": VALUE,
    "main { --columns: 0 !important }": VALUE,
    "main { --columns: 99999999999999999999 !important }": VALUE,
    ".story { --headline-space: 9999999999 !important }": VALUE,
    ".story { --headline-space: ² !important }": VALUE,
    ".story { --headline-lines: nan !important }": VALUE,
    ".story { --text-columns: inf !important }": VALUE,
    ".story { --caption-lines: 1e999 !important }": VALUE,
    ".story { --head-gaps: 1e300 1 1 1 !important }": VALUE,
    ".body { --interpunct: inf/1em !important }": VALUE,
    ".body { --least-blank: nan !important }": VALUE,
    f".story {{ --note-padding: {'9' * 400}pt !important }}": VALUE,
    f".headline {{ --headline-steps: {'9' * 400}pt !important }}": VALUE,
    ".story { --headline-stretch: ²% !important }": VALUE,
}


def layout(folder: Path, page: bytes, style: str = "") -> Path:
    """Write a paper with a layout of its own; return the edition file."""
    source = write_paper(folder, {"a": STORY}, layout="x")
    (folder / "layouts/x").mkdir(parents=True)
    (folder / "layouts/x/page.html.j2").write_bytes(page)
    (folder / "layouts/x/page.css").write_text(style, encoding="utf-8")
    return source


def told(source: Path) -> list[dict[str, Any]]:
    """Check an edition that nothing can be made of; return what is wrong, said in both languages."""
    ended = run("check", source, "--json")
    assert ended.code == ExitCode.BAD_INPUT, ended.out + ended.err
    errors: list[dict[str, Any]] = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    for one in errors:
        assert one["message"] != one["message_zh"], one
        assert one["file"], one
    return errors


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_layout_ends_with_a_message(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_MEMORY", "1024")
    text, code, line = TEMPLATES[name]
    page = text if isinstance(text, bytes) else PAGE.replace("ATTACK", text).encode()
    if line == 1:  # what cannot be read at all is told at its beginning
        page = page.replace(b"\n", b" ")
    wrong = [one for one in told(layout(tmp_path, page)) if one["code"] == code]
    assert wrong
    if line:
        assert (wrong[0]["file"], wrong[0]["line"]) == ("layouts/x/page.html.j2", line)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_ends_with_a_message(style: str, tmp_path: Path) -> None:
    wrong = told(layout(tmp_path, PAGE.replace("ATTACK", "").encode(), style))
    assert STYLES[style] in {one["code"] for one in wrong}


def test_a_variable_of_nothing_is_as_if_not_written(tmp_path: Path) -> None:
    source = layout(tmp_path, PAGE.replace("ATTACK", "").encode(), ".story { --columns: var(--x) } .body { --least-blank: var(--x) }")  # fmt: skip
    assert run("check", source).code in (ExitCode.DONE, ExitCode.FINDINGS)


# --- files ------------------------------------------------------------------------------------------------

SITE = {"site": {"base_url": "https://paper.example.org/"}}
EMPTY_SVG = '<svg xmlns="http://www.w3.org/2000/svg"'


def test_a_style_that_is_no_utf_8_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    source = layout(tmp_path, PAGE.replace("ATTACK", "").encode())
    (tmp_path / "layouts/x/page.css").write_bytes(b"/* \xff */ #story-a { --columns: 2 }")
    assert run("check", source).code in (ExitCode.DONE, ExitCode.FINDINGS)


@pytest.mark.parametrize(
    "keys", [{"masthead": "a\0b.png"}, {"site": {"base_url": f"https://a.example.org/{'a' * 4000}/"}}]
)
def test_values_of_the_paper_that_no_file_or_code_can_hold(keys: dict[str, Any], tmp_path: Path) -> None:
    told(write_paper(tmp_path, {"a": STORY}, paper=keys))


def test_a_path_with_nul(tmp_path: Path) -> None:
    told(write_paper(tmp_path, {"a": STORY}, stories=[{"article": "articles/a\0.yaml"}]))


@pytest.mark.parametrize(
    "svg", [f'<?xml version="1.0" encoding="klingon"?>{EMPTY_SVG} width="9" height="9"/>', EMPTY_SVG, "\xff"]
)
def test_an_svg_that_is_none(svg: str, tmp_path: Path) -> None:
    source = write_paper(tmp_path, {}, layout="inside-ad", stories=[{"ad": "a.svg"}])
    (tmp_path / "a.svg").write_bytes(svg.encode("latin-1"))
    assert {one["code"] for one in told(source)} == {"source.bad-ad"}


BOXES: dict[str, Any] = {
    "a name": Name.A,
    "names": Array([Name.A] * 4),
    "three sides": Array([0, 0, 1]),
    "texts": Array([String("a")] * 4),
    "a mapping": Dictionary(),
    "a number": 7,
    "too large": Array([0, 0, 10**6, 10**6]),
    "a point": Array([0, 0, 0, 0]),
}


def pdf_file(path: Path, key: str, value: Any) -> None:
    """Write a PDF of one page, one key of which is wrong."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        page.MediaBox = Array([0, 0, 10**6, 10**6])
        page[key] = value
        pdf.save(path)


@pytest.mark.parametrize("box", BOXES)
def test_a_pdf_whose_trim_is_no_box(box: str, tmp_path: Path) -> None:
    source = write_paper(tmp_path, {}, layout="inside-ad", stories=[{"ad": "a.pdf"}])
    pdf_file(tmp_path / "a.pdf", "/TrimBox", BOXES[box])
    assert {one["code"] for one in told(source)} == {"source.bad-ad"}


@pytest.mark.parametrize("resources", [Dictionary(XObject=Name.A), Dictionary(XObject=Array([1]))])
def test_a_pdf_whose_resources_are_of_another_kind(resources: Any, tmp_path: Path) -> None:
    pdf_file(tmp_path / "a.pdf", "/Resources", resources)
    with pikepdf.new() as out:
        page = out.add_blank_page()
        page.obj.Resources = Dictionary(XObject=Dictionary(ad0=out.make_stream(b"")))
        with pytest.raises(InputError) as raised:
            place_ads(out, [{"ad0": tmp_path / "a.pdf"}])
    assert [one.code for one in raised.value.diagnostics] == ["pdf.unusable-file"]


# --- where the pages go -----------------------------------------------------------------------------------


LEFT: dict[str, Callable[[Path, Path], object]] = {
    # What somebody else has put where a run writes, and what it leads to: a folder with a file.
    "a link to a folder": lambda path, kept: path.symlink_to(kept),
    "a link to a file": lambda path, kept: path.symlink_to(kept / "kept.txt"),
    "a link to a file that is not there": lambda path, kept: path.symlink_to(kept / "new.txt"),
    "another name of a file": lambda path, kept: path.hardlink_to(kept / "kept.txt"),
    "a link to what never ends": lambda path, _: path.symlink_to("/dev/zero"),
    "a pipe": lambda path, _: os.mkfifo(path),
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder elsewhere with a file that nobody may read or change."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/kept.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "elsewhere"


def see_kept(kept: Path, out: Path) -> None:
    """See that a folder is as it was, and that nothing of it came into another by a link."""
    assert [path.name for path in kept.iterdir()] == ["kept.txt"]
    assert (kept / "kept.txt").read_text(encoding="utf-8") == "secret"
    own = (kept / "kept.txt").stat().st_ino
    files = [path for path in out.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_ino != own]
    assert not [path for path in files if path.parent.name == "elsewhere" or path.name == "kept.txt"]


@pytest.mark.parametrize("place", [".D.new", ".D.old", ".D.lock", "D/web", "D/web/a.pdf", "D/print", "D/notes"])
@pytest.mark.parametrize("left", LEFT)
def test_what_lies_where_an_issue_is_written_is_neither_followed_nor_waited_for(
    place: str, left: str, kept: Path, tmp_path: Path
) -> None:
    out, day = tmp_path / "out", "2024-01-10"
    way = out / place.replace("D", day)
    way.parent.mkdir(parents=True)
    LEFT[left](way, kept)
    tree = OutputTree(out, day, "试排日报")
    with tree.held(lambda _: None), tree.replacing(["web"], keep_pages=True) as folder:
        written(File("web/a.pdf", b"b", 1), folder, day)
    assert (out / day / "web/a.pdf").read_bytes() == b"b"
    see_kept(kept, out)


@pytest.mark.parametrize("place", [".2024-01-10.new", "2024-01-10/notes"])
def test_folders_without_end_are_told(place: str, tmp_path: Path) -> None:
    way = tmp_path / place / "/".join("a" * 300)
    way.mkdir(parents=True)
    depth = len(inspect.stack())
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + 200)
    try:
        tree = OutputTree(tmp_path, "2024-01-10", "甲")
        with (
            pytest.raises(UsageError, match="too deep"),
            tree.held(lambda _: None),
            tree.replacing([], keep_pages=False),
        ):
            pass
    finally:
        sys.setrecursionlimit(usual)


@pytest.mark.parametrize("place", ["out", "out/2024-01-10"])
def test_a_link_in_the_place_of_the_output_is_told(place: str, kept: Path, tmp_path: Path) -> None:
    write_paper(tmp_path / "paper", {})
    way = tmp_path / "paper" / place
    way.parent.mkdir(exist_ok=True)
    way.symlink_to(kept)
    with (
        pytest.raises(UsageError, match="link"),
        OutputTree(tmp_path / "paper/out", "2024-01-10", "甲").held(lambda _: None),
    ):
        pass
    if place == "out":
        with pytest.raises(OSError, match="link"):
            put_whole(way / "editions.json", b"{}")
        with pytest.raises(UsageError, match="link"):
            check_place(way, "甲")
    see_kept(kept, tmp_path / "paper")


STAGED = {"folder": "2024/01/10", "note": {}}


@pytest.mark.parametrize(
    "place",
    [".site.lock", ".site.json.new", ".adding", ".adding/file", ".adding/issue", ".adding/shared", ".adding/ready.json",
     "2024", "2024/01/10", "assets", "assets/a.css", "index.html"],
)  # fmt: skip
@pytest.mark.parametrize("left", LEFT)
def test_what_lies_where_a_site_is_written_is_neither_followed_nor_waited_for(
    place: str, left: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sync", raising=False)  # the whole machine's
    out = tmp_path / "site"
    out.mkdir()
    if not place.startswith(".site"):
        (out / "site.json").write_text('{"format": 1, "paper": "甲", "address": ""}', encoding="utf-8")
        (out / ".adding/shared/assets").mkdir(parents=True)
        (out / READY).write_text(json.dumps(STAGED), encoding="utf-8")
    way = out / place
    way.parent.mkdir(parents=True, exist_ok=True)
    if way.is_dir():
        shutil.rmtree(way)
    way.unlink(missing_ok=True)
    LEFT[left](way, kept)
    with contextlib.suppress(UsageError), opened(out, Marker("甲", "")) as folder:  # some of it is told
        if folder.staged() is not None:
            folder.settle()
        for name in ("index.html", "assets/a.css"):
            folder.write(name, b"b")
        folder.stage("2024/01/10", {"issue.json": b"b"}, {"assets/a.css": b"b"}, {"a": 1})
        folder.settle()
        folder.remove("2024/01/10/kept.txt")
        folder.done()
    see_kept(kept, out)


def test_a_path_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError), OutputTree(tmp_path / ("o" * 300), "2024-01-10", "甲").held(lambda _: None):
        pass


def test_lists_nested_too_deep_are_as_lists_that_cannot_be_read(tmp_path: Path) -> None:
    for name in ("report.json", "manifest.json", "issue.json"):
        (tmp_path / name).write_bytes(b"[" * 100_000)
    assert owner_of(tmp_path) is None
    assert read_provenance(tmp_path / "report.json") == Provenance({}, {})
    with pytest.raises(ValueError, match=r"issue\.json"):
        read_facts(tmp_path / "issue.json")


# --- many faults ------------------------------------------------------------------------------------------

MANY: dict[str, Callable[[int], str]] = {
    "keys twice": lambda count: "headline: a\nbody: b\n" + "".join(f"'x': {n}\n" for n in range(count)),
    "keys that nobody knows": lambda count: "headline: a\nbody: b\n" + "".join(f"headlin{n}: 1\n" for n in range(count)),
    "pictures that are not there": lambda count: "headline: a\nbody: b\npictures:\n" + "".join(f"  - file: a{n}.png\n" for n in range(count)),
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_twice_the_faults_are_twice_the_work_and_fifty_are_told(name: str, tmp_path: Path) -> None:
    lines = []
    for count in (200, 400):
        source = write_edition(tmp_path / str(count), lead=MANY[name](count))
        faults: list[InputError] = []

        def read(source: Path = source, faults: list[InputError] = faults) -> None:
            with pytest.raises(InputError) as raised:
                read_edition(source)
            faults.append(raised.value)

        lines.append(lines_run(read))
        errors = [one for one in faults[0].diagnostics if one.severity is Severity.ERROR]
        assert len([one for one in errors if one.code != "source.more-faults"]) == MOST
        assert errors[-1].code == "source.more-faults"
    assert lines[1] < 2.2 * lines[0]


# --- limits -----------------------------------------------------------------------------------------------

LOOP = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
DOUBLED = "{% set n = namespace(t='aa') %}{% for i in range(40) %}{% set n.t = n.t ~ n.t %}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "code", "number"), [(LOOP, "limits.time", "1 s"), (DOUBLED, "limits.memory", "300 MB")]
)
def test_what_wants_too_much_is_told_at_its_page(
    text: str, code: str, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINTKIT_SECONDS", "1")
    monkeypatch.setenv("PRINTKIT_MEMORY", "300")
    source = layout(tmp_path, PAGE.replace("ATTACK", text).encode())
    ended = run("build", source, "-o", tmp_path / "out", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    (wrong,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert (wrong["code"], wrong["file"], wrong["line"]) == (code, "layouts/x/page.html.j2", 3)
    assert number in wrong["message"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "piece",
    [
        "epaper.issue.files.page_in_pictures",
        "epaper.issue.files.made_pictures",
        "pipeline.phone._PhoneMaker.pictures",
        "pipeline.reprint.ReprintMaker.drawn",
        "pdf.join.join",
    ],
)
def test_a_piece_of_a_site_that_wants_too_much_is_told_at_its_page_or_story(
    piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes_all(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"printkit.{piece}", takes_all)
    source = write_paper(tmp_path, {"a": STORY})
    ended = run("site", source, "-o", tmp_path / "out", "--jobs", "1")
    assert ended.code == ExitCode.BAD_INPUT
    assert re.search(r"edition\.yaml:[2-9]\d*:\d+: pages\[0\].*error\[limits\.memory\]", ended.err), ended.err
    assert not (tmp_path / "out").exists()


def test_a_page_that_wants_too_much_when_it_is_measured_is_asked_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def takes_all(made_from: tuple[object, ...], _: object) -> None:
        asked.append(made_from[-1])
        raise MemoryError

    monkeypatch.setattr("printkit.pipeline.measure._measured", takes_all)
    ended = run("build", write_paper(tmp_path, {"a": STORY}), "-o", tmp_path / "out", "--jobs", "1", "--json")
    (wrong,) = [one for one in ended.report["diagnostics"] if one["severity"] == "error"]
    assert (wrong["code"], wrong["page"], wrong["field"]) == ("limits.memory", "1", "pages[0].layout")
    assert len(asked) == 1


@pytest.mark.parametrize("text", ["0", "-1", "zwei", "²", "1e9"])
def test_a_limit_is_a_whole_number(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTKIT_SECONDS", text)
    ended = run("check", write_paper(tmp_path, {"a": STORY}))
    assert ended.code == ExitCode.USAGE
    assert "PRINTKIT_SECONDS" in ended.err
