"""Editions whose stories go on elsewhere, built whole: lines 下转 and 上接, links both ways, the index of the front."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.support.checks import page_glyphs, poppler_lines, squeeze, without_actual_text
from tests.support.papers import PAPER, Built, build_edition, digest, run, write_yaml

LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main>
  <section data-slot="lead" class="placed" style="--c:0;--w:5;--r:0;--h:30"></section>
  <section data-slot="rest" class="placed" style="--c:1;--w:3;--r:32;--h:30"></section>
  <aside data-slot="briefs" data-many class="placed" style="--c:0;--w:1;--r:32;--h:30"></aside>
</main>
{% endblock %}
"""
SENTENCES = (
    "车间里的灯亮到很晚，工会的热水也一直烧着；谁来，都有一杯。",
    "理货组一共九个人，三个人值夜，六个人分早晚两班。",
    "仓库在江边，风大。",
    "第二天一早，班长带着本子来了，先问吃的，再问住的，最后才问有什么难处。",
    "有人说热水器旧了，有人说班车少一趟，还有人只是想要一副合手的手套。",
)


def copy_of(mark: str, sentences: int) -> str:
    """Copy in paragraphs of three sentences, each numbered, so that no two are alike."""
    texts = [f"{mark}{n}号说，{SENTENCES[n * n % 5]}" for n in range(sentences)]
    return "\n\n".join("".join(texts[n : n + 3]) for n in range(0, sentences, 3))


LONG = {
    mark: {"headline": f"{mark}稿长题", "jump_headline": f"{mark}稿续题", "body": copy_of(mark, 72)} for mark in "甲乙"
}


def page(number: str, *stories: dict[str, Any], layout: str = "own") -> dict[str, Any]:
    return {"number": number, "name": "试版", "layout": layout, "stories": list(stories)}


def entry(name: str, slot: str = "lead", **keys: Any) -> dict[str, Any]:
    return {"article": f"articles/{name}.yaml", "slot": slot, "level": 2} | keys


def write_pages(folder: Path, *pages: dict[str, Any], **articles: dict[str, Any]) -> Path:
    """Write an edition of some pages with the layout above; return its file."""
    write_yaml(folder / "paper.yaml", PAPER)
    for name, article in (LONG | articles).items():
        write_yaml(folder / f"articles/{name}.yaml", article)
    (folder / "layouts/own").mkdir(parents=True, exist_ok=True)
    (folder / "layouts/own/page.html.j2").write_text(LAYOUT, encoding="utf-8")
    return write_yaml(folder / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": list(pages)})


FRONT = page("1", entry("甲", jump_to={"page": 3, "slot": "rest"}))
THIRD = page("3", entry("乙", jump_to={"page": 1, "slot": "rest"}))
SECOND = page("2", entry("短"))
SHORT = {"短": {"headline": "短稿", "body": "一句话。"}}


@pytest.fixture(scope="module")
def crossing(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Three pages: a story of the first goes on on the third, one of the third on the first."""
    folder = tmp_path_factory.mktemp("crossing")
    return build_edition(write_pages(folder / "paper", FRONT, SECOND, THIRD, **SHORT), folder / "out")


def parts(found: Built, name: str) -> list[Any]:
    """The report's entries of a story, the first part first; the article's path is the folder's and left out."""
    entries = ({k: v for k, v in s.items() if k != "file"} for s in found.report["stories"] if s["id"] == name)
    return sorted(entries, key=lambda s: s["part"])


def text_of(found: Built, stem: str) -> str:
    return squeeze("".join(poppler_lines(found.pdf(stem))))


def test_stories_cross(crossing: Built) -> None:
    assert crossing.code == 0, crossing.errors()
    for name, here, there in (("甲", "1", "3"), ("乙", "3", "1")):
        first, second = parts(crossing, name)
        assert (first["page"], first["slot"], first["continues_on"], first["continued_from"]) == (
            here,
            "lead",
            there,
            None,
        )
        assert (second["page"], second["slot"], second["continues_on"], second["continued_from"]) == (
            there,
            "rest",
            None,
            here,
        )
        assert (first["over"]["lines"], first["under"]["lines"]) == (0, 0)
        assert second["rectangles"]
        assert second["level"] == 3
    assert text_of(crossing, "01").count("（下转第3版）") == text_of(crossing, "01").count("（上接第3版）") == 1
    assert text_of(crossing, "03").count("（下转第1版）") == text_of(crossing, "03").count("（上接第1版）") == 1


@pytest.mark.parametrize(("name", "here", "there"), [("甲", "01", "03"), ("乙", "03", "01")])
def test_the_parts_join_to_the_whole(crossing: Built, name: str, here: str, there: str) -> None:
    first = text_of(crossing, here).partition(f"{name}稿长题")[2].partition("（下转")[0]
    second = text_of(crossing, there).partition(f"{name}稿续题")[2].partition("（上接")[2].partition("）")[2]
    whole = squeeze(copy_of(name, 72))
    assert first.endswith("。")
    assert second.startswith(f"{name}")
    assert whole.startswith(first)
    assert second.startswith(whole[len(first) :])


def test_the_first_part_ends_on_the_last_line_of_its_slot(crossing: Built) -> None:
    x, y, width, height = parts(crossing, "甲")[0]["rectangles"][0]
    glyphs = [g for g in page_glyphs(without_actual_text(crossing.pdf("01"))) if y <= g.y <= y + height]
    last = max(g.y for g in glyphs)
    line = "".join(g.char for g in sorted(glyphs, key=lambda g: g.left) if abs(g.y - last) < 1)
    assert line.endswith("（下转第3版）")
    assert y + height - last < 12
    assert max(g.right for g in glyphs if abs(g.y - last) < 1) == pytest.approx(x + width, abs=5)


def internal(pdf: pikepdf.Pdf) -> list[tuple[int, tuple[float, ...], int, float, float]]:
    """Page, rectangle, target page, left and top of every link inside a file."""
    found = []
    for index, one in enumerate(pdf.pages):
        for annotation in one.get("/Annots", []):
            assert "/Dest" in annotation or "story:" not in str(annotation.A.URI)
            if "/Dest" in annotation:
                there, kind, left, top, _ = annotation.Dest
                assert kind == "/XYZ"
                rect = tuple(sorted(float(v) for v in annotation.Rect))
                target = [p.obj.objgen for p in pdf.pages].index(there.objgen)
                found.append((index, rect, target, float(left), float(top)))
    return found


def test_links_go_both_ways(crossing: Built) -> None:
    pdf = pikepdf.open(crossing.pdf())
    height = float(pdf.pages[0].mediabox[3])
    found = internal(pdf)
    assert sorted((here, there) for here, _, there, _, _ in found) == [(0, 2), (0, 2), (2, 0), (2, 0)]
    corners = {
        (int(part["page"]) - 1, round(part["rectangles"][0][0], 1), round(height - part["rectangles"][0][1], 1))
        for name in "甲乙"
        for part in parts(crossing, name)
    }
    assert {(there, round(left, 1), round(top, 1)) for _, _, there, left, top in found} == corners


def test_a_link_covers_its_line(crossing: Built) -> None:
    pdf = pikepdf.open(crossing.pdf())
    glyphs = page_glyphs(without_actual_text(crossing.pdf("01")))
    height = float(pdf.pages[0].mediabox[3])
    words = set()
    for annotation in pdf.pages[0].Annots:
        left, low, right, high = (float(v) for v in annotation.Rect)
        low, high = sorted((low, high))
        covered = [g for g in glyphs if left - 1 < (g.left + g.right) / 2 < right + 1]
        words.add("".join(g.char for g in covered if low < height - g.y + g.size / 4 < high))
    assert words == {"（下转第3版）", "（上接第3版）"}


def test_a_page_alone_has_no_link_to_another(crossing: Built) -> None:
    for stem in ("01", "03"):
        assert internal(pikepdf.open(crossing.pdf(stem))) == []


def test_bookmarks_name_both_parts(crossing: Built) -> None:
    with pikepdf.open(crossing.pdf()).open_outline() as outline:
        titles = [[child.title for child in one.children] for one in outline.root]
    assert titles == [["甲稿长题", "乙稿续题"], ["短稿"], ["乙稿长题", "甲稿续题"]]


def test_the_order_of_pages_does_not_matter(crossing: Built, tmp_path: Path) -> None:
    turned = build_edition(write_pages(tmp_path / "paper", THIRD, SECOND, FRONT, **SHORT), tmp_path / "out")
    assert turned.code == 0
    for stem in ("01", "02", "03"):
        assert digest(turned.pdf(stem)) == digest(crossing.pdf(stem))
    assert sorted((h, t) for h, _, t, _, _ in internal(pikepdf.open(turned.pdf()))) == [(0, 2), (0, 2), (2, 0), (2, 0)]
    assert parts(turned, "甲") == parts(crossing, "甲")


@pytest.mark.parametrize("number", ["1", "3"])
def test_one_page_alone_is_the_same(crossing: Built, number: str, tmp_path: Path) -> None:
    alone = build_edition(crossing.source, tmp_path / "out", "--page", number)
    stem = f"0{number}"
    assert digest(alone.pdf(stem)) == digest(crossing.pdf(stem))
    assert {s["page"] for s in alone.report["stories"]} == {number}


def test_another_slot_of_the_same_page(tmp_path: Path) -> None:
    front = page("1", entry("甲", jump_to={"page": 1, "slot": "rest"}))
    found = build_edition(write_pages(tmp_path / "paper", front), tmp_path / "out")
    assert found.code == 0, found.errors()
    text = text_of(found, "01")
    assert text.index("（下转本版）") < text.index("（上接本版）")
    assert len(internal(pikepdf.open(found.pdf("01")))) == 2  # both ends are in this file


def test_a_story_that_fits_needs_no_other_slot(tmp_path: Path) -> None:
    front = page("1", entry("短", jump_to=2))
    found = build_edition(write_pages(tmp_path / "paper", front, page("2"), **SHORT), tmp_path / "out")
    assert found.code == 0
    [told] = [d for d in found.report["diagnostics"] if d["code"] == "makeup.jump-not-needed"]
    assert (told["severity"], told["page"], told["story"], told["field"]) == (
        "warning",
        "1",
        "短",
        "pages[0].stories[0].jump_to",
    )
    [story] = parts(found, "短")
    assert (story["continues_on"], story["page"]) == (None, "1")
    assert "下转" not in text_of(found, "01")
    assert "上接" not in text_of(found, "02")


def test_a_page_with_its_size_fitted_first_tries_to_hold_the_story(tmp_path: Path) -> None:
    """Only what is over at the smallest step goes on, and the page keeps that step."""
    long = {"headline": "专版长稿", "body": copy_of("丙", 500)}
    first = page("1", entry("丙", slot="main", jump_to={"page": 2, "slot": "lead"}), layout="feature")
    source = write_pages(tmp_path / "paper", first, page("2"), 丙=long)
    found = run("check", source, "--json").report
    by_part = {s["part"]: s for s in found["stories"]}
    assert sorted(by_part) == [1, 2]
    assert by_part[1]["over"]["lines"] == 0
    assert found["pages"][0]["body_step"] == [7.5, 10.0]


def test_a_story_with_no_place_to_divide_is_over(tmp_path: Path) -> None:
    long = {"headline": "一句到底", "body": "，".join(["车间里的灯亮到很晚"] * 600) + "。"}
    front = page("1", entry("丁", jump_to=2))
    found = build_edition(write_pages(tmp_path / "paper", front, page("2"), 丁=long), tmp_path / "out")
    assert found.code == 1
    errors = {d["code"] for d in found.report["diagnostics"] if d["severity"] == "error"}
    assert errors == {"makeup.jump-too-short", "makeup.overset"}


# --- wrong input --------------------------------------------------------------------------------------------


def to_rest() -> dict[str, Any]:
    return {"jump_to": {"page": 3, "slot": "rest"}}


WRONG = {
    "no such slot": (
        [page("1", entry("甲", jump_to={"page": 3, "slot": "laed"})), page("3")],
        ["edition.yaml:13 layout.no-such-slot"],
    ),
    "a slot with a story": (
        [page("1", entry("甲", **to_rest())), page("3", entry("短", slot="rest"))],
        ["edition.yaml:13 layout.slot-taken"],
    ),
    "two stories to one slot": (
        [page("1", entry("甲", **to_rest())), page("2", entry("乙", **to_rest())), page("3")],
        ["edition.yaml:23 layout.slot-taken"],
    ),
    "a ring": (
        [
            page("1", entry("甲", jump_to={"page": 3, "slot": "lead"})),
            page("3", entry("乙", jump_to={"page": 1, "slot": "lead"})),
        ],
        ["edition.yaml:23 layout.slot-taken", "edition.yaml:13 layout.slot-taken"],
    ),
    "a story that shares its slot": (
        [page("1", entry("甲", slot="briefs", jump_to=3)), page("3")],
        ["edition.yaml:11 layout.jump-from-many"],
    ),
    "a slot of an automatic page": (
        [page("1", entry("甲", jump_to={"page": 3, "slot": "lead"})), page("3", layout="auto")],
        ["edition.yaml:13 layout.jump-to-auto"],
    ),
    "no page": ([page("1", entry("甲", jump_to=4)), page("3")], ["edition.yaml:11 source.no-such-page"]),
    "itself": ([page("1", entry("甲", jump_to=1)), page("3")], ["edition.yaml:11 source.jump-to-itself"]),
}


@pytest.mark.parametrize(("pages", "told"), WRONG.values(), ids=WRONG.keys())
def test_wrong_jumps(
    pages: list[dict[str, Any]], told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_pages(tmp_path, *pages, **SHORT)
    monkeypatch.chdir(tmp_path)
    ended = run("build", source.name, "-o", "out", "--json")
    assert ended.code == 3
    found = [d for d in ended.report["diagnostics"] if d["severity"] == "error"]
    faults, others = found[: len(told)], found[len(told) :]
    assert [f"{d['file']}:{d['line']} {d['code']}" for d in faults] == told
    assert {d["code"] for d in others} <= {"makeup.overset"}  # what stands whole as long as it finds no second place
    assert all(d["hint"] and d["hint_zh"] and d["message_zh"] for d in found)
    assert not (tmp_path / "out").exists()


# --- the index ----------------------------------------------------------------------------------------------


def indexed(folder: Path, count: int, *, ear: bool = False, front: str = "front") -> Built:
    """Build a front page and one with briefs that stand in its index."""
    titles = {f"s{n}": {"headline": [f"第{n}件事", "办成了"], "body": "一句话。"} for n in range(count)}
    first = page("1", *([entry("短", slot="ear")] if ear else []), layout=front)
    inside = page("2", *(entry(name, slot="briefs", level=5, index=True) for name in titles))
    return build_edition(write_pages(folder / "paper", first, inside, **titles, **SHORT), folder / "out")


def codes(found: Built) -> list[str]:
    return [d["code"] for d in found.report["diagnostics"] if d["code"].startswith("layout.")]


def test_the_index_stands_in_the_ear(tmp_path: Path) -> None:
    found = indexed(tmp_path, 3)
    text = text_of(found, "01")
    assert "今日导读" in text
    for n in range(3):
        assert f"第{n}件事办成了详见第2版" in text
    told = [d["message"] for d in found.report["diagnostics"] if d["code"] == "layout.slot-unused"]
    assert told
    assert not any("“ear”" in message for message in told)  # the index stands there
    links = internal(pikepdf.open(found.pdf()))
    assert [(here, there) for here, _, there, _, _ in links] == [(0, 1)] * 3
    assert len({top for *_, top in links}) == 3
    assert internal(pikepdf.open(found.pdf("01"))) == []


def test_with_a_story_in_the_ear_the_index_stands_below_the_masthead(tmp_path: Path) -> None:
    found = indexed(tmp_path, 2, ear=True)
    text = text_of(found, "01")
    assert "今日导读" not in text
    assert text.index("短稿一句话") < text.index("导读第0件事办成了详见第2版第1件事办成了详见第2版")
    assert "layout.index-unused" not in codes(found)


def test_a_story_is_told_that_no_page_has_an_index_for(tmp_path: Path) -> None:
    assert codes(indexed(tmp_path, 2, front="inside")).count("layout.index-unused") == 2


def test_an_index_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert "layout.index-too-long" not in codes(indexed(tmp_path / "six", 6))
    found = indexed(tmp_path / "nine", 9)
    [told] = [d for d in found.report["diagnostics"] if d["code"] == "layout.index-too-long"]
    assert told["message"].startswith("3 of 9 entries")
    assert (told["page"], told["severity"]) == ("1", "warning")
