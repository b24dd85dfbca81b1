"""Notices and classifieds (启事) through all outputs: packed in columns, none divided, what is left over told by name."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from printkit.commands.check import check
from printkit.diagnostics import Severity
from printkit.model.page import MadeUpStory, Ornament, TextBox
from tests.support.checks import pdfium_text
from tests.support.issues import make_issue
from tests.support.papers import Built, build_edition, run, write_paper
from tests.support.structure import Structure

TITLES = ("遗失声明", "招聘", "减资公告", "房屋出租", "便民维修", "寻人启事", "转让")
TEXTS = (
    "望河区职工技术协会遗失公章一枚，编号3201，声明作废。",
    "招钳工两名，须有五年以上经验，月薪面议，联系人苗师傅。",
    "本公司经股东会决议，注册资本由五百万元减至三百万元，请债权人自公告之日起四十五日内申报债权，逾期视为放弃。特此公告。",
    "沿河路22号两室一厅出租，五楼，朝南，家电齐全。",
    "修锁、修表、配钥匙，旧街口二楼，随到随修。",
    "罗阿婆，76岁，上午在桥头菜场走失，穿灰色棉袄，知情者请与家人联系，必有酬谢。",
    "早点铺带设备转让，客源稳定，价面议。",
)


def notices(count: int) -> list[dict[str, str]]:
    """Notices of several lengths, some without a title; each names its number."""
    return [
        {"title": TITLES[n % 7] if n % 5 else "", "body": f"{n + 1}号。{TEXTS[(3 * n + n // 7) % 7]}"}
        for n in range(count)
    ]


def page_of(folder: Path, article: dict[str, Any], rows: int = 28, **keys: Any) -> Path:
    place = {"column": 1, "row": 1, "columns": 5, "rows": rows}
    entry = {"article": "articles/n.yaml", "level": 4, "at": place, "look": {"columns": 6}, **keys}
    return write_paper(folder, {"n": article}, layout="auto", stories=[entry])


def made(edition: Path) -> MadeUpStory:
    return check(edition).pages[0].stories[0]


def texts(story: MadeUpStory, number: int) -> list[TextBox]:
    return [
        b for b in story.boxes if isinstance(b, TextBox) and b.key.startswith((f"notice{number}t", f"notice{number}p"))
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("notices")
    edition = page_of(folder, {"headline": "分类信息", "notices": notices(32)})
    return build_edition(edition, folder / "out", "--for", "web,print,archive")


def test_each_stands_undivided_in_one_of_six_columns_with_a_rule_over_the_next(built: Built) -> None:
    story = made(built.source)
    assert story.columns == 6
    lefts = set()
    for number in range(32):
        boxes = texts(story, number)
        assert len({box.rect.x for box in boxes}) == 1, "one column"
        assert all(a.rect.bottom == b.rect.y for a, b in pairwise(boxes))
        lefts.add(boxes[0].rect.x)
    assert len(lefts) == 6
    rules = [box for box in story.boxes if isinstance(box, Ornament) and box.role == "notice-rule"]
    assert len(rules) == 32 - 6
    standing = [box for box in story.boxes if isinstance(box, TextBox)]
    assert not [(r, b) for r in rules for b in standing if r.rect.x == b.rect.x and b.rect.y < r.rect.y < b.rect.bottom]
    assert {box.style.size for n in range(32) for box in texts(story, n)} == {7500}


def test_the_columns_are_full_from_top_to_foot(built: Built) -> None:
    story = made(built.source)
    columns: dict[int, list[TextBox]] = {}
    for number in range(32):
        for box in texts(story, number):
            columns.setdefault(box.rect.x, []).append(box)
    tops = {min(box.rect.y for box in column) for column in columns.values()}
    feet = [max(box.rect.bottom for box in column) for column in columns.values()]
    assert len(tops) == 1
    assert all(story.rect.height - foot <= 10_000 for foot in feet)
    assert built.page("1")["over_lines"] == 0
    assert not [d for d in built.report["diagnostics"] if d["code"] in ("makeup.underset", "makeup.notices-left-over")]
    assert built.story("n")["under"] == built.story("n")["over"]


def test_every_output_has_them_as_one_story(built: Built, tmp_path: Path) -> None:
    assert not [e for e in built.errors() if "preflight" in e]
    assert "广告" in pdfium_text(built.pdf("01"))
    [art] = Structure(built.folder / "archive/edition.pdf").root.all("Art")
    [listed] = art.all("L")
    assert [kid.name for kid in listed.kids] == ["LI"] * 32
    assert [item.text.split("号。")[0] for item in listed.kids][1:3] == ["招聘2", "减资公告3"]
    assert {kid.name for item in listed.kids for kid in item.kids} == {"LBody"}
    html = make_issue(built.source).html("story/n.html")
    assert html.count("<li>\n") >= 32
    assert '<ul class="notices">' in html
    run("reprint", built.source, "-o", tmp_path / "clips")
    clip = tmp_path / "clips/2024-01-10/clip/n.pdf"
    first = pdfium_text(clip)
    assert "分类信息" in first
    assert "招聘2号。" in first


def test_three_hundred_in_a_slot_for_forty_are_told_once_by_name(tmp_path: Path) -> None:
    edition = page_of(tmp_path, {"headline": "分类信息", "notices": notices(300)})
    told = [d for d in check(edition).diagnostics if d.severity is Severity.ERROR and d.code.startswith("makeup.n")]
    [found] = told
    assert found.code == "makeup.notices-left-over"
    assert found.where
    assert found.where.file == "articles/n.yaml"
    story = made(edition)
    stand = [number for number in range(300) if texts(story, number)]
    left = [number for number in range(300) if number not in stand]
    assert 20 < len(stand) < 60
    assert found.message.en.startswith(f"{len(left)} of 300 notices find no room: ")
    assert found.message.en.endswith(f" and {len(left) - 5} more")
    assert f"有 {len(left)} 条排不下" in found.message.zh
    assert found.where.line == story.story.article.notices[left[0]].where.line
    assert story.fit.over_characters == sum(
        len(n.title) + len("".join(p.text for p in n.body))
        for i, n in enumerate(story.story.article.notices)
        if i in left
    )


def test_white_is_told_once_for_the_slot(tmp_path: Path) -> None:
    edition = page_of(tmp_path, {"notices": notices(12)})
    told = [d for d in check(edition).diagnostics if d.code in ("makeup.underset", "makeup.white-left")]
    [found] = told
    assert "版位“n”缺" in found.message.zh
    assert found.hint
    assert "字的启事" in found.hint.zh
    feet: dict[int, int] = {}
    for number in range(12):
        for box in texts(made(edition), number):
            feet[box.rect.x] = max(feet.get(box.rect.x, 0), box.rect.bottom)
    assert len(feet) == 6, "not the first columns alone"
    assert max(feet.values()) - min(feet.values()) < 90_000


@pytest.mark.parametrize("more", range(8, 64, 8))
def test_a_few_characters_more_or_less_still_close(more: int, tmp_path: Path) -> None:
    """溢 1 行 and 缺 3 行 never took turns: the gaps between notices take what lines do not."""
    items = notices(32)
    for n in range(more):
        items[n % 32]["body"] += "另。"
    story = made(page_of(tmp_path, {"headline": "分类信息", "notices": items}, rows=29))
    assert (story.fit.over_lines, story.fit.under_lines) == (0, 0)


def test_styles_set_type_and_mark(tmp_path: Path) -> None:
    edition = page_of(tmp_path, {"notices": notices(8)})
    css = ":root { --notice-size: 8pt; --notice-leading: 11pt } .story { --notice-mark: none; --column-rules: all }"
    (tmp_path / "house.css").write_text(css, encoding="utf-8")
    paper = (tmp_path / "paper.yaml").read_text(encoding="utf-8")
    (tmp_path / "paper.yaml").write_text(paper + "stylesheets: [house.css]\n", encoding="utf-8")
    story = made(edition)
    assert {(box.style.size, box.pitch) for n in range(8) for box in texts(story, n)} == {(8000, 11000)}
    roles = [box.role for box in story.boxes]
    assert "notice-mark" not in roles
    assert roles.count("column-rule") == 5


def test_in_a_slot_of_several_stories_they_stand_one_under_the_other(tmp_path: Path) -> None:
    items: dict[str, dict[str, Any]] = {
        "a": {"brief": True, "body": "一条简讯。"},
        "n": {"headline": "启事", "notices": notices(3)},
    }
    entries = [{"article": f"articles/{name}.yaml", "slot": "briefs", "level": 5} for name in items]
    story = check(write_paper(tmp_path, items, layout="front", stories=entries)).pages[0].stories[1]
    tops = [texts(story, number)[0].rect.y for number in range(3)]
    assert tops == sorted(tops)
    assert not story.fit.over_lines


def test_a_member_of_a_group_may_be_notices(tmp_path: Path) -> None:
    items: dict[str, dict[str, Any]] = {
        "head": {"headline": "服务"},
        "a": {"headline": "一篇", "body": "一段话。" * 150},
        "n": {"headline": "启事", "notices": notices(5)},
    }
    members = [{"article": f"articles/{name}.yaml", "level": 4} for name in ("a", "n")]
    place = {"column": 1, "row": 1, "columns": 3, "rows": 40}
    entry = {"article": "articles/head.yaml", "level": 2, "at": place, "members": members}
    made_up = check(write_paper(tmp_path, items, layout="auto", stories=[entry])).pages[0].stories
    story = next(one for one in made_up if one.story.id == "n")
    assert {box.pitch for number in range(5) for box in texts(story, number)} == {10_000}
