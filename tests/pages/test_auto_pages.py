"""Pages that lay themselves out, end to end: full to the line, the same each time, what has its place untouched."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from benchmarks.auto_judged import advised
from benchmarks.auto_pages import seeded, write_page
from benchmarks.generator import text
from printkit.commands.check import check
from printkit.commands.plan import Options, plan
from printkit.model.page import PictureBox
from tests.support.papers import SMALL_PAGE, Built, build_edition, run, write_paper, write_yaml

COPY: dict[str, Any] = {"headline": "车间里的课堂", "body": "车间里的灯亮到很晚，工会的热水也一直烧着。" * 30}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A seeded page of four stories and two advertisements, built."""
    folder = tmp_path_factory.mktemp("solved")
    seeded(folder, 18)
    return build_edition(folder / "edition.yaml", folder / "out")


def test_a_seeded_page_closes(solved: Built) -> None:
    assert solved.code == 0, solved.errors()
    assert solved.page("2")["closed"]
    assert {story["under"]["lines"] for story in solved.report["stories"]} == {0}
    assert_apart(solved)


def assert_apart(built: Built) -> None:
    """No rectangle of the report lies on another."""
    rects = [rect for story in built.report["stories"] for rect in story["rectangles"]]
    for index, (x, y, w, h) in enumerate(rects):
        for left, top, width, height in rects[:index]:
            assert x >= left + width or left >= x + w or y >= top + height or top >= y + h


def test_the_same_copy_gives_the_same_page_from_another_folder(solved: Built, tmp_path: Path) -> None:
    again = shutil.copytree(solved.folder.parents[1], tmp_path / "again", ignore=shutil.ignore_patterns("out"))
    report = run("check", again / "edition.yaml", "--json").report
    first, second = ([(one["id"], one["rectangles"]) for one in told["stories"]] for told in (solved.report, report))
    assert first == second


def test_what_has_its_place_stays_and_needs_no_solver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)  # who imports it fails
    at = {"column": 1, "row": 1, "columns": 5, "rows": 85}
    source = write_paper(tmp_path, {"a": COPY}, layout="auto", stories=[{"article": "articles/a.yaml", "at": at}])
    [made] = check(source).pages[0].stories
    assert made.story.placement.at
    assert (made.story.placement.at.columns, made.story.placement.at.rows) == (5, 85)


@pytest.mark.parametrize("rows", [26, 36])
def test_doing_what_is_advised_closes_the_page(rows: int, tmp_path: Path) -> None:
    paragraphs = list(text("advised", 1500))
    at = {"column": 1, "row": 1, "columns": 5, "rows": rows}
    ad = {"ad": "reserved", "at": {"column": 1, "row": rows + 1, "columns": 5, "rows": 85 - rows}}
    story = {"article": "articles/a.yaml", "at": at}

    def told(copy: list[str]) -> Any:
        body = {"headline": "车间里的课堂", "body": "\n\n".join(copy)}
        return run("check", write_paper(tmp_path, {"a": body}, layout="auto", stories=[story, ad]), "--json")

    ended = told(paragraphs)
    [found] = [d for d in ended.report["diagnostics"] if d["code"] == "makeup.page-not-closed"]
    better = advised(paragraphs, found["hint"])
    assert better != paragraphs, found["hint"]
    after = told(better)
    assert after.report["pages"][0]["closed"], after.report["diagnostics"]


def test_taking_out_what_is_named_closes_the_page(tmp_path: Path) -> None:
    source = write_page(tmp_path, "over 1", 5, 1.2, 1)
    report = run("check", source, "--json").report
    [told] = [d for d in report["diagnostics"] if d["code"] == "makeup.page-volume"]
    assert told["hint_zh"].startswith("撤下"), "稿件为版面的 …%：撤下 …"
    names = re.findall(r"s\d", told["hint"])
    assert "s0" not in names, "the lead stays"
    copy = source.read_text(encoding="utf-8")
    for name in names:
        copy = re.sub(rf"      - article: articles/{name}\.yaml\n        level: \d\n", "", copy)
    source.write_text(copy, encoding="utf-8")
    assert run("check", source, "--json").report["pages"][0]["closed"]


SHORT: dict[str, Any] = {**COPY, "body": "车间里的灯亮到很晚，工会的热水也一直烧着。" * 6}
LONG: dict[str, Any] = {**COPY, "body": COPY["body"] * 5}
LONGEST: dict[str, Any] = {**COPY, "body": "\n\n".join([COPY["body"]] * 18)}
SHOUTED: dict[str, Any] = {**COPY, "headline": "题" * 200}


def entries(count: int) -> list[dict[str, Any]]:
    return [{"article": f"articles/a{n}.yaml", "level": 1 + n % 5} for n in range(count)]


MANY = 13
"""Stories of a small page that are more than it has room for."""

FAR_OFF: dict[str, tuple[dict[str, Any], int, int, set[str]]] = {
    "a tenth of the page": (SHORT, 2, 1, {"makeup.page-volume", "makeup.page-not-closed"}),
    "one story of twice the page": (LONGEST, 1, 1, {"makeup.page-volume", "makeup.page-not-closed", "makeup.overset"}),
    "more stories than a page has room for": (SHORT, MANY, 1, {"makeup.page-not-closed"}),
    "a headline for no page": (SHOUTED, 1, 1, {"makeup.headline-too-long"}),
}


@pytest.mark.parametrize(("copy", "count", "code", "told"), FAR_OFF.values(), ids=FAR_OFF.keys())
def test_copy_that_is_no_page(copy: dict[str, Any], count: int, code: int, told: set[str], tmp_path: Path) -> None:
    articles = {f"a{n}": copy for n in range(count)}
    paper = SMALL_PAGE if count == MANY else None
    ended = run("check", write_paper(tmp_path, articles, layout="auto", paper=paper, stories=entries(count)), "--json")
    assert ended.code == code
    assert told <= {one["code"] for one in ended.report["diagnostics"]}
    assert len(ended.report["stories"]) == count, "no story is lost"


def test_a_page_that_cannot_close_is_built(tmp_path: Path) -> None:
    entry: dict[str, Any] = {"article": "articles/a.yaml", "level": 1}
    source = write_paper(tmp_path, {"a": COPY}, layout="auto", stories=[entry])
    built = build_edition(source, tmp_path / "out")
    assert built.code == 1
    assert built.pdf().exists()
    assert "makeup.page-volume" in {one["code"] for one in built.report["diagnostics"]}
    [told] = [d for d in built.report["diagnostics"] if d["code"] == "makeup.page-not-closed"]
    assert told["severity"] == "error"
    assert "版面没有拼满" in told["message_zh"]


LEADS = [{"article": "articles/a0.yaml", "level": 1}, {"article": "articles/a1.yaml", "level": 1}]
ODD: dict[str, tuple[list[dict[str, Any]], int, str, str]] = {
    "no story": ([], 1, "makeup.page-white", "place a story"),
    "two leads": (LEADS, 1, "makeup.two-leads", "level 2"),
    "places that leave slits": (
        [
            {"article": "articles/a0.yaml", "at": {"column": 1, "row": 1, "columns": 4, "rows": 40}},
            {"article": "articles/a1.yaml", "at": {"column": 2, "row": 42, "columns": 4, "rows": 44}},
            {"article": "articles/a2.yaml"},
            {"article": "articles/a3.yaml"},
        ],
        3, "makeup.no-room", "leave them more of it",
    ),
    "more advertisements than page": (
        [
            {"ad": "reserved", "at": {"column": 1, "row": 1, "columns": 5, "rows": 50}},
            {"ad": "reserved", "at": {"column": 1, "row": 40, "columns": 5, "rows": 45}},
            {"article": "articles/a0.yaml"},
        ],
        3, "makeup.place-taken", "“reserved-1” is placed on line",
    ),
    "advertisements alone": (
        [
            {"ad": "reserved", "at": {"column": 1, "row": 1, "columns": 5, "rows": 85}},
            {"article": "articles/a0.yaml"},
        ],
        3, "makeup.no-room", "take stories off the page",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("stories", "code", "told", "hint"), ODD.values(), ids=ODD.keys())
def test_pages_that_are_odd(stories: list[dict[str, Any]], code: int, told: str, hint: str, tmp_path: Path) -> None:
    source = write_paper(tmp_path, {f"a{n}": SHORT for n in range(4)}, layout="auto", stories=stories)
    ended = run("check", source, "--json")
    assert ended.code == code
    [found] = [one for one in ended.report["diagnostics"] if one["code"] == told]
    assert hint in found["hint"]
    assert found["file"]
    assert found["line"]


@pytest.mark.parametrize(("count", "told"), [(3, "the copy is 60% of the page"), (7, "the copy is 140% of the page")])
def test_copy_is_told_to_be_too_much_where_lines_are_over_and_too_little_where_they_are_white(
    count: int, told: str, tmp_path: Path
) -> None:
    articles = {f"a{n}": COPY for n in range(count)}
    stories = [{"article": f"articles/a{n}.yaml", "level": 1} for n in range(count)]
    (tmp_path / "plain.css").write_text(".tile .story { --forms: none }", encoding="utf-8")
    styled = {"stylesheets": ["plain.css"]}
    source = write_paper(tmp_path, articles, layout="auto", stories=stories, paper=styled)
    report = run("check", source, "--json").report
    [page] = report["pages"]
    [volume] = [one for one in report["diagnostics"] if one["code"] == "makeup.page-volume"]
    assert volume["message"] == told
    assert volume["hint"].startswith("take out a6, a5" if count == 7 else "about "), "of one level the last ones go"
    assert (page["over_lines"] > 0, page["under_lines"] > 0) == (count == 7, count == 3)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a place kept free that is not said": ({"ad": "reserved"}, "layout.needs-place"),
    "with nobody": ({"article": "articles/a.yaml", "with": "c"}, "source.with-nobody"),
    "with itself": ({"article": "articles/a.yaml", "with": "a"}, "source.with-ring"),
    "a page that is full already": (
        {"ad": "reserved", "at": {"column": 1, "row": 1, "columns": 5, "rows": 84}},
        "makeup.no-room",
    ),
    "a place off the grid": (
        {"article": "articles/a.yaml", "at": {"column": 4, "row": 1, "columns": 3, "rows": 10}},
        "makeup.place-off-grid",
    ),
    "a place under the foot": (
        {"article": "articles/a.yaml", "at": {"column": 1, "row": 80, "columns": 3, "rows": 10}},
        "makeup.place-off-grid",
    ),
}


@pytest.mark.parametrize(("entry", "code"), WRONG.values(), ids=WRONG.keys())
def test_wrong_places(entry: dict[str, Any], code: str, tmp_path: Path) -> None:
    stories = [{"article": "articles/b.yaml", "level": 2}, entry]
    source = write_paper(tmp_path, {"a": COPY, "b": COPY}, layout="auto", stories=stories)
    ended = run("check", source, "--json")
    assert ended.code == 3
    assert code in {told["code"] for told in ended.report["diagnostics"]}
    assert all(told["message_zh"] for told in ended.report["diagnostics"])


def test_a_place_kept_free_of_a_size_stands_at_the_foot(tmp_path: Path) -> None:
    source = write_page(tmp_path, "same", 5, 0.86)
    kept = "      - {ad: reserved, size: {columns: 2, rows: 12}}\n"
    source.write_text(source.read_text(encoding="utf-8") + kept, encoding="utf-8")
    [page] = check(source).pages
    [at] = [one.story.placement.at for one in page.stories if one.story.ad]
    assert at
    assert (at.columns, at.rows, at.row + at.rows) == (2, 12, 86)


def test_briefs_of_one_place_share_it_and_a_story_runs_round_an_advertisement(tmp_path: Path) -> None:
    def place(column: int, row: int, columns: int, rows: int) -> dict[str, int]:
        return {"column": column, "row": row, "columns": columns, "rows": rows}

    short = {**COPY, "body": COPY["body"][:150]}
    stories: list[dict[str, Any]] = [
        {"article": "articles/a.yaml", "level": 2, "at": place(1, 1, 5, 40)},
        {"ad": "reserved", "at": place(4, 26, 2, 15)},
        *({"article": f"articles/{name}.yaml", "level": 5, "at": place(1, 41, 1, 45)} for name in "bcd"),
        {"article": "articles/e.yaml", "level": 3, "at": place(2, 41, 4, 45)},
    ]
    copy = {**dict.fromkeys("bcd", short), "a": COPY, "e": LONG}
    [page] = check(write_paper(tmp_path, copy, layout="auto", stories=stories)).pages
    made = {one.story.id: one for one in page.stories}
    assert [len(one.parts) for one in made.values()] == [2, 1, 1, 1, 1, 1]
    assert {made[name].story.slot for name in "bcd"} == {"b"}
    tops = [made[name].parts[0].y for name in "bcd"]
    assert tops == sorted(tops)
    assert not page.white, "nothing of the page is no story's"


def test_locked_stories_that_overlap(tmp_path: Path) -> None:
    places = [{"column": 1, "row": 1, "columns": 3, "rows": 40}, {"column": 3, "row": 20, "columns": 3, "rows": 40}]
    stories: list[dict[str, Any]] = [
        {"article": f"articles/{name}.yaml", "at": at} for name, at in zip("ab", places, strict=True)
    ]
    source = write_paper(
        tmp_path, dict.fromkeys("abc", COPY), layout="auto", stories=[*stories, {"article": "articles/c.yaml"}]
    )
    ended = run("check", source, "--json")
    assert ended.code == 3
    assert "makeup.place-taken" in {told["code"] for told in ended.report["diagnostics"]}


def test_a_place_on_a_layout_of_slots(tmp_path: Path) -> None:
    at = {"column": 1, "row": 1, "columns": 3, "rows": 40}
    source = write_paper(tmp_path, {"a": COPY}, layout="feature", stories=[{"article": "articles/a.yaml", "at": at}])
    ended = run("check", source, "--json")
    assert ended.code == 3
    assert "layout.no-grid" in {told["code"] for told in ended.report["diagnostics"]}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A page with too little copy, a booked advertisement without a place, and two related stories."""
    folder = tmp_path_factory.mktemp("filled")
    source = write_page(folder, "short 5", 5, 0.45)
    (folder / "fillers").mkdir()
    for name, size in (("wide", (640, 200)), ("upright", (300, 420)), ("square", (400, 400))):
        Image.new("RGB", size, "teal").save(folder / "fillers" / f"{name}.png")
    Image.new("RGB", (500, 340), "maroon").save(folder / "booked.png")
    paper = folder / "paper.yaml"
    paper.write_text(paper.read_text(encoding="utf-8") + "fillers: fillers\n", encoding="utf-8")
    entry = "      - article: articles/s3.yaml\n"
    more = f"      - {{ad: booked.png}}\n{entry}        with: s1\n"
    copy = source.read_text(encoding="utf-8").replace(entry, more)
    source.write_text(copy, encoding="utf-8")
    return build_edition(source, folder / "out")


def test_a_page_is_filled_up_by_the_house(filled: Built) -> None:
    assert filled.code == 0, filled.errors()
    assert filled.page("2")["closed"]
    assert_apart(filled)
    filler = filled.story("filler-02")
    assert [step["cost"] for step in filler["steps"]] == [5]


def test_an_advertisement_finds_its_place_at_the_foot(filled: Built) -> None:
    [[_, y, _, height]] = filled.story("booked")["rectangles"]
    feet = [r[1] + r[3] for story in filled.report["stories"] for r in story["rectangles"]]
    assert y + height == max(feet)


def test_related_stories_touch(filled: Built) -> None:
    (x, y, w, h), (left, top, width, height) = (filled.story(name)["rectangles"][0] for name in ("s1", "s3"))
    assert min(x + w, left + width) - max(x, left) > -30
    assert min(y + h, top + height) - max(y, top) > -30


def test_a_group_and_notices_find_their_places(tmp_path: Path) -> None:
    source = write_page(tmp_path, "group", 4, 0.5)
    copy = {
        "head": {"headline": "三条街巷", "kicker": "一个夏天"},
        **{f"m{n}": {"headline": f"第{n}盏灯亮着", "body": "\n\n".join(text(f"m{n}", 260))} for n in (1, 2, 3)},
        "lost": {
            "notices": [{"title": f"启事{n}", "body": "遗失工作证一本，声明作废。" * (1 + n % 3)} for n in range(9)]
        },
    }
    for name, article in copy.items():
        write_yaml(tmp_path / "articles" / f"{name}.yaml", article)
    members = "".join(f"          - {{article: articles/m{n}.yaml, level: 4}}\n" for n in (1, 2, 3))
    group = f"      - article: articles/head.yaml\n        level: 3\n        members:\n{members}"
    more = f"{group}      - {{article: articles/lost.yaml, level: 5}}\n"
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    [page] = check(source).pages
    assert page.is_closed
    places = {one.story.id: one.story.placement for one in page.stories}
    assert places["head"].at
    assert places["lost"].at
    assert {places[f"m{n}"].slot for n in (1, 2, 3)} == {"head"}


def test_pictures_of_two_stories_stand_apart(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    Image.new("RGB", (600, 400), "gray").save(tmp_path / "images" / "p.jpg")
    pictured = {**COPY, "pictures": [{"file": "../images/p.jpg", "columns": 1, "caption": "车间一景"}]}
    places = [{"column": 1, "row": 1, "columns": 3, "rows": 40}, {"column": 4, "row": 1, "columns": 1, "rows": 40}]
    stories: list[dict[str, Any]] = [
        {"article": f"articles/{name}.yaml", "at": at, "level": 3} for name, at in zip("ab", places, strict=True)
    ]
    (tmp_path / "plain.css").write_text(".tile .story { --forms: none }", encoding="utf-8")
    styled = {"stylesheets": ["plain.css"]}
    source = write_paper(tmp_path, dict.fromkeys("ab", pictured), layout="auto", stories=stories, paper=styled)
    wide, narrow = check(source).pages[0].stories
    [shot] = [box for box in wide.boxes if isinstance(box, PictureBox)]
    assert shot.rect.x < wide.rect.width // 3, "at the right it would stand beside the other story's"
    assert any(step.text.startswith("picture at the left") for step in wide.fit.steps)
    assert not any(step.text.startswith("picture at the") for step in narrow.fit.steps)


def test_a_story_goes_on_from_one_automatic_page_to_another(tmp_path: Path) -> None:
    front = write_page(tmp_path, "jump a", 4, 0.75).read_text(encoding="utf-8")
    inside = write_page(tmp_path / "inside", "jump b", 4, 0.7).read_text(encoding="utf-8").partition("pages:\n")[2]
    long = tmp_path / "articles" / "s1.yaml"
    rest = "".join(f"\n  {paragraph}\n" for paragraph in text("long", 1500))
    long.write_text(long.read_text(encoding="utf-8") + "\n" + rest, encoding="utf-8")
    front = front.replace("articles/s1.yaml\n", "articles/s1.yaml\n        jump_to: 3\n")
    inside = inside.replace("number: 2", "number: 3").replace("articles/s", "inside/articles/s")
    named = re.sub(r"(- article: inside/articles/(s\d)\.yaml)", r"\1\n        id: t\2", inside)
    (tmp_path / "edition.yaml").write_text(front + named, encoding="utf-8")
    made = check(tmp_path / "edition.yaml").pages
    assert all(page.is_closed for page in made)
    parts = [one.story for page in made for one in page.stories if one.story.id == "s1"]
    assert [(story.part, bool(story.placement.at)) for story in parts] == [(1, True), (2, True)]
    planned = plan(tmp_path / "edition.yaml", Options("3", candidates=1, out=tmp_path / "out")).candidates
    [one] = planned
    assert one.made.is_closed, "the rest is as long as page 2 leaves it"
    assert [story.story.placement.at for story in one.made.stories] == [
        story.story.placement.at for story in made[1].stories
    ]


def test_a_folder_of_fillers_that_is_not_there(tmp_path: Path) -> None:
    source = write_paper(tmp_path, {"a": COPY}, layout="auto", paper={"fillers": "none"})
    ended = run("check", source, "--json")
    assert ended.code == 3
    [told] = ended.report["diagnostics"]
    assert (told["code"], told["file"], told["line"]) == ("source.missing-file", "paper.yaml", 3)


def test_the_report_judges_the_page(solved: Built) -> None:
    found = solved.page("2")["makeup"]
    assert set(found) == {"ladder", "craft", "rules"}
    assert {"gutter", "through", "like-heads", "width", "deep"} <= set(found["rules"])
    head = solved.story("s0")["head"]
    assert head["direction"] == "horizontal"
    assert head["size"] in (50, 46, 42, 38, 34, 30)
    assert 3 <= head["columns"] <= 5
    assert head["rectangle"][1] >= solved.story("s0")["rectangles"][0][1] - 1


def test_a_style_weighs_the_rules(tmp_path: Path) -> None:
    source = write_page(tmp_path, "weighed", 4, 0.9)
    paper = tmp_path / "paper.yaml"
    paper.write_text(paper.read_text(encoding="utf-8") + "stylesheets: [house.css]\n", encoding="utf-8")
    (tmp_path / "house.css").write_text("main { --craft: gutter 7 through 0.25 }", encoding="utf-8")
    assert check(source).pages[0].geometry.grid.craft == (("gutter", 700), ("through", 25))
    (tmp_path / "house.css").write_text("main { --craft: gutters 7 }", encoding="utf-8")
    assert "style.value" in {told.code for told in check(source).faults}
