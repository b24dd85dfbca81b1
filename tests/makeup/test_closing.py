"""Lines won and lost in paragraphs: the story closes, the copy stays, no line opens too far."""

import pytest
from setting import EM, setter, styles

from printkit.makeup.closing import LOOSEST, close
from printkit.makeup.flow import Region, TextBlock, flow
from printkit.model.text import Paragraph, Run

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


def room_of(lines: int) -> list[Region]:
    """Two columns, the first one line deeper where the lines are odd."""
    return [Region(0, 0, (lines + 1) // 2), Region(1, 0, lines // 2)]


@pytest.mark.parametrize(("short", "least"), [(1, 1), (2, 1)])
def test_lines_are_won_where_a_story_is_short_as_far_as_that_goes(short: int, least: int) -> None:
    before = blocks()
    room = sum(len(b.lines) for b in before) + short
    after, won = close(before, room_of(room), room, MEASURE, setter())
    assert least <= won <= short
    flowed = flow(after, room_of(room))
    assert (flowed.over_lines, flowed.used) == (0, room - short + won)
    for old, new in zip(before, after, strict=True):
        assert isinstance(new, TextBlock)
        assert "".join(line.text for line in new.lines) == old.paragraph.text
        assert all(line.adjustment.gap <= LOOSEST for line in new.lines)
        assert len(new.lines) - len(old.lines) in (0, 1)


def test_a_line_is_lost_where_a_story_is_over() -> None:
    before = blocks()
    sets = setter()
    losing = [b for b in before if sets.in_lines(b.paragraph, b.style, MEASURE, len(b.lines) - 1)]
    assert losing, "the copy has a paragraph that can lose a line"
    room = sum(len(b.lines) for b in before) - 1
    after, won = close(before, room_of(room), room, MEASURE, setter())
    assert won == -1
    assert flow(after, room_of(room)).over_lines == 0


def test_nothing_changes_where_it_would_not_help() -> None:
    before = blocks()
    lines = sum(len(b.lines) for b in before)
    for room in (lines, lines + 40, lines - 20):
        after, won = close(before, room_of(room), room, MEASURE, setter())
        assert (list(after), won) == (before, 0)
