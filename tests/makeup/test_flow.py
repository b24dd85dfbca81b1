"""Lines through columns: nothing lost, nothing twice, headings with their text, solid blocks whole."""

from hypothesis import given
from hypothesis import strategies as st

from printkit.makeup.flow import Block, Flowed, Region, SolidBlock, TextBlock, balanced, flow
from printkit.model.style import TextStyle
from printkit.model.text import Paragraph, Run
from tests.support.setting import EM, LEADING, setter

BODY = TextStyle("body", EM, LEADING)


def text_block(lines: int, name: str = "p", keep: int = 0, *, whole: bool = False, tied: bool = False) -> TextBlock:
    """A paragraph of so many lines of ten Han."""
    paragraph = Paragraph((Run("字" * (10 * lines)),))
    made = setter().lines(paragraph, BODY, 10 * EM)
    assert len(made) == lines
    return TextBlock(paragraph, BODY, made, "body", name, keep=keep, whole=whole, tied=tied)


def columns(*lines: int) -> list[Region]:
    return [Region(n, 0, depth) for n, depth in enumerate(lines)]


def stands(flowed: Flowed) -> list[tuple[int, int, int]]:
    """Column, line and height of every piece."""
    return [(p.column, p.line, p.height) for p in flowed.placed]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    flowed = flow([text_block(7)], columns(5, 5))
    assert stands(flowed) == [(0, 0, 5), (1, 0, 2)]
    assert [(p.first, p.last) for p in flowed.placed] == [(0, 5), (5, 7)]
    assert not flowed.over


def test_what_finds_no_room_is_over_from_its_line() -> None:
    flowed = flow([text_block(4, "a"), text_block(4, "b"), text_block(3, "c")], columns(3, 3))
    assert [(b.key, first) for b, first in flowed.over if isinstance(b, TextBlock)] == [("b", 2), ("c", 0)]
    assert flowed.over_lines == 5
    assert flowed.used == 6


def test_a_heading_keeps_its_lines_of_text() -> None:
    """A heading is not the last line of a column (composition.md D4)."""
    flowed = flow([text_block(4), text_block(1, "h", keep=2), text_block(5)], columns(6, 9))
    assert stands(flowed)[1:] == [(1, 0, 1), (1, 1, 5)]
    assert flowed.wasted == 2


def test_headings_that_follow_each_other_stay_together() -> None:
    heads: list[Block] = [text_block(1, "h", keep=2), text_block(1, "i", keep=2)]
    flowed = flow([text_block(3), *heads, text_block(5)], columns(6, 9))
    assert stands(flowed)[1:] == [(1, 0, 1), (1, 1, 1), (1, 2, 5)]


def test_headings_without_end_are_over() -> None:
    flowed = flow([text_block(1, keep=2)] * 2000, columns(5, 5))
    assert len(flowed.placed) + len(flowed.over) == 2000


def test_a_solid_block_is_never_divided() -> None:
    flowed = flow([text_block(3), SolidBlock(4), text_block(2)], columns(6, 6))
    assert stands(flowed) == [(0, 0, 3), (1, 0, 4), (1, 4, 2)]


def test_a_solid_block_higher_than_every_column_is_over() -> None:
    flowed = flow([text_block(2), SolidBlock(9), text_block(2, "z")], columns(6, 6))
    assert (SolidBlock(9), 0) in flowed.over
    assert flowed.over_lines >= 9


def test_white_between_blocks_vanishes_at_the_top_of_a_column() -> None:
    flowed = flow([text_block(6), SolidBlock(1, gap=True), text_block(3)], columns(6, 6))
    assert stands(flowed) == [(0, 0, 6), (1, 0, 3)]


def test_a_stanza_is_not_divided_but_where_nothing_follows() -> None:
    stanza = text_block(4, "v", whole=True)
    assert stands(flow([text_block(3), stanza], columns(6, 6))) == [(0, 0, 3), (1, 0, 4)]
    white: list[Block] = [text_block(3), SolidBlock(1, gap=True), stanza]
    assert stands(flow(white, columns(6, 6))) == [(0, 0, 3), (1, 0, 4)], "white goes with what it parts"
    assert flow([text_block(3), stanza], columns(6)).over_lines == 1
    assert stands(balanced([stanza], columns(6, 6))) == [(0, 0, 4)]


def test_who_signs_stands_under_a_line_of_the_text() -> None:
    sign = text_block(2, "s", whole=True, tied=True)
    assert stands(flow([text_block(5), sign], columns(6, 6))) == [(0, 0, 4), (1, 0, 1), (1, 1, 2)]
    greeting = text_block(1, "g", tied=True)
    assert stands(flow([text_block(4), text_block(1, "c"), greeting, sign], columns(7, 6)))[1:] == [
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 2),
    ]
    assert flow([text_block(5), sign], columns(6)).over_lines == 1


def test_regions_may_start_under_a_headline_and_go_round_a_picture() -> None:
    flowed = flow([text_block(9)], [Region(0, 2, 5), Region(1, 2, 4), Region(1, 8, 12)])
    assert stands(flowed) == [(0, 2, 3), (1, 2, 2), (1, 8, 4)]


def test_no_region_at_all() -> None:
    flowed = flow([text_block(3)], [])
    assert flowed.over_lines == 3
    assert flowed.placed == []


def test_balanced_columns_end_together() -> None:
    """Composition.md P8: the columns of an unfilled story end on the same line, or nearly."""
    flowed = balanced([text_block(10)], columns(20, 20, 20))
    assert [h for _, _, h in stands(flowed)] == [4, 4, 2]
    flowed = balanced([text_block(9)], columns(20, 20, 20))
    assert [h for _, _, h in stands(flowed)] == [3, 3, 3]


def test_balancing_puts_nothing_over() -> None:
    blocks: list[Block] = [text_block(5), SolidBlock(7), text_block(1, "h", keep=2), text_block(8)]
    assert not balanced(blocks, columns(12, 12)).over


blocks_of_any_kind = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.integers(1, 12), st.sampled_from([0, 0, 2])),
        st.tuples(st.just("solid"), st.integers(1, 8), st.sampled_from([0, 2])),
        st.tuples(st.just("gap"), st.integers(1, 2), st.just(0)),
    ),
    max_size=12,
)
regions_of_any_kind = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 20)), max_size=6)
READY = {lines: text_block(lines) for lines in range(1, 13)}


@given(blocks_of_any_kind, regions_of_any_kind, st.booleans())
def test_every_line_stands_once_or_is_over(
    shape: list[tuple[str, int, int]], room: list[tuple[int, int]], evenly: bool
) -> None:
    blocks: list[Block] = []
    for number, (kind, height, keep) in enumerate(shape):
        if kind == "text":
            ready = READY[height]
            blocks.append(TextBlock(ready.paragraph, BODY, ready.lines, "body", f"p{number}", keep=keep))
        else:
            blocks.append(SolidBlock(height, owner=number, keep=keep, gap=kind == "gap"))
    regions = [Region(n, start, start + lines) for n, (start, lines) in enumerate(room)]
    flowed = (balanced if evenly else flow)(blocks, regions)
    for block in blocks:
        pieces = [p for p in flowed.placed if p.block is block]
        rest = [first for b, first in flowed.over if b is block]
        if isinstance(block, TextBlock):
            covered = [n for p in pieces for n in range(p.first, p.last)]
            covered += [n for first in rest for n in range(first, len(block.lines))]
            assert covered == list(range(len(block.lines)))
        elif isinstance(block, SolidBlock) and not block.gap:
            assert len(pieces) + len(rest) == 1
    # Pieces stand in order, inside the regions, and none on another.
    order = [next(n for n, r in enumerate(regions) if r.column == p.column) for p in flowed.placed]
    assert order == sorted(order)
    for column in {p.column for p in flowed.placed}:
        foot = regions[column].start
        for p in [p for p in flowed.placed if p.column == column]:
            assert p.line >= foot
            foot = p.line + p.height
            assert foot <= regions[column].end
    # Nothing stands after something that is over.
    if flowed.over and flowed.placed:
        first_over = min(blocks.index(b) for b, _ in flowed.over)
        assert all(blocks.index(p.block) <= first_over for p in flowed.placed)
