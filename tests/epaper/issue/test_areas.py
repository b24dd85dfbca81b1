from printkit.epaper.issue.areas import outlines
from printkit.model.geometry import Rect


def test_one_rectangle_is_its_four_corners() -> None:
    assert outlines([Rect(10, 20, 100, 50)]) == (((10, 20), (110, 20), (110, 70), (10, 70)),)


def test_columns_side_by_side_are_one_shape_that_steps_at_the_gutter() -> None:
    left, right = Rect(0, 100, 1000, 300), Rect(1200, 0, 1000, 250)
    assert outlines([right, left]) == (
        ((0, 100), (1100, 100), (1100, 0), (2200, 0), (2200, 250), (1100, 250), (1100, 400), (0, 400)),
    )


def test_equal_columns_are_one_rectangle() -> None:
    assert outlines([Rect(0, 0, 1000, 300), Rect(1200, 0, 1000, 300)]) == (((0, 0), (2200, 0), (2200, 300), (0, 300)),)


def test_a_story_that_goes_on_at_the_head_of_the_next_column_has_two_shapes() -> None:
    assert len(outlines([Rect(0, 500, 1000, 300), Rect(1200, 0, 1000, 200)])) == 2


def test_columns_with_another_story_between_them_are_two_shapes() -> None:
    assert len(outlines([Rect(0, 0, 50_000, 300), Rect(120_000, 0, 50_000, 300)])) == 2
