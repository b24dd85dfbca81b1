"""Marks, quotes, digits and blanks: what is mended without asking, and what looks like it and stays."""

import pytest

from printkit.copy.spans import applied
from printkit.diagnostics import SourceRef
from printkit.manuscript.block import Block
from printkit.manuscript.cleaning import changes_of, cleaned
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
        ("好...好", "好……好"),
        ("今年--虎年", "今年——虎年"),
        ("太好了!!", "太好了！！"),
        ("通过.会议又开了.", "通过。会议又开了。"),
        ("ＧＤＰ", "GDP"),
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
    assert applied(typed, changes_of(typed)) == mended
    assert changes_of(mended) == ()


@pytest.mark.parametrize(
    "text",
    [
        "共2,163人，增长0.4元",
        "下午3:30开会，比分2:1",
        "见 https://example.org/a,b.html?x=1 和 mail@example.org",
        "附件.docx和说明.pdf",
        "it's 5 o'clock",
        "①②③，㎡，％",
        "好……好",
        "（括号）(half)",
        "一个 空格 不动",
    ],
)
def test_what_stays(text: str) -> None:
    assert changes_of(text) == ()


def test_what_a_reader_has_to_judge_stays_and_is_told() -> None:
    text = '作家列夫.托尔斯泰说"好'
    assert changes_of(text) == ()
    [block], notes = cleaned([Block(SourceRef("a.txt", 3), (Run(text),))])
    assert block.text == text
    assert [(note.code, note.where.line, note.where.column) for note in notes] == [
        ("odd-quotes", 3, 11),
        ("half-point", 3, 5),
    ]


def test_words_are_never_changed() -> None:
    text = '　　帐号的的2O26,"拒财"３4千.'
    kept = [char for char in applied(text, changes_of(text)) if char.isalnum() and not char.isdigit()]
    assert kept == [char for char in text if char.isalnum() and not char.isdigit()]
