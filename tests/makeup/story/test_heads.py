"""Which size and how many lines a headline takes, and what a caller may ask for beside the best."""

import pytest

from printkit.makeup.story.heads import FittedHeading, fit_heading, line_cost, set_head
from printkit.model.article import Byline, Lines
from printkit.model.page import TextBox
from tests.support.setting import LEADING, WHERE, article, setter, styles

EM = 30_000
"""The largest step of the headlines here; the others are 24 and 18 pt."""


WHOLE = article(
    "正文。",
    headline="车间里的课堂",
    kicker=Lines(("工会把课桌搬到机床边",), WHERE),
    deck=Lines(("一百二十名职工结业",), WHERE),
    byline=(Byline("本报记者", "甲乙丙"),),
)


def fitted(text: str, width: float, step_off: int = 0, **changes: object) -> tuple[FittedHeading, int]:
    """Fit a headline to a width in em of the largest step."""
    best, off = fit_heading(Lines((text,), WHERE), styles(**changes), "headline", int(width * EM), setter(), step_off)
    assert best is not None
    return best, off


@pytest.mark.parametrize(
    ("characters", "width", "size", "lines"),
    [
        (8, 8, 30, 1),  # it fills the width at the largest step
        (5, 8, 30, 1),  # five eighths of the width at 30 pt are better than as little of it at 24
        (9, 8, 24, 1),  # a line of 24 pt that fills the width, not two of 30 pt that fill half of it
        (15, 8, 30, 2),  # two full lines of 30 pt
        (18, 8, 24, 2),  # no room for two of 30 pt
        (3, 16, 30, 1),  # too short for any step: the largest, in one line
    ],
)
def test_the_size_is_weighed_against_how_the_lines_fill_the_width(
    characters: int, width: float, size: int, lines: int
) -> None:
    best, _ = fitted("工" * characters, width)
    assert (best.style.size // 1000, len(best.lines)) == (size, lines)


def test_three_lines_are_weighed_too_where_the_style_allows_them() -> None:
    best, _ = fitted("工" * 23, 8, headline_lines=3)
    assert (best.style.size, len(best.lines)) == (EM, 3)


def test_a_break_at_a_space_does_not_make_a_line_that_looks_lost() -> None:
    best, _ = fitted("昂扬奋发 务实创新 书写精彩篇章", 9, headline_lines=3)
    shares = [line.width * 1000 // (9 * EM) for line in best.lines]
    assert min(shares) >= 450


def test_no_last_line_has_one_character() -> None:
    for count in range(9, 31):
        best, _ = fitted("工" * count, 8, headline_lines=3)
        assert len(best.lines[-1].text) > 1


def test_a_line_under_half_the_width_costs_much() -> None:
    full, _ = fitted("工" * 16, 8)
    lost = (full.lines[0], fitted("工" * 3, 8)[0].lines[0])
    assert line_cost(lost, 8 * EM) > line_cost(full.lines, 8 * EM) + 600


def test_a_caller_may_ask_for_a_step_under_the_best() -> None:
    best, _ = fitted("工" * 8, 8)
    under, off = fitted("工" * 8, 8, step_off=1)
    assert (best.style.size, under.style.size, off) == (30000, 24000, 1)
    last, off = fitted("工" * 8, 8, step_off=3)
    assert (last.style.size, off) == (30000, 0)


def test_the_block_says_how_far_it_is_from_the_best_and_leaves_parts_out() -> None:
    copy = article("正文", headline="工" * 8, kicker=Lines(("引题",), WHERE), deck=Lines(("副题",), WHERE))
    whole = set_head(copy, styles(), 8 * EM, LEADING, setter())
    assert [box.role for box in whole.boxes] == ["kicker", "headline", "deck"]
    assert whole.step_off == 0
    smaller = set_head(copy, styles(), 8 * EM, LEADING, setter(), step_off=1, leave_out=frozenset({"kicker", "deck"}))
    assert [box.role for box in smaller.boxes] == ["headline"]
    assert smaller.step_off == 1
    assert smaller.lines < whole.lines
    assert set_head(copy, styles(), 8 * EM, LEADING, setter(), step_off=9).step_off == 0


def test_a_headline_that_fits_nowhere_stands_whole_at_the_smallest_step_and_is_told() -> None:
    head = set_head(article("正文", headline="工" * 90), styles(), 8 * EM, LEADING, setter())
    box = head.boxes[0]
    assert isinstance(box, TextBox)
    assert box.style.size == 18000
    assert "".join(line.text for line in box.lines) == "工" * 90
    assert [d.code for d in head.diagnostics] == ["makeup.headline-too-long"]


def test_lines_that_the_editor_broke_stay() -> None:
    copy = article("正文")
    given = Lines(("上行五个字", "下行也五字"), WHERE, given=True)
    best, _ = fit_heading(given, styles(headline_lines=1), "headline", 20 * EM, setter())
    assert best is not None
    assert [line.text for line in best.lines] == list(given.lines)
    assert set_head(copy, styles(), 8 * EM, LEADING, setter()).lines == 0


def whole_head(**changes: object) -> tuple[list[TextBox], int, list[int]]:
    """Set a block of all headings; return its boxes, its height and the white over each part and under the last."""
    head = set_head(WHOLE, styles(**changes), 40 * EM, LEADING, setter())
    height, foot, gaps = head.lines * LEADING, 0, []
    for box in head.boxes:
        white = (box.style.leading - box.style.size) // 2
        gaps.append(box.rect.y + white - foot)
        foot = box.rect.bottom - white
    return list(head.boxes), height, [*gaps, height - foot]


def test_white_is_shared_out_as_papers_do_and_not_evenly() -> None:
    boxes, _, gaps = whole_head()
    assert [box.role for box in boxes] == ["kicker", "headline", "deck", "byline"]
    over, under_kicker, under_headline, over_byline, under = gaps
    assert under_kicker == under_headline < over < over_byline < under
    assert under >= 0.6 * LEADING
    # As the style has them: .35 line, .4 em, .4 em, .6 line and .65 line, each with as much more as it is wide.
    shares = [gap / natural for gap, natural in zip(gaps, (4200, 3600, 3600, 7200, 7800), strict=True)]
    assert max(shares) - min(shares) < 0.01


def test_the_gaps_of_a_block_are_the_style_s() -> None:
    _, height, gaps = whole_head(head_gaps=(0, 1000, 0, 0), headline_space=(0, 0))
    assert gaps[0] == gaps[3] == gaps[4] == 0
    assert gaps[1] == gaps[2] >= 9000
    _, taller, _ = whole_head(head_gaps=(2000, 1000, 0, 2000), headline_space=(0, 0))
    assert taller >= height + 4 * LEADING


def test_a_line_that_ends_just_after_a_mark_costs_much() -> None:
    width = 12 * EM
    ends = [fitted(text, 40)[0].lines[0] for text in ("驿站主任张三说：把", "驿站主任张三说：", "把热水送到路口去")]
    assert line_cost((ends[0], ends[2]), width) > line_cost((ends[1], ends[2]), width) + 300
