"""Groups (组合报道) from YAML through every output: pages, press files with preflight, archive, reprints, e-paper, capacity."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.commands.check import check
from printkit.model.page import MadeUpPage, MadeUpStory, TextBox
from tests.support.checks import pdfium_text, squeeze
from tests.support.papers import Built, build_edition, run, write_paper, write_yaml
from tests.support.setting import copy
from tests.support.sites import broken_links
from tests.support.structure import Structure

STREETS = {
    "kicker": "老城更新一线观察",
    "headline": ["三条街巷", "一个夏天"],
    "editor_note": "入伏以来，记者分头走进几处工地和课堂。今起刊出一组报道。",
    "keywords": ["老城"],
}
MEMBERS = {"market": 620, "school": 300, "clinic": 290}
TITLES = {"market": "菜市场里修起了凉棚", "school": "放学以后有人带", "clinic": "社区诊所开到十点"}
NIGHT = {"headline": "夜里的四盏灯"}
LAMPS = {f"lamp{n}": 160 for n in range(1, 5)}


def member(name: str, **keys: Any) -> dict[str, Any]:
    return {"article": f"articles/{name}.yaml", "level": 3, **keys}


def written(folder: Path) -> Path:
    """A page of a fixed layout with a group of three, an automatic one with four in two columns, tinted, one boxed."""
    articles: dict[str, dict[str, Any]] = {"streets": STREETS, "night": NIGHT}
    for seed, (name, length) in enumerate({**MEMBERS, **LAMPS}.items(), 1):
        headline = TITLES.get(name, f"第{seed}盏灯亮着")
        articles[name] = {"headline": headline, "body": "\n\n".join(copy(length, seed))}
    articles["market"]["kicker"] = "东街"
    site = {"site": {"base_url": "https://paper.example.org/", "wechat": False}, "stylesheets": ["plain.css"]}
    # Members that take forms share strips as the page closes.
    (folder / "plain.css").write_text(".tile .story { --forms: none }", encoding="utf-8")
    edition = write_paper(folder, articles, paper=site)
    group = {"article": "articles/streets.yaml", "slot": "lead", "level": 1, "members": [member(m) for m in MEMBERS]}
    lamps = [member(name, frame="box" if name == "lamp2" else "none") for name in LAMPS]
    night = {"article": "articles/night.yaml", "level": 2, "frame": "tint", "members": lamps,
             "at": {"column": 1, "row": 1, "columns": 2, "rows": 60}}  # fmt: skip
    pages = [
        {"number": "1", "name": "要闻", "layout": "inside", "stories": [group]},
        {"number": "2", "name": "夜班", "layout": "auto", "stories": [night]},
    ]
    return write_yaml(edition, {"paper": "paper.yaml", "date": "2024-01-10", "issue": "7", "pages": pages})


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("group"))


@pytest.fixture(scope="module")
def pages(source: Path) -> tuple[MadeUpPage, ...]:
    return check(source).pages


@pytest.fixture(scope="module")
def built(source: Path) -> Built:
    return build_edition(source, source.parent / "out", "--for", "web,print,archive")


@pytest.fixture(scope="module")
def site(source: Path) -> Path:
    out = source.parent / "site"
    assert run("site", source, "-o", out).code == 1, "white is left of both pages"
    return out / "2024/01/10"


def named(pages: tuple[MadeUpPage, ...], name: str) -> MadeUpStory:
    return next(one for page in pages for one in page.stories if one.story.id == name)


def test_one_head_stands_over_all_and_the_members_beside_one_another(pages: tuple[MadeUpPage, ...]) -> None:
    slot = pages[0].geometry.slots["lead"]
    head, *members = (named(pages, name).parts[0] for name in ("streets", *MEMBERS))
    assert abs(head.width - slot.rect.width) <= 1
    assert {one.y for one in members} == {head.bottom}
    assert len({one.bottom for one in members}) == 1
    assert members[0].bottom <= slot.rect.bottom
    assert members[0].right < members[1].x < members[1].right < members[2].x
    columns = [named(pages, name).columns for name in MEMBERS]
    assert sum(columns) == 4
    assert columns[0] == 2, "the longest has most columns"


def test_four_in_two_columns_stand_under_one_another(pages: tuple[MadeUpPage, ...]) -> None:
    lamps = [named(pages, name).parts[0] for name in LAMPS]

    assert lamps[0].bottom < lamps[1].y
    assert lamps[2].bottom < lamps[3].y
    assert lamps[0].right < lamps[2].x


def test_each_is_told_how_it_fits_and_the_head_is_not_counted(source: Path, built: Built) -> None:
    ended = run("check", source)
    rows = [line.split() for line in ended.out.splitlines()]

    shown = {name for name in (*MEMBERS, *LAMPS, "streets", "night") if any(name in row for row in rows)}
    assert shown >= {*MEMBERS, *LAMPS}
    assert not any(row[1:3] == ["lead", "streets"] for row in rows)
    groups = {story["id"]: story["group"] for story in built.report["stories"]}
    assert groups == dict.fromkeys(("streets", *MEMBERS), "streets") | dict.fromkeys(("night", *LAMPS), "night")
    told = [d for d in built.report["diagnostics"] if d["code"] in ("makeup.overset", "makeup.underset")]
    assert {d["file"] for d in told} <= {f"articles/{name}.yaml" for name in (*MEMBERS, *LAMPS)}
    assert not [d for d in built.report["diagnostics"] if d["story"] in ("streets", "night")]


def test_every_word_is_drawn_where_it_was_planned(built: Built) -> None:
    """A build whose text stands elsewhere than planned fails (`render.moved-text`); here every variant was drawn."""
    text = squeeze(pdfium_text(built.pdf("01")))
    assert text.index(squeeze("三条街巷")) < text.index(TITLES["market"]) < text.index(TITLES["school"])
    assert squeeze(STREETS["editor_note"]) in text  # type: ignore[arg-type]  # it is a text
    for variant in ("web/01.pdf", "web/02.pdf", "print/01.pdf", "print/02.pdf", "archive/edition.pdf"):
        assert (built.folder / variant).is_file()


def test_the_press_files_pass_their_preflight(built: Built) -> None:
    found = [d for d in built.report["diagnostics"] if d["code"].startswith(("press.", "print.", "preflight."))]
    assert [d for d in found if d["severity"] == "error"] == []
    ended = run("preflight", built.folder / "print/01.pdf", "--json")
    assert [d for d in ended.report["diagnostics"] if d["severity"] == "error"] == []


def test_a_group_is_a_section_of_articles(built: Built) -> None:
    root = Structure(built.folder / "archive/edition.pdf").root
    streets, night = root.all("Sect")
    assert [tag.name for tag in streets.kids] == ["P", "H1", "P", "Art", "Art", "Art"]
    assert [tag.name for tag in night.kids] == ["H1", "Art", "Art", "Art", "Art"]
    assert [[h.text for h in art.all("H1", "H2")] for art in streets.all("Art")] == [[t] for t in TITLES.values()]
    assert {h.name for art in root.all("Art") for h in art.all("H1", "H2", "H3")} == {"H2"}
    with pikepdf.open(built.folder / "archive/edition.pdf") as pdf, pdf.open_outline() as outline:
        [first, _] = outline.root
        [common] = first.children
        assert common.title == "三条街巷 一个夏天"
        assert [one.title for one in common.children] == list(TITLES.values())


def test_a_reprint_has_the_common_head_over_its_story(source: Path, tmp_path: Path) -> None:
    assert not [
        d for d in run("reprint", source, "-o", tmp_path, "--json").report["diagnostics"] if "reprint" in d["message"]
    ]
    clips = tmp_path / "2024-01-10/clip"
    assert {path.stem for path in clips.iterdir()} == {*MEMBERS, *LAMPS}
    text = squeeze(pdfium_text(clips / "market.pdf"))
    assert text.index(squeeze("三条街巷一个夏天　东街")) < text.index(TITLES["market"])
    run("reprint", source, "-o", tmp_path / "one", "--story", "streets")
    assert {path.stem for path in (tmp_path / "one/2024-01-10/clip").iterdir()} == {*MEMBERS}


def test_the_list_of_a_page_has_the_members_under_their_head(site: Path) -> None:
    view = (site / "01.html").read_text(encoding="utf-8")
    listed = view[view.index('<li data-story="streets">') :]
    assert listed.index('<ol class="members">') < listed.index('<li data-story="market">') < listed.index("</ol>")
    for name in ("streets", *MEMBERS):
        assert f'<a href="story/{name}.html" id="area-{name}"' in view
        assert view.count(f'<li data-story="{name}">') == 1


def test_head_and_members_lead_to_one_another(site: Path) -> None:
    head = (site / "story/streets.html").read_text(encoding="utf-8")
    assert [head.index(f'<a href="{name}.html">{TITLES[name]}</a>') for name in MEMBERS]
    assert "今起刊出一组报道。" in head
    assert '<meta name="description" content="第' in (site / "story/night.html").read_text(encoding="utf-8")
    one = (site / "story/school.html").read_text(encoding="utf-8")
    assert '<p class="common"><a href="streets.html">三条街巷 一个夏天</a></p>' in one
    assert not (site / "clip/streets.pdf").exists()
    assert (site / "clip/school.pdf").is_file()
    assert broken_links(site.parents[2]) == []


def test_facts_feeds_and_pack_know_the_group(site: Path) -> None:
    facts = {s["id"]: s for s in json.loads((site / "issue.json").read_bytes())["stories"]}
    assert {name: facts[name]["group"] for name in ("streets", "market")} == dict.fromkeys(
        ("streets", "market"), "streets"
    )
    top = site.parents[2]
    items = json.loads((top / "feed.json").read_bytes())["items"]
    assert {item["url"].rpartition("/")[2] for item in items} == {f"{name}.html" for name in (*MEMBERS, *LAMPS)}
    with zipfile.ZipFile(top / "pack/2024-01-10.zip") as pack:
        [text] = [name for name in pack.namelist() if "market " in name and name.endswith(".txt")]
        assert pack.read(text).decode("utf-8-sig").startswith("三条街巷 一个夏天\r\n东街\r\n")


def test_capacity_tells_each_share(source: Path) -> None:
    told = run("capacity", source, "--json").report["slots"]
    assert [(one["slot"], one["member"], one["columns"]) for one in told[:3]] == [
        ("lead", "market", 2),
        ("lead", "school", 1),
        ("lead", "clinic", 1),
    ]
    assert all(one["rooms"][2]["characters"] > 200 for one in told[:3])
    assert "lead: market" in run("capacity", source).out


def test_a_group_in_a_slot_of_many_is_told_at_its_line(tmp_path: Path) -> None:
    edition = written(tmp_path)
    text = (
        edition.read_text(encoding="utf-8")
        .replace("layout: inside", "layout: front")
        .replace("slot: lead", "slot: briefs")
    )
    edition.write_text(text, encoding="utf-8")
    ended = run("check", edition, "--json")
    assert ended.code == 3
    [fault] = [d for d in ended.report["diagnostics"] if d["code"].startswith("layout.group")]
    assert (fault["code"], fault["severity"], fault["line"]) == ("layout.group-among-stories", "error", 10)


def test_the_type_of_the_slot_is_the_heads_and_not_the_members(tmp_path: Path) -> None:
    edition = written(tmp_path)
    paper = tmp_path / "paper.yaml"
    paper.write_text(paper.read_text(encoding="utf-8").replace("tabloid", "broadsheet"), encoding="utf-8")
    page = check(edition).pages[0]
    head, *members = page.stories
    sizes = [
        next(b.style.size for b in one.boxes if isinstance(b, TextBox) and b.role == "headline") for one in page.stories
    ]
    assert sizes[0] >= 38_000
    assert max(sizes[1:]) < 38_000
    assert {one.story.group for one in members} == {head.story.group}
