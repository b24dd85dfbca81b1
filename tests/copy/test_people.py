"""Bylines, credits and offices, and lines that only look like them."""

import pytest

from printkit.copy.people import credited, officer, signed
from printkit.model.article import Byline


@pytest.mark.parametrize(
    ("line", "byline", "rest"),
    [
        ("本报记者 柯小满", [("本报记者", "柯小满")], ()),
        ("□本报记者 俞白榆  通讯员 谭小楼 文/图", [("本报记者", "俞白榆"), ("通讯员", "谭小楼")], ("文/图",)),
        ("□本报记者 骆闻溪 文 卫青 摄", [("本报记者", "骆闻溪"), ("摄", "卫青")], ("文",)),
        ("本报评论员　申未", [("本报评论员", "申未")], ()),
        ("本报记者　孙　艳", [("本报记者", "孙艳")], ()),
        ("本报记者 甲乙 丙丁", [("本报记者", "甲乙"), ("本报记者", "丙丁")], ()),
        ("（本报记者 欧阳晴 通讯员 乐正海）", [("本报记者", "欧阳晴"), ("通讯员", "乐正海")], ()),
        ("渡口日报全媒体记者 逄溪", [("渡口日报全媒体记者", "逄溪")], ()),
        ("作者：申未", [("作者", "申未")], ()),
        ("文/申未 图/柯小满", [("文", "申未"), ("图", "柯小满")], ()),
        ("云栖区总工会 谭小楼", [("云栖区总工会", "谭小楼")], ()),
        ("云栖区总工会 供稿", [("供稿", "云栖区总工会")], ()),
        ("本报记者 柯小满（发自北塘）", [("本报记者", "柯小满")], ("（发自北塘）",)),
    ],
)
def test_a_byline_is_told_word_by_word(line: str, byline: list[tuple[str, str]], rest: tuple[str, ...]) -> None:
    found = signed(line)
    assert found is not None
    assert (found.byline, found.rest) == (tuple(Byline(*one) for one in byline), rest)


@pytest.mark.parametrize(
    "line",
    [
        "图书馆延时开放",
        "文化馆里过大年",
        "本报记者走进北塘码头",
        "记者手记：一座水站的算术题",
        "摄影展今日开幕",
        "整理工具箱的人",
        "通讯员队伍再扩大",
        "作者单位：云栖区总工会",
        "高山流水",
        "云栖区总工会 送岗进园",
        "三家公司 一个食堂",
        "三天谈成四百二十一份意向",
    ],
)
def test_a_line_with_anything_else_is_no_byline(line: str) -> None:
    assert signed(line) is None


def test_a_name_alone_is_a_byline_only_where_one_is_looked_for() -> None:
    assert signed("柯小满") is None
    found = signed("柯小满", names_alone=True)
    assert found is not None
    assert found.byline == (Byline("", "柯小满"),)


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("图为抢修队员抬电杆上山。卫青 摄", ("图为抢修队员抬电杆上山。", "卫青 摄")),
        ("乐正海（左一）和队友合影。（受访者供图）", ("乐正海（左一）和队友合影。", "受访者供图")),
        ("最后一趟邮车进山 麦知远 绘", ("最后一趟邮车进山", "麦知远 绘")),
        ("码头夜景 本报记者 柯小满 摄", ("码头夜景", "本报记者 柯小满 摄")),
        ("职工在练习摄影", ("职工在练习摄影", "")),
        ("图①：灯亮之前。图②：灯亮之后。", ("图①：灯亮之前。图②：灯亮之后。", "")),
        ("卫青 摄", ("", "卫青 摄")),
    ],
)
def test_a_caption_and_its_credit(caption: str, parts: tuple[str, str]) -> None:
    assert credited(caption) == parts


def test_an_office_and_a_name() -> None:
    assert officer("云栖区总工会主席 费简") == ("云栖区总工会主席", "费简")
    assert officer("恒岳机械公司钳工、高级技师 匡九畴") == ("恒岳机械公司钳工、高级技师", "匡九畴")
    assert officer("园区工会主席费简说，不许上台") is None
    assert officer("工会主席 走进车间听意见") is None
