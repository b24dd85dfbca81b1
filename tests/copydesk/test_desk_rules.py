"""The rules: each finds its own wrong example and not the right one; the list of words; texts in common."""

import datetime
from pathlib import Path

import pytest

from printkit.copydesk.pieces import Part, Piece
from printkit.copydesk.reading import read_copy
from printkit.copydesk.registry import RULES
from printkit.copydesk.rule import Certainty, Copy, Mend, Rule, Seam, StoryCopy
from printkit.copydesk.shingles import shingles
from printkit.copydesk.words import WordList

ROOT = Path(__file__).parents[2]
OF_ONE = [rule for rule in RULES if rule.look]


def found_in(text: str, rule: Rule) -> list[str]:
    part = next(part for part in (Part.PROSE, *rule.parts) if part in rule.parts)
    story = StoryCopy("row", (Piece(text, part, ("body",)),))
    return [one.rule.id for one in read_copy(Copy((story,)), Certainty.HINT).findings if one.rule is rule]


@pytest.mark.parametrize("rule", OF_ONE, ids=lambda rule: rule.id)
def test_a_rule_finds_its_wrong_example_and_not_the_right_one(rule: Rule) -> None:
    if rule.id not in ("mobile", "id-number"):  # nobody's number is printed here
        assert found_in(rule.wrong, rule)
    assert not rule.right or not found_in(rule.right, rule)


@pytest.mark.parametrize("rule", [rule for rule in OF_ONE if rule.mend is not Mend.NONE], ids=lambda rule: rule.id)
def test_what_a_rule_writes_is_its_right_example(rule: Rule) -> None:
    part = next(part for part in (Part.PROSE, *rule.parts) if part in rule.parts)
    story = StoryCopy("row", (Piece(rule.wrong, part, ("body",)),))
    text = rule.wrong
    own = [one for one in read_copy(Copy((story,)), Certainty.HINT).findings if one.rule is rule]
    for edit in sorted((e for one in own for e in one.found.edits), key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == rule.right


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("half-mark", "地址 https://paper.example.org/a,b?c=d,e和 a.b@example.org"),
        ("half-mark", "PM2.5、3.14、1,000、12:30、3:1、微软.NET"),
        ("half-mark", "见附件 a, b 两种；A.. B；大家说 OK , yes"),
        ("straight-quote", '55"的屏幕'),
        ("range-mark", "比分是3-2，电话0599-8812345，型号A-3人"),
        ("range-unit", "每天25～30克，气温-6～4℃，1—27号"),
        ("mixed-numerals", "3千米、5千克、4百货"),
        ("approx-number-dunhao", "三、四年级，周二、四晚上，一、二等奖，第一、二名"),
        ("approx-twice", "最近20多天，节约260多万元，附近3公里左右"),
        ("month-day-interpunct", "“2.0”时代"),
        ("placeholder", "代码91350700MA2XXXXX0Q；李某某；3×5"),
        ("doubled", "目的的实现，的的确确，了了解解，研究研究，突突突突突突"),
        ("unit-symbol", "型号KM20，50kg，MM"),
        ("ellipsis-form", "这……？a...b, and so on…"),
        ("dash-form", "加上--fix选项"),
        ("quote-stop-order", "坚持“质量第一”。成语是“一诺千金”，意思是守信。"),
        ("paren-inner-stop", "好。（完。）"),
        ("dunhao-before-deng", "找人、填表、等签字，甲、等级高"),
        ("space-near-mark", "记者 甲 乙（文、图）"),
        ("ordinal-mark", "乘坐1、2号线，一、二等奖，首先，要学"),
    ],
)
def test_what_is_right_is_left_alone(name: str, text: str) -> None:
    rule = next(rule for rule in RULES if rule.id == name)
    assert not found_in(text, rule)


ISSUE = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("weekday", "11月26日（星期五）", "11月26日（星期四），1988年1月5日至1月7日（星期五）"),
        ("weekday", "2026年12月5日，周日", "12月5日（星期六）、明年1月1日是星期五"),
        ("no-such-date", "11月31日", "10月31日，农历2月30日"),
        ("no-such-date", "2025年2月29日", "2024年2月29日；生于2月29日"),
        ("no-such-date", "13月初", "满18月龄"),
        ("after-issue", "昨日（11月28日）", "昨日（11月26日），将于12月1日"),
        ("solar-term", "12月21日冬至。", "12月22日，冬至。冬至（12月22日）"),
        ("solar-term", "小寒（1月6日）", "小寒（1月5日），12月5日，大雪。"),
        ("traditional", "開工", "开工，乾隆年间，瞭望"),
    ],
)
def test_rules_across_one_piece(name: str, wrong: str, right: str) -> None:
    rule = next(rule for rule in RULES if rule.id == name)

    def told(text: str) -> list[str]:
        story = StoryCopy("row", (Piece(text, Part.PROSE, ("body",)),))
        found = read_copy(Copy((story,), ISSUE), Certainty.HINT).findings
        return [one.text for one in found if one.rule is rule]

    assert len(told(wrong)) == 1
    assert told(right) == []


def test_names_of_captions_are_held_against_the_text() -> None:
    pieces = (
        Piece("图为袁一明在比赛中", Part.CAPTION, ("pictures", 0, "caption")),
        Piece("队长袁一鸣说，全队都很拼。袁一鸣笑着走了。高质量的比赛，高水准的裁判。", Part.PROSE, ("body",)),
    )
    found = read_copy(Copy((StoryCopy("row", pieces),)), Certainty.HINT).findings
    assert {(one.rule.id, one.text) for one in found} == {("name-variant", "袁一明"), ("name-not-in-body", "袁一明")}


def test_pairs_over_paragraphs() -> None:
    pair = next(rule for rule in RULES if rule.id == "pair")

    def told(*texts: str) -> int:
        story = StoryCopy("row", tuple(Piece(text, Part.PROSE, ("body",), n) for n, text in enumerate(texts)))
        return sum(one.rule is pair for one in read_copy(Copy((story,)), Certainty.SURE).findings)

    assert told("他说：“一、开始。", "“二、结束。”") == 0
    assert told("他说：“一、开始。", "二、结束。”") == 2
    assert told("1）好 （a） It’s ok") == 0
    assert told("《好", "（甲）》") == 2
    assert told("他（甲)说") == 0

    def of_verse(*texts: str) -> int:
        story = StoryCopy("row", tuple(Piece(text, Part.LINES, ("body",), n) for n, text in enumerate(texts)))
        return sum(one.rule is pair for one in read_copy(Copy((story,)), Certainty.SURE).findings)

    assert of_verse("他说：“海", "把自己翻过来”") == 0
    assert of_verse("他说：“海", "把自己翻过来") == 1


def test_overlapping_words_are_found_and_none_is_cut_short() -> None:
    words = WordList(["工会", "会员", "工会会员大会", "员"])
    assert sorted(words.found_in("工会会员")) == [(0, "工会"), (2, "会员"), (3, "员")]


def test_texts_have_their_runs_in_common() -> None:
    text = "他们在海拔四千米的高原上一干就是三年，把线路架到了最后一个村，村里的灯从此亮了。" * 3
    own = shingles(text)
    assert own
    assert own <= shingles("前面还有一句。" + text.replace("，", ","))
    assert not own & shingles("青岚河综合整治工程通过竣工验收，全长十二公里，历时两年零三个月，沿线新建了步道。" * 3)


def rows() -> list[str]:
    """The table of docs/lint.md as the registry has it."""
    return [
        f"| `{r.id}` | {r.title.en} · {r.title.zh} | {r.clause or '—'} | {r.wrong} | {r.right or '—'} | {r.certainty} | {r.mend} | "
        f"{r.rationale.en} {r.rationale.zh} |"
        for r in RULES
    ]


def test_the_document_lists_every_rule_as_it_is() -> None:
    told = (ROOT / "docs/lint.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in told if line.startswith("| `") and line.count("|") == 9] == rows()


def test_every_rule_has_an_id_of_its_own_and_speaks_both_languages() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.title.zh and rule.rationale.zh and rule.wrong for rule in RULES)
    assert all(bool(rule.look) != bool(rule.across) for rule in RULES)


# --- stories that go on elsewhere ----------------------------------------------------------------------------


def seams_told(*texts: tuple[str, str], made: Seam | None = None) -> list[tuple[str, str]]:
    """What is told of seams in stories of one or more paragraphs, each given with its page."""
    stories = tuple(
        StoryCopy(f"s{n}", tuple(Piece(t, Part.PROSE, ("body",), k) for k, t in enumerate(text.split("\n"))), (), page)
        for n, (page, text) in enumerate(texts)
    )
    found = read_copy(Copy(stories, seams=(made,) if made else ()), Certainty.HINT).findings
    return [(one.rule.id, one.found.detail.en if one.found.detail else "") for one in found if "seam" in one.rule.id]


def test_a_seam_is_told_with_the_sentence_on_both_pages() -> None:
    whole = "船进了港。他们走上岸。灯都亮了。"
    made = Seam("s0", "船进了港。", "他们走上岸。灯都亮了。", "3")
    assert seams_told(("1", f"头一段。\n{whole}"), made=made) == [
        ("seam", "page 3 goes on: “他们走上岸。”, whose “他们” points back")
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("船进了港，（下转第3版）", "（上接第1版）灯都亮了。", "the sentence goes on on page 3: “灯都亮了。”"),
        ("船进了港。（下转第三版）", "（上接第一版）。灯都亮了。", "page 3 would begin with “。”"),
        ("他说：“进港了。（下转3版）", "（上接1版）灯都亮了。”", "“ is open at the end"),
        ("船进了港。\n（下转第3版）", "灯都亮了。", "nothing comes from here"),
    ],
)
def test_a_seam_at_a_bad_place(first: str, second: str, told: str) -> None:
    [said] = [detail for rule, detail in seams_told(("1", first), ("3", second)) if rule == "seam-clash"]
    assert told in said.replace("““” is", "“ is")


def test_a_seam_between_sentences_is_good() -> None:
    told = seams_told(("1", "他说：“进港了。\n（下转第3版）"), ("3", "（上接第1版）\n“灯都亮了。”"))
    assert [rule for rule, _ in told] == ["seam"]
