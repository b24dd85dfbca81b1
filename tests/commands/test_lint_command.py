"""`printkit lint`: findings at the character, silence with a reason, what is safe mended by spans, the grade."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.support.papers import run, write_paper

ARTICLE = """# 稿件注释保留，“引号”也保留
headline: 好,再来   # 标题
byline: [{role: 记者, name: "甲"}]
body: |
  会议开始,代表们"入场"，[链接](https://paper.example.org/a,b?c=中,文)之后,又**鼓掌**...

  一行在这里折
  断,第二行也要\u3000\u3000
  数得准!

  - 列表项,一
  | 品种 | 价格 |
  |---|---:|
  | 白菜,甲 | 1.08 |
pictures: []
"""


def article(folder: Path, text: str = ARTICLE, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def places(report: Any, code: str = "lint.half-mark") -> list[tuple[int, int]]:
    return [(d["line"], d["column"]) for d in report["diagnostics"] if d["code"] == code]


def test_each_finding_stands_at_its_character(tmp_path: Path) -> None:
    text = ARTICLE.replace("pictures: []\n", "")
    ended = run("lint", article(tmp_path, text), "--json")
    told = places(ended.report)
    lines = text.splitlines()
    wrong = ((2, "好,"), (5, "开始,"), (5, "之后,"), (8, "断,"), (9, "准!"), (11, "项,"), (14, "菜,"))
    assert told == [(line, lines[line - 1].index(text) + len(text)) for line, text in wrong]
    assert ended.code == 0


STYLES = {
    "literal": "body: |\n  会议开始,代表入场!\n",
    "quoted": "body: '会议开始,代表入场!'\n",
    "double": 'body: "会议开始,代表入场!"\n',
    "plain": "body: 会议开始,代表入场!\n",
    "plain over two lines": "body: 会议开\n  始,代表\n  入场!\n",
    "crlf": "body: |\r\n  会议开始,代表\r\n  入场!\r\n",
    "Chinese key": "正文: |\n  会议开始,代表入场!\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_fix_changes_its_characters_and_no_other_byte(style: str, tmp_path: Path) -> None:
    text = f"# 注释,不动!\nheadline: 题\n{STYLES[style]}"
    path = article(tmp_path, "")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    ended = run("lint", path, "--fix", "--json")
    key = text.index("bo" if "body" in text else "正文")
    wanted = text[:key] + text[key:].replace(",", "，").replace("!", "！")
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()
    assert [(m["code"], m["old"], m["new"]) for m in ended.report["mended"]] == [
        ("lint.half-mark", ",", "，"),
        ("lint.half-mark", "!", "！"),
    ]
    assert places(ended.report) == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("body", [">\n  会议开始,代表入场。", '"会议开始\\u002C代表入场。"'])
def test_what_cannot_be_patched_safely_is_told(body: str, tmp_path: Path) -> None:
    path = article(tmp_path, f"headline: 题\nbody: {body}\n")
    before = path.read_bytes()
    ended = run("lint", path, "--fix", "--json")
    assert path.read_bytes() == before
    [found] = ended.report["diagnostics"]
    assert found["code"] == "lint.half-mark"
    assert "by hand" in found["hint"]
    assert ended.report["mended"] == []


def test_fix_leaves_what_a_reader_has_to_judge(tmp_path: Path) -> None:
    text = "headline: 题\nbody: |\n  二、三天之后，两人“能”、“会”不分。\n"
    path = article(tmp_path, text)
    ended = run("lint", path, "--fix", "--json")
    assert path.read_text(encoding="utf-8") == text
    assert [d["code"] for d in ended.report["diagnostics"]] == [
        "lint.approx-number-dunhao",
        "lint.dunhao-between-quotes",
    ]


def test_all_of_a_wrapped_and_marked_article_is_mended(tmp_path: Path) -> None:
    text = ARTICLE.replace("pictures: []\n", "")
    path = article(tmp_path, text)
    run("lint", path, "--fix")
    wanted = text
    for old, new in (("好,", "好，"), ("开始,", "开始，"), ('"入场"', "“入场”"), ("之后,", "之后，"), ("**...", "**……"),
                     ("断,", "断，"), ("准!", "准！"), ("项,", "项，"), ("菜,", "菜，")):  # fmt: skip
        wanted = wanted.replace(old, new)
    assert path.read_text(encoding="utf-8") == wanted


def test_natural_copy_is_left_as_it_is(tmp_path: Path) -> None:
    natural = sorted((Path(__file__).parents[1] / "copydesk/natural").glob("*.yaml"))
    copies = [article(tmp_path, path.read_text(encoding="utf-8"), path.name) for path in natural]
    ended = run("lint", *copies, "--fix", "--json")
    assert ended.report["mended"] == []
    assert [copy.read_bytes() for copy in copies] == [path.read_bytes() for path in natural]


# --- silence ---------------------------------------------------------------------------------------------

SILENT = "headline: 题\nbody: |\n  他把“能”、“会”分开，又把“甲”、“乙”分开。\n"


def test_a_silence_with_a_reason_is_in_the_report(tmp_path: Path) -> None:
    given = "lint:\n  - {ignore: dunhao-between-quotes, text: 能”、“会, reason: 引文原样, by: 校对甲}\n"
    ended = run("lint", article(tmp_path, SILENT + given), "--json")
    assert [d["column"] for d in ended.report["diagnostics"]] == [20]
    [silenced] = ended.report["silenced"]
    assert (silenced["code"], silenced["reason"], silenced["by"]) == (
        "lint.dunhao-between-quotes",
        "引文原样",
        "校对甲",
    )


def test_a_silence_without_a_text_is_silent_everywhere_also_in_chinese(tmp_path: Path) -> None:
    given = "校核:\n  - {忽略: dunhao-between-quotes, 理由: 本报体例, 签名: 校对甲}\n"
    ended = run("lint", article(tmp_path, SILENT + given), "--json")
    assert ended.report["diagnostics"] == []
    assert len(ended.report["silenced"]) == 2


def test_a_silence_that_silences_nothing_is_told(tmp_path: Path) -> None:
    given = "lint:\n  - {ignore: half-mark, text: 没有, reason: 引文原样}\n"
    ended = run("lint", article(tmp_path, "headline: 题\nbody: 好。\n" + given), "--json")
    assert [(d["code"], d["line"]) for d in ended.report["diagnostics"]] == [("lint.unused-silence", 4)]


@pytest.mark.parametrize(
    ("given", "line", "told"),
    [
        ("  - {ignore: half-marks, reason: 甲}\n", 4, "half-mark"),
        ("  - {ignore: half-mark}\n", 4, "reason"),
        ("  - {ignore: half-mark, reason: 甲, who: 乙}\n", 4, "who"),
    ],
)
def test_wrong_silences(given: str, line: int, told: str, tmp_path: Path) -> None:
    ended = run("lint", article(tmp_path, f"headline: 题\nbody: 好。\nlint:\n{given}"), "--json")
    [found] = ended.report["diagnostics"]
    assert (ended.code, found["line"]) == (3, line)
    assert told in found["message"] + found["hint"]


# --- the paper's lists --------------------------------------------------------------------------------------


def with_lists(folder: Path, names: str = "", terms: str = "", body: str = "好。") -> Path:
    edition = write_paper(folder, {"lead": {"headline": "题", "body": body}})
    (folder / "desk").mkdir()
    for name, text in (("names", names), ("terms", terms)):
        if text:
            (folder / f"desk/{name}.yaml").write_text(text, encoding="utf-8")
    return edition


def test_the_houses_lists(tmp_path: Path) -> None:
    names = "- {name: 温良玉, title: 港务公司党委书记, order: 1}\n- {name: 迟望, title: 港务公司工会主席, order: 2, never: [池望]}\n"
    terms = "- {say: 账号, never: [帐号], why: 现汉}\n- {say: 帐号簿, never: [帐薄]}\n"
    body = "池望打开帐号。帐号簿不算。党委书记迟望、温良玉到会。"
    edition = with_lists(tmp_path, names, terms, body)
    told = [(d["code"], d["message"]) for d in run("lint", edition, "--json").report["diagnostics"]]
    codes = [code for code, _ in told]
    assert codes == ["lint.house-name", "lint.house-term", "lint.house-term", "lint.house-title", "lint.house-title"]
    assert "账号" in told[1][1]
    assert "现汉" in told[1][1]


def test_names_of_the_list_break_in_no_headline(tmp_path: Path) -> None:
    from printkit.source import read_edition

    edition, _ = read_edition(with_lists(tmp_path, "- {name: 迟望}\n"))
    assert "迟望" in edition.paper.names


@pytest.mark.parametrize(
    ("names", "code", "line"),
    [
        ("- {name: 迟望}\n- {name: 迟望}\n", "source.used-twice", 2),
        ("- {name: 迟望}\n- {name: 池望, never: [迟望]}\n", "source.wrong-value", 2),
        ("- {title: 主席}\n", "source.missing-key", 1),
        ("name: 迟望\n", "source.unknown-key", 1),
        ("- {name: 迟望, order: 第一}\n", "source.wrong-value", 1),
    ],
)
@pytest.mark.parametrize("command", ["lint", "check"])
def test_wrong_lists(command: str, names: str, code: str, line: int, tmp_path: Path) -> None:
    ended = run(command, with_lists(tmp_path, names), "--json")
    assert ended.code == 3
    assert (code, "desk/names.yaml", line) in [(d["code"], d["file"], d["line"]) for d in ended.report["diagnostics"]]


# --- across stories, and in check ---------------------------------------------------------------------------


def test_sure_rules_run_in_check_and_likely_ones_do_not(tmp_path: Path) -> None:
    body = "会议开始,代表们把“能”、“会”分开。1月31日过后是2月30日。"
    edition = write_paper(tmp_path, {"lead": {"headline": "题", "body": body}})
    ended = run("check", edition, "--json")
    found = [d for d in ended.report["diagnostics"] if d["code"].startswith("lint.")]
    assert [(d["code"], d["severity"]) for d in found] == [
        ("lint.half-mark", "warning"),
        ("lint.no-such-date", "error"),
    ]
    assert {(d["page"], d["story"], d["file"]) for d in found} == {("1", "lead", "articles/lead.yaml")}
    assert ended.code == 1


def test_a_story_that_stands_twice_is_told(tmp_path: Path) -> None:
    body = "他们在海拔四千米的高原上一干就是三年，把线路架到了最后一个村，村里的灯从此亮了。\n\n" * 2
    stories = {name: {"headline": name, "body": body} for name in ("甲稿", "乙稿")}
    edition = write_paper(tmp_path, stories, layout="inside")
    told = [d for d in run("lint", edition, "--json").report["diagnostics"] if d["code"] == "lint.repeated"]
    assert [d["story"] for d in told] == ["甲稿", "乙稿"]
    assert "甲稿" in told[1]["message"]


# --- the grade ----------------------------------------------------------------------------------------------


def test_the_grade_is_a_floor_and_never_none(tmp_path: Path) -> None:
    edition = write_paper(tmp_path, {"lead": {"headline": "好,题", "body": "会议开始,代表入场。"}})
    [grade] = run("lint", edition, "--json").report["grades"]
    assert grade["characters"] > 3000  # the body stands at its largest step
    assert grade["known_errors"] == pytest.approx(0.3)  # a headline's counts double
    assert grade["rate_floor"] == pytest.approx(0.3 / grade["characters"] * 10_000, abs=0.01)
    assert grade["kinds"] == [{"kind": "mark", "errors": 2, "weight": 0.3, "weight_seen": False}]
    said = run("--lang", "zh", "lint", edition).out
    assert "版面字数" in said
    assert "下限" in said


def test_a_check_has_the_grade_and_what_is_silenced(tmp_path: Path) -> None:
    given = {"lint": [{"ignore": "half-mark", "text": "开始,", "reason": "引文原样", "by": "校对甲"}]}
    picture = [{"file": "a.png", "caption": "图为会议现场"}]
    body = "会议开始,代表入场。" + "会议开得很长。" * 90
    article = {"headline": "好,题", "body": body, "pictures": picture} | given
    edition = write_paper(tmp_path, {"lead": article})
    Image.new("RGB", (1200, 800), "grey").save(tmp_path / "articles/a.png")
    report = run("check", edition, "--json").report
    assert [(one["code"], one["reason"]) for one in report["silenced"]] == [("lint.half-mark", "引文原样")]
    [grade] = run("lint", edition, "--json").report["grades"]
    assert report["grade"] == grade
    assert grade["known_errors"] == pytest.approx(0.2)
    (tmp_path / "articles/lead.yaml").write_text(
        (tmp_path / "articles/lead.yaml").read_text(encoding="utf-8").split("pictures:")[0], encoding="utf-8"
    )
    [without] = run("lint", edition, "--json").report["grades"]
    assert 0.9 * without["characters"] < grade["characters"] < without["characters"]
    assert "版面字数" in run("--lang", "zh", "check", edition).err


def test_hints_are_shown_where_they_are_asked_for(tmp_path: Path) -> None:
    path = article(tmp_path, "headline: 9人获奖\nbody: 会议表彰了先进。\n")
    assert "number-not-in-body" not in run("lint", path).err
    assert "number-not-in-body" in run("lint", path, "--all").err


def test_the_common_head_of_a_group_is_read_by_itself(tmp_path: Path) -> None:
    path = article(tmp_path, "kicker: 特别报道\nheadline: 一条,河\n")
    ended = run("lint", path, "--fix")
    assert ended.code == 0
    assert path.read_text(encoding="utf-8") == "kicker: 特别报道\nheadline: 一条，河\n"


def test_ask_goes_through_what_is_not_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(text: str, **_: object) -> bool:
        asked.append(text)
        return len(asked) == 1

    monkeypatch.setattr("typer.confirm", answer)
    path = article(tmp_path, "headline: 题\nbody: |\n  “能”、“会”不分，“甲”、“乙”不分,好。\n")
    ended = run("lint", path, "--fix", "--ask")
    assert ended.out.startswith(f"{path}:3:")
    assert "“能”“会”不分，“甲”、“乙”不分，好。" in path.read_text(encoding="utf-8")
    assert len(asked) == 2


@pytest.mark.parametrize("options", [["--ask"], ["--fix", "--ask", "--json"]])
def test_ask_wants_fix_and_a_terminal(options: list[str], tmp_path: Path) -> None:
    assert run("lint", article(tmp_path), *options).code == 2


@pytest.mark.parametrize("given", [b"", b"headline: [\n", b"\xff\xfe", b"- a\n"])
def test_files_that_cannot_be_read(given: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(given)
    ended = run("lint", path, "--fix", "--json")
    assert ended.code == 3
    assert len(ended.report["diagnostics"]) == 1
    assert path.read_bytes() == given
    assert run("lint", tmp_path / "none.yaml").code == 3


def test_no_link_leads_out_of_the_paper(tmp_path: Path) -> None:
    outside = article(tmp_path, "headline: 题\nbody: 好,好。\n", "outside.yaml")
    with_lists(tmp_path / "paper")
    inside = tmp_path / "paper/articles/link.yaml"
    inside.symlink_to(outside)
    names = tmp_path / "paper/desk/names.yaml"
    names.symlink_to(article(tmp_path, "- {name: 迟望}\n", "names.yaml"))
    for given, file in ((inside, "articles/link.yaml"), (tmp_path / "paper/edition.yaml", "desk/names.yaml")):
        ended = run("lint", given, "--fix", "--json")
        assert ended.code == 3
        assert ("source.wrong-path", file) in [(d["code"], d["file"]) for d in ended.report["diagnostics"]]
    assert outside.read_text(encoding="utf-8").endswith("好,好。\n")


def test_marks_that_were_half_width_come_back_to_the_byte(tmp_path: Path) -> None:
    """Every article of natural copy, and every sample's, with the commas, stops and quotes of its text made half-width."""
    root = Path(__file__).parents[2]
    originals = sorted([*root.glob("tests/copydesk/natural/*.yaml"), *root.glob("samples/weekly/articles/*.yaml")])
    copies, wanted = [], []
    for number, path in enumerate(originals):
        text = path.read_text(encoding="utf-8")
        if "\nbody: |" not in text or "pictures:" in text or '"' in text or "'" in text:
            continue
        head, body = text.split("\nbody: |", 1)
        if re.search(r"\n\S", body):
            continue  # other keys follow, whose quotes are YAML's
        body = re.sub("(?<=[\u4e00-\u9fff])[，；]", lambda match: {"，": ",", "；": ";"}[match[0]], body)
        body = re.sub("(?<=[\u4e00-\u9fff])。(?=\n\n|\n\\Z)", ".", body).replace("“", '"').replace("”", '"')
        copies.append(article(tmp_path, f"{head}\nbody: |{body}", f"{number}.yaml"))
        wanted.append(text)
    assert len(copies) > 20
    report = run("lint", *copies, "--fix", "--json").report
    assert len(report["mended"]) > 500
    different = [
        path.name for path, text in zip(copies, wanted, strict=True) if path.read_text(encoding="utf-8") != text
    ]
    assert different == []
