"""The craft's rules as they are counted on a page, each on the least page that breaks it."""

from dataclasses import replace

from printkit.makeup.tiling.board import Area, Board, Fixed, Piece, Placed, Shape, Tiling
from printkit.makeup.tiling.craft import WEIGHTS, alike_pairs, broken, score, shape_cost


def page(*stories: tuple[int, int, int, int, int, int, bool]) -> Tiling:
    """Stories by column, row, columns, rows, level, headline's size and whether they have a picture."""
    return tuple(
        Placed(Piece(f"s{n}", level, (), pictured), Area(x, y, w, h), Shape(w, h, 7, size))
        for n, (x, y, w, h, level, size, pictured) in enumerate(stories)
    )


def counts(board: Board, tiling: Tiling) -> dict[str, int]:
    return {rule: count for rule, count in broken(board, tiling).items() if count}


def test_a_gutter_from_top_to_foot() -> None:
    board = Board(2, 20)
    found = counts(board, page((0, 0, 1, 20, 1, 30, False), (1, 0, 1, 20, 3, 10, False)))
    assert found == {"gutter": 1, "straddle": 7, "heads-in-row": 1}


def test_a_line_through_but_not_under_a_lead_of_full_width_nor_over_ads() -> None:
    lead, left, right = (0, 0, 2, 8, 1, 30, False), (0, 8, 1, 6, 3, 10, False), (1, 8, 1, 6, 5, 20, False)
    lower = (0, 14, 2, 6, 4, 10, False)
    assert counts(Board(2, 20), page(lead, left, right, lower))["through"] == 1
    ads = Board(2, 20, (Fixed(Area(0, 14, 1, 6)), Fixed(Area(1, 14, 1, 6))))
    assert "through" not in counts(ads, page(lead, left, right))


def test_heads_side_by_side_are_alike_by_their_size() -> None:
    def beside(size: int) -> dict[str, int]:
        return counts(Board(2, 10), page((0, 0, 1, 10, 3, 20, False), (1, 0, 1, 10, 3, size, False)))

    assert beside(16)["like-heads"] == 1
    assert "like-heads" not in beside(15)
    assert beside(15)["heads-in-row"] == 1


def test_a_form_of_its_own_parts_like_heads_and_a_second_one_costs() -> None:
    plain, other = page((0, 0, 1, 10, 3, 20, False), (1, 0, 1, 10, 3, 20, False))
    tinted, upright = (replace(other, piece=replace(other.piece, form=form)) for form in ("tint", "vertical"))
    board = Board(2, 10)
    assert alike_pairs(board, (plain, other)) == [("s0", "s1")]
    for parted in (tinted, upright):
        assert alike_pairs(board, (plain, parted)) == []
        assert "forms" not in counts(board, (plain, parted))
    two = replace(plain, piece=replace(plain.piece, form="tint")), upright
    assert counts(board, two)["forms"] == 1


def test_a_lower_level_above_a_higher_and_pictures_that_touch() -> None:
    found = counts(Board(1, 20), page((0, 0, 1, 10, 4, 10, True), (0, 10, 1, 10, 2, 20, True)))
    assert found == {"order": 2, "pictures": 1}


def test_shapes_have_their_own_price() -> None:
    assert shape_cost(2, 20, (2, 3), WEIGHTS) == 0
    assert shape_cost(4, 20, (2, 3), WEIGHTS) == WEIGHTS["width"]
    assert shape_cost(1, 33, (1, 1), WEIGHTS) == 3 * WEIGHTS["deep"]
    assert shape_cost(4, 10, (4, 5), WEIGHTS) == 4 * WEIGHTS["thin"]


def test_the_score_is_the_sum() -> None:
    board = Board(2, 20)
    tiling = page((0, 0, 1, 20, 1, 30, False), (1, 0, 1, 20, 3, 10, False))
    assert score(board, tiling, WEIGHTS) == 14 + WEIGHTS["gutter"] + 7 * WEIGHTS["straddle"] + WEIGHTS["heads-in-row"]
