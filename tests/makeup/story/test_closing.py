"""Lines won and lost in paragraphs: the story closes, the copy stays, no line opens too far."""

from dataclasses import replace

import pytest

from printkit.makeup.flow import TextBlock
from printkit.makeup.story.closing import LOOSEST, MOST, Paragraphs
from printkit.model.text import Paragraph, Run
from tests.support.setting import EM, setter, styles

MEASURE = 13 * EM
COPY = (
    (
        "车间主任把操作手册改了三遍，交给班组长试用；大家说，字大了，图多了，连新来的学徒也看得明白。手册印好那天，"
        "他先送给了已经退休的师傅一本，老人翻到第三页，指着一张图说：“这里，当年我摔过一跤。”"
    ),
    (
        "工会干事带着表格走进宿舍，登记了谁想学电焊、谁想考叉车证，回来排出一张夜校的课表。第一堂课来了四十个人，"
        "第二堂课来了六十个人，到了第三堂，教室后面站满了，干脆搬到食堂去上；讲台就是打饭的窗口。"
    ),
    (
        "“灯亮着，人就有地方去。”值班的老师傅说。驿站的热水从早烧到晚，墙上的意见簿已经写满两本，有人谢一碗面，"
        "有人提一条建议，还有人只写了自己的家乡。夜里十一点，最后一位骑手换好电池，把凳子摆回原处，轻轻带上了门。"
    ),
    (
        "协商会开到傍晚，双方在第七条上停了很久：高温天的工时怎么算，最后写成“测温停工，工资照发”。散会时，职工代表"
        "把草稿折好放进口袋，说要带回班组再念一遍；企业代表笑着说，念吧，一个字也不改。"
    ),
)


def blocks() -> list[TextBlock]:
    """The copy, set in its best numbers of lines."""
    sets = setter()
    style = styles().roles["body"]
    return [
        TextBlock(p, style, sets.lines(p, style, MEASURE), "body", f"p{n}", whole_measure=True)
        for n, p in enumerate(Paragraph((Run(text),)) for text in COPY)
    ]


def paragraphs_of(before: list[TextBlock], most: int = 6) -> Paragraphs:
    return Paragraphs(before, MEASURE, setter(), 4, most)


@pytest.mark.parametrize("change", range(-3, 7))
def test_lines_are_won_and_lost_as_far_as_that_goes(change: int) -> None:
    before = blocks()
    found = paragraphs_of(before)
    near = found.nearest(change)
    assert abs(near) <= abs(change)
    assert near * change >= 0
    cost = found.cost(near)
    assert cost is not None
    after = found.with_shares(found.shares(near))
    assert sum(len(b.lines) for b in after if isinstance(b, TextBlock)) == sum(len(b.lines) for b in before) + near
    assert found.share_cost(found.shares(near)) == cost
    for old, new in zip(before, after, strict=True):
        assert isinstance(new, TextBlock)
        assert "".join(line.text for line in new.lines) == old.paragraph.text
        assert sum(line.adjustment.gap for line in new.lines) <= LOOSEST * len(new.lines)
        assert abs(len(new.lines) - len(old.lines)) <= MOST


def test_a_line_can_be_won_and_one_lost_in_this_copy() -> None:
    found = paragraphs_of(blocks())
    assert (found.nearest(1), found.nearest(-1)) == (1, -1)


def test_the_cheapest_way_is_found_over_all_paragraphs() -> None:
    before = blocks()
    found = paragraphs_of(before)
    assert 1 in found.costs()
    alone = [shares for shares in found.others({}) if sum(shares.values()) == 1]
    assert len(alone) > 1
    assert found.cost(1) == min(map(found.share_cost, alone))


def test_what_is_too_much_is_not_looked_for() -> None:
    found = paragraphs_of(blocks(), most=6)
    assert found.nearest(40) == found.nearest(-20) == 0
    assert found.cost(40) is None
    assert found.with_shares(found.shares(0)) == found.blocks


def test_blocks_that_are_no_body_text_never_change() -> None:
    quoted = [replace(block, role="quotation") for block in blocks()]
    assert paragraphs_of(quoted).nearest(1) == 0
