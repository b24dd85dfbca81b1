"""Marks, quotes, digits and blanks: what is mended without asking, and what looks like it and stays."""

import pytest

from printkit.copy.marks import lowered, odd_quotes, raised, safe_changes
from printkit.copy.spans import Change, applied, applied_to_runs
from printkit.model.text import Run


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("还没开,门口", "还没开，门口"),
        ("选举产生.32岁", "选举产生。32岁"),
        ("牌子: 岗位", "牌子：岗位"),
        ("占85%,其中", "占85%，其中"),
        ("真的吗?真的!", "真的吗？真的！"),
        ('"我就想离家近一点."他说', "“我就想离家近一点。”他说"),
        ("他说'好'", "他说‘好’"),
        ("倒３趟车", "倒3趟车"),
        ("⽂件在⼭上", "文件在山上"),
        ("等等⋯⋯", "等等……"),
        ("三天──四天", "三天——四天"),
        ("　　段首", "段首"),
        ("        段首 ", "段首"),
        ("每\xa0吨\xa0水", "每吨水"),
        ("10\xa0kg", "10 kg"),
        ("water-\xadsta\u200btion", "water-station"),
        ("甲\t乙", "甲 乙"),
        ("\ufeff　　开头", "开头"),
        ("说完. ", "说完。"),
        ("说\x07完 \ufffe", "说完"),
    ],
)
def test_what_is_mended(typed: str, mended: str) -> None:
    assert applied(typed, safe_changes(typed)) == mended
    assert safe_changes(mended) == ()


@pytest.mark.parametrize(
    "text",
    [
        "共2,163人，增长0.4元",
        "下午3:30开会，比分2:1",
        "见 https://example.org/a,b.html?x=1 和 mail@example.org",
        "附件.docx和说明.pdf",
        "it's 5 o'clock",
        "①②③，㎡，Ｎ",
        "好...好",
        "（括号）(half)",
        "一个 空格 不动",
    ],
)
def test_what_stays(text: str) -> None:
    assert safe_changes(text) == ()


def test_a_straight_quote_without_partner_stays_and_is_told() -> None:
    text = '他说"好'
    assert (safe_changes(text), odd_quotes(text)) == ((), (2,))


def test_words_are_never_changed() -> None:
    text = '　　帐号的的2O26,"拒财"３4千.'
    kept = [char for char in applied(text, safe_changes(text)) if char.isalnum() and not char.isdigit()]
    assert kept == [char for char in text if char.isalnum() and not char.isdigit()]


def test_what_unicode_can_raise_and_lower() -> None:
    assert (raised("2"), raised("-3"), lowered("2"), raised("注")) == ("²", "⁻³", "₂", None)


def test_a_change_over_two_runs_has_the_manner_of_the_first() -> None:
    runs = (Run("甲:"), Run(" 乙", strong=True))
    assert applied_to_runs(runs, [Change(1, 3, "：", "half-mark")]) == (Run("甲："), Run("乙", strong=True))
