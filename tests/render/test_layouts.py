"""An author's layout and styles end to end: what is measured, and what is told when CSS or a template is wrong."""

from pathlib import Path
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.render.engine import Fetcher
from printkit.render.pages import Pages
from printkit.render.slots import Openings
from tests.support.papers import Built, Run, build_edition, run, write_paper

SENTENCE = "车间里的灯亮到很晚，工会的热水也一直烧着。"
PAGE = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main>
  <section data-slot="top" class="top"></section>
  <aside data-slot="foot" data-columns="2" class="foot"></aside>
</main>
{% endblock %}
"""
CSS = """\
.top { position: absolute; left: 0; top: 0; width: 60%; height: calc(20 * var(--body-leading)); }
.foot { position: absolute; left: 0; top: calc(22 * var(--body-leading)); width: 100%; height: 20em; padding: 0; }
"""


def own(folder: Path, css: str = CSS, page: str = PAGE, house: str = "", articles: int = 2) -> Path:
    """Write a paper with a layout of its own, `own`, of two slots."""
    (folder / "layouts/own").mkdir(parents=True)
    (folder / "layouts/own/page.html.j2").write_text(page, encoding="utf-8")
    (folder / "layouts/own/page.css").write_text(css, encoding="utf-8")
    paper: dict[str, Any] = {}
    if house:
        (folder / "house.css").write_text(house, encoding="utf-8")
        paper["stylesheets"] = ["house.css"]
    names = [f"a{n}" for n in range(articles)]
    return write_paper(
        folder, {n: {"headline": "标题", "body": SENTENCE * 6} for n in names}, layout="own", paper=paper
    )


def built(folder: Path, **changes: Any) -> Built:
    return build_edition(own(folder / "paper", **changes), folder / "out")


def refused(folder: Path, **changes: Any) -> Run:
    """Build what must be refused; nothing is written."""
    ended = run("build", own(folder / "paper", **changes), "-o", folder / "out")
    assert not (folder / "out").exists()
    assert "Traceback" not in ended.err
    return ended


def codes(found: Built) -> set[str]:
    return {d["code"] for d in found.report["diagnostics"]}


def test_a_layout_of_two_slots_builds(tmp_path: Path) -> None:
    found = built(tmp_path)
    assert found.code == 0
    assert [(s["id"], s["slot"]) for s in found.report["stories"]] == [("a0", "top"), ("a1", "foot")]
    assert found.story("a1")["columns"] == 2
    top, foot = (found.story(n)["rectangles"][0] for n in ("a0", "a1"))
    assert foot[1] - top[1] == pytest.approx(22 * 12, abs=0.02)
    assert top[3] == pytest.approx(20 * 12, abs=0.02)


def test_an_unused_slot_is_a_warning(tmp_path: Path) -> None:
    found = built(tmp_path, articles=1)
    assert found.code == 0
    assert "layout.slot-unused" in codes(found)


def test_a_slot_off_the_grid_is_told(tmp_path: Path) -> None:
    found = built(tmp_path, css=CSS.replace("left: 0; top: 0;", "left: 0; top: 4pt;"))
    assert found.code == 0
    assert "layout.off-grid" in codes(found)


def test_a_slot_of_no_height_is_refused(tmp_path: Path) -> None:
    ended = refused(tmp_path, css=CSS.replace("height: 20em", "height: 0"))
    assert ended.code == 3
    assert "layout.empty-slot" in ended.err
    assert "“foot”" in ended.err


def test_a_role_without_line_height_is_refused(tmp_path: Path) -> None:
    ended = refused(tmp_path, house=".body { line-height: normal }")
    assert ended.code == 3
    assert "style.line-height" in ended.err


@pytest.mark.parametrize(
    "house",
    [
        ".story { --headline-steps: big small }",
        ".story { --headline-space: 3 1 }",
        ".story { --picture-crop: viel }",
        ".body { --punctuation: halb }",
        ".body { --han-latin-gap: 3em }",
        ".body { --interpunct: 2em }",
        ".body { --least-blank: wenig }",
        ".body { --stop-blank: 1em }",
        ":root { --columns: 0 }",
    ],
)
def test_a_style_value_that_means_nothing_is_refused(house: str, tmp_path: Path) -> None:
    ended = refused(tmp_path, house=house.replace(".story", ".story.level-1"))
    assert ended.code == 3, ended
    assert "style.value" in ended.err


def test_a_missing_family_is_a_warning(tmp_path: Path) -> None:
    found = built(tmp_path, house='.body { font-family: "No Such Song", "Noto Serif CJK SC" }')
    assert found.code == 0
    told = [
        d for d in found.report["diagnostics"] if d["code"] == "fonts.family-missing" and d["severity"] == "warning"
    ]
    assert ["No Such Song" in d["message"] for d in told] == [True]


def test_a_chain_of_missing_families_is_exit_4(tmp_path: Path) -> None:
    ended = refused(tmp_path, house='.body { font-family: "No Such Song", "No Such Kai" }')
    assert ended.code == 4
    assert "of the fonts No Such Song, No Such Kai not one is installed" in ended.err
    assert "apt-get" not in ended.err, "printkit's own fonts are there"


@pytest.mark.parametrize(
    "css",
    [
        ".composed { margin-left: 3pt !important }",
        ".made-up > .composed.body { margin-left: 3pt !important }",
        ".made-up { padding-left: 5pt }",
        ".story { padding-top: 7pt }",
        ".made-up > .composed.body { width: 50pt !important }",
        ".composed.headline { visibility: hidden }",
        ".composed { display: none !important }",
    ],
)
def test_css_that_moves_composed_text_is_caught_or_has_no_effect(css: str, tmp_path: Path) -> None:
    """Either the guard tells of it, or the page is drawn as planned; never a page with text elsewhere."""
    ended = run("build", own(tmp_path / "paper", house=css), "-o", tmp_path / "out")
    if ended.code == 3:
        assert any(c in ended.err for c in ("render.moved-text", "render.style-moves-text", "render.not-drawn"))
        assert "hint:" in ended.err
        assert not (tmp_path / "out").exists()
    else:
        assert css.startswith((".composed { margin", ".story", ".made-up {"))
        assert ended.code in (0, 1)


@pytest.mark.parametrize(
    ("css", "code"),
    [
        (".headline { transform: translateX(20px) }", "render.moved-text"),
        (".story { transform: scale(2); transform-origin: 0 0 }", "render.moved-text"),
        (".composed.body { transform: rotate(180deg) }", "render.moved-text"),
        (".made-up { transform: translate(3px, 0) } .headline { transform: translate(-3px, 0) }", "render.moved-text"),
        ("a { display: block; transform: scale(1e30) }", "render.style-moves-text"),
    ],
)
def test_what_a_transform_moves_is_told(css: str, code: str, tmp_path: Path) -> None:
    page = PAGE.replace("</main>", '<a href="https://a.example.org/">网</a></main>')
    ended = run("build", own(tmp_path / "paper", page=page, house=css), "-o", tmp_path / "out")
    assert (ended.code, code in ended.err) == (3, True), ended.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_layout_is_guessed(tmp_path: Path) -> None:
    path = own(tmp_path / "paper")
    path.write_text(path.read_text(encoding="utf-8").replace("layout: own", "layout: frnt"), encoding="utf-8")
    ended = run("build", path, "-o", tmp_path / "out")
    assert ended.code == 3
    assert "did you mean “front”" in ended.err
    assert "own" in ended.err.partition("hint:")[2]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (PAGE.replace("<main>", "<main>{% if %}"), 3),
        (PAGE.replace("<main>", "<main>{{ paperr.name }}"), 3),
        (PAGE.replace("<main>", "<main>\n{{ 1 / 0 }}"), 4),
        (PAGE.replace("<main>", "<main>{{ ''.__class__.__mro__ }}"), 3),
    ],
)
def test_a_fault_of_a_template_is_told_at_its_line(page: str, line: int, tmp_path: Path) -> None:
    ended = refused(tmp_path, page=page)
    assert ended.code == 3
    assert f"own/page.html.j2:{line}:" in ended.err
    assert "layout.template" in ended.err


def test_a_picture_of_the_layout_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ended = refused(tmp_path, page=PAGE.replace("<main>", '<main><img src="none.png" alt="x">'))
    assert ended.code == 3
    assert "none.png" in ended.err


FITTED = """\
:root { --body-steps: 12pt/16pt 9.5pt/13pt 8pt/11pt }
.top { position: absolute; left: 0; top: 0; width: 100%; height: 60% }
.foot { position: absolute; left: 0; top: 70%; width: 100%; height: 20% }
"""


@pytest.mark.parametrize(
    "main",
    [
        '<main data-fit="body">',
        """<main data-fit="body" style='color:black'>""",
        '<main style="color:black" data-fit="body">',
        '<main data-style="x" data-fit=body>',
        "<MAIN data-fit = 'body' style = color:black class='a &amp; b'>",
        '<main data-fit="body" style="color:black;--body-size:9pt">',
    ],
)
def test_the_step_of_the_body_reaches_main_however_it_is_written(main: str, tmp_path: Path) -> None:
    edition = own(tmp_path, css=FITTED, page=PAGE.replace("<main>", main))
    result = check(edition)
    assert not result.faults, result.faults
    [page] = result.pages
    assert page.body_step is not None
    given = "--body-size" in main  # what a layout says of it itself wins
    steps = [(12_000, 16_000), (9_500, 13_000), (8_000, 11_000)]
    assert page.body_step in steps
    assert page.geometry.grid.size == (9_000 if given else page.body_step[0])
    assert page.geometry.grid.leading == page.body_step[1]
    html, _ = Pages().made_up(page)
    [tag] = [tag for tag in Openings(html).openings if tag.name == "main"]
    before = Openings(main).openings[0].attributes
    assert {name: value for name, value in tag.attributes.items() if name != "style"} == {
        name: value for name, value in before.items() if name != "style"
    }
    assert tag.attributes["style"].endswith(f";{before.get('style', '')}")


# --- the fetcher ----------------------------------------------------------------------------------------------


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper/in.css").write_text("p{}")
    (tmp_path / "out.css").write_text("p{}")
    (tmp_path / "paper/link.css").symlink_to(tmp_path / "out.css")
    return tmp_path / "paper"


def test_files_below_the_roots_are_read(roots: Path) -> None:
    Fetcher([roots]).fetch((roots / "in.css").as_uri())


@pytest.mark.parametrize("name", ["../out.css", "link.css", "%2e%2e/out.css"])
def test_files_elsewhere_are_refused(name: str, roots: Path) -> None:
    with pytest.raises(OSError, match="outside"):
        Fetcher([roots]).fetch(f"{roots.as_uri()}/{name}")


@pytest.mark.parametrize("address", ["http://example.org/x.css", "https://example.org/x", "ftp://example.org/x"])
def test_the_network_is_refused(address: str, roots: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)protocol|not allowed|scheme"):
        Fetcher([roots]).fetch(address)


A3 = {"page_size": {"width": "297mm", "height": "420mm"}}


def test_a_page_size_of_its_own_has_steps_of_the_body(tmp_path: Path) -> None:
    copy = "\n\n".join(f"第{n}段说的是车间里的事，老师傅带着徒弟把设备拆开又装好。" for n in range(1, 110))
    [page] = check(write_paper(tmp_path, {"a": {"headline": "车间里的课堂", "body": copy}}, paper=A3)).pages
    assert page.body_step is not None
    assert page.body_step > (9_000, 12_000)


def test_a_page_short_at_the_largest_step_is_told_the_cause(tmp_path: Path) -> None:
    article = {"headline": "车间里的课堂", "body": "老师傅带着徒弟把设备拆开又装好。" * 20}
    (tmp_path / "house.css").write_text(":root { --body-steps: 9pt/12pt 10pt/14pt }", encoding="utf-8")
    edition = write_paper(tmp_path, {"a": article}, paper=A3 | {"stylesheets": ["house.css"]})
    [told] = [found for found in check(edition).findings if found.code == "layout.largest-body-step"]
    assert "10pt/14pt" in told.message.en
    assert told.page == "1"
