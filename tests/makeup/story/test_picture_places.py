"""Pictures: text beside them, groups with one caption, captions, pull quotes, and what is told of them."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.diagnostics import Diagnostic, Severity, SourceRef
from printkit.makeup.flow import SolidBlock
from printkit.makeup.frames import Frame, frame_of
from printkit.makeup.lint.pictures import ppi
from printkit.makeup.page.make_up import make_up
from printkit.makeup.story.blocks import article_blocks
from printkit.makeup.story.fill import fill
from printkit.makeup.story.pictures import LEAST_ROW, gap, picture_boxes, rows_of
from printkit.makeup.story.wrap import LEAST_TEXT, sides
from printkit.model.article import Article, Picture, Section, Shot
from printkit.model.geometry import Insets, Rect
from printkit.model.page import MadeUpStory, PictureBox, TextBox
from printkit.model.text import Kind, plain
from tests.support.setting import (
    EM,
    LEADING,
    WHERE,
    article,
    context,
    geometry,
    ornaments,
    paragraphs,
    picture,
    pictures,
    setter,
    shown,
    slot,
    story,
    texts,
    visible,
)
from tests.support.setting import (
    copy as invented,
)

SENTENCE = "工会把服务送到车间，大家都说好；“娘家人”来了。"
WHITE = (LEADING - EM) // 2
QUOTE = SourceRef("lead.yaml", 30)


def made(copy: Article, **changes: object) -> tuple[MadeUpStory, list[Diagnostic]]:
    """Make a page of one story in a slot of 40 em, 40 lines and 3 columns, or what the changes say."""
    place = slot(**changes)  # type: ignore[arg-type]  # keywords of slot
    one = story(copy)
    found, told = make_up(context(), geometry(place), {"lead": [one]}, [one.anchor], setter())
    return found.stories[0], list(told)


def codes(told: list[Diagnostic]) -> list[str]:
    return [d.code for d in told]


def wrapped(**changes: object) -> Picture:
    """A portrait that text runs beside, on its own line of the article."""
    return replace(picture(300, 400, place="wrap"), where=SourceRef("lead.yaml", 40), **changes)  # type: ignore[arg-type]  # keywords of the dataclass


def frame(width: int = 40, columns: int = 3) -> Frame:
    place = slot(width, 40, columns)
    return frame_of(place, geometry(place), Insets())


def apart(a: Rect, b: Rect) -> bool:
    return a.right <= b.x or b.right <= a.x or a.bottom <= b.y or b.bottom <= a.y


def assert_nothing_overlaps(found: MadeUpStory) -> None:
    """Issue: «nothing overlaps»: pictures, captions and text stand apart."""
    boxes: list[PictureBox | TextBox] = [
        *pictures(found),
        *texts(found, "body", "subhead", "quotation", "caption", "credit", "section-name"),
    ]
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            same_row = {type(one), type(other)} != {PictureBox} and {one.role, other.role} == {"caption", "credit"}
            assert same_row or apart(one.rect, other.rect), (one.role, one.rect, other.role, other.rect)


# --- where pictures stand in their story -----------------------------------------------------------------------


def shot(name: str, width: int = 300, height: int = 200, **changes: object) -> Picture:
    return replace(picture(width, height, columns=1, file=Path(name)), **changes)  # type: ignore[arg-type]  # keywords of the dataclass


@pytest.mark.parametrize(("side", "column"), [("left", 0), ("center", 1), ("right", 2)])
@pytest.mark.parametrize("style", ["left", "right"])
def test_a_picture_stands_at_its_own_side_whatever_the_style_has(side: str, column: int, style: str) -> None:
    found, _ = made(article(SENTENCE * 20, pictures=(shot("a.jpg", side=side),)), picture_side=style)
    [box] = pictures(found)
    assert box.rect.x == column * 14 * EM
    assert box.rect.y == WHITE
    assert_nothing_overlaps(found)
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 20


def test_pictures_of_one_row_stand_at_their_two_sides_and_one_in_the_middle_has_its_own() -> None:
    three = (shot("a.jpg", side="left"), shot("b.jpg", side="right"), shot("c.jpg", side="center"))
    found, _ = made(article(SENTENCE * 30, pictures=three))
    left, right, middle = pictures(found)
    assert (left.rect.x, right.rect.x, middle.rect.x) == (0, 28 * EM, 14 * EM)
    assert left.rect.y == right.rect.y == middle.rect.y, "three of one column fill a row of three"
    two = (shot("a.jpg", side="center"), shot("b.jpg", side="left"))
    middle, under = pictures(made(article(SENTENCE * 30, pictures=two))[0])
    assert under.rect.y > middle.rect.bottom


@pytest.mark.parametrize("side", ["left", "center", "right"])
def test_a_picture_at_the_foot_ends_on_the_last_line(side: str) -> None:
    at_foot = shot("a.jpg", place="foot", side=side, caption="课堂", credit="某乙 摄")
    found, told = made(article(SENTENCE * 60, pictures=(at_foot,)), lines=30)
    [box] = pictures(found)
    captions = texts(found, "caption", "credit")
    assert max(caption.rect.bottom for caption in captions) == 30 * LEADING
    over = [b for b in texts(found, "body") if b.rect.x == box.rect.x]
    assert box.rect.y - max(b.rect.bottom for b in over) >= LEADING, "a line of white parts it from the text"
    assert_nothing_overlaps(found)
    assert "makeup.picture-too-tall" not in codes(told)


def test_pictures_at_the_foot_keep_their_order_and_those_at_the_top_stay_there() -> None:
    four = (
        shot("top.jpg", columns=3),
        shot("a.jpg", columns=2, place="foot", side="left"),
        shot("b.jpg", place="foot", side="right"),
        shot("c.jpg", columns=3, place="foot"),
    )
    found, _ = made(article(SENTENCE * 60, pictures=four), lines=90)
    top, a, b, c = pictures(found)
    assert (top.rect.y, a.rect.x, b.rect.x) == (WHITE, 0, 28 * EM)
    assert a.rect.bottom == b.rect.bottom < c.rect.y
    assert c.rect.bottom == 90 * LEADING - WHITE
    assert_nothing_overlaps(found)


def test_a_picture_at_the_foot_of_a_low_slot_is_told_and_hides_no_text() -> None:
    found, told = made(article(SENTENCE * 20, pictures=(shot("a.jpg", 100, 400, place="foot"),)), lines=12)
    assert "makeup.picture-too-tall" in codes(told)
    assert_nothing_overlaps(found)


def test_a_picture_that_does_not_fit_beside_the_note_stands_under_it() -> None:
    copy = replace(article(SENTENCE * 20, pictures=(shot("a.jpg", columns=3),)), editor_note=paragraphs(SENTENCE))
    found, _ = made(copy)
    [note] = ornaments(found, "note-box")
    [box] = pictures(found)
    assert box.rect.y >= note.rect.bottom


def test_a_wrapped_picture_stands_at_its_own_side() -> None:
    found, _ = made(article(SENTENCE * 20, pictures=(wrapped(side="right"),)))
    [box] = pictures(found)
    assert box.rect.right == 12 * EM


# --- text beside a picture ------------------------------------------------------------------------------------


def test_stanzas_beside_a_wrapped_picture_are_parted() -> None:
    body = tuple(replace(paragraph, kind=Kind.VERSE) for paragraph in paragraphs("山高", "水长", "月明"))
    found, _ = made(replace(article("", pictures=(wrapped(),)), body=body), lines=20)
    assert [box.rect.y // LEADING for box in texts(found, "verse")] == [0, 2, 4]


def test_text_stands_beside_a_wrapped_picture_and_then_under_it() -> None:
    found, _ = made(article(SENTENCE * 20, pictures=(wrapped(),)), lines=20)
    [shot] = pictures(found)
    beside, under = texts(found, "body")[:2]
    assert beside.rect.y == 0
    assert shot.rect.y == WHITE
    assert shot.rect.bottom == len(beside.lines) * LEADING - WHITE, "from the first Han's top to the last one's foot"
    assert beside.rect.x - shot.rect.right >= EM // 2
    assert beside.rect.width % EM == 0
    assert beside.rect.width >= LEAST_TEXT * EM
    assert beside.rect.right == under.rect.right
    assert (under.rect.x, under.rect.y) == (0, beside.rect.bottom)
    assert beside.paragraph is under.paragraph
    assert beside.key == under.key == "p0"
    for line in beside.lines:
        assert line.measure == beside.rect.width
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 20


def cut_out(side: str, **changes: object) -> Picture:
    """A figure that is narrow at its top and wide at its foot: a wedge whose upright edge is the column's."""
    bands = [n / 40 for n in range(1, 41)]
    ends = tuple((0.0, wide) if side == "left" else (1 - wide, 1.0) for wide in bands)
    return wrapped(contour=ends, whole=True, side=side, **changes)


@pytest.mark.parametrize("side", ["left", "right"])
def test_text_follows_what_was_cut_out(side: str) -> None:
    found, _ = made(article(SENTENCE * 20, pictures=(cut_out(side, caption="图注"),)), lines=20)
    [box] = pictures(found)
    beside, under = texts(found, "body")[:2]
    measures = [line.measure for line in beside.lines]
    assert len(set(measures)) > 2
    assert measures == sorted(measures, reverse=True), "the wedge grows, and the lines get shorter"
    assert all(measure % EM == 0 for measure in measures)
    for number, line in enumerate(beside.lines):
        y = number * LEADING + WHITE
        reach = min(1, max(0, (y + EM - box.rect.y) / box.rect.height)) * box.rect.width
        if side == "left":
            assert beside.rect.x + line.x >= box.rect.x + reach + EM // 4
            if line is not beside.lines[-1]:
                assert beside.rect.x + line.x + line.width == pytest.approx(12 * EM, abs=EM)
        else:
            assert line.x + line.width <= box.rect.right - reach - EM // 4 + EM
    assert under.rect.width == 12 * EM
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 20
    [caption] = texts(found, "caption")
    beside_caption = beside.lines[caption.rect.y // LEADING]
    assert beside_caption.measure <= 12 * EM - caption.rect.width, "a caption is no figure"


def test_where_a_cut_out_has_nothing_the_text_has_the_column() -> None:
    nothing = tuple((1.0, 0.0) for _ in range(40))
    found, _ = made(article(SENTENCE * 20, pictures=(wrapped(contour=nothing, whole=True),)), lines=20)
    beside = texts(found, "body")[0]
    assert {line.measure for line in beside.lines} == {12 * EM}


def test_short_paragraphs_follow_a_cut_out_each_from_its_line() -> None:
    found, _ = made(article(*[SENTENCE] * 9, pictures=(cut_out("left"),)), width=12, columns=1, lines=60)
    [box] = pictures(found)
    beside = [b for b in texts(found, "body") if b.rect.y < box.rect.bottom]
    edges = [(b.rect.y + n * LEADING, b.rect.x + line.x) for b in beside for n, line in enumerate(b.lines)]
    inset = [x for _, x in sorted(edges)]
    indents = [x - 2 * EM for x in inset]
    assert len(beside) >= 2
    assert any(a < b for a, b in pairwise(inset))
    assert min(indents) >= -2 * EM
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 9


def test_a_cut_out_on_a_tint_is_told() -> None:
    one = story(article(SENTENCE * 20, pictures=(cut_out("left"),)), frame="tint")
    _, told = make_up(context(), geometry(slot()), {"lead": [one]}, [one.anchor], setter())
    assert "makeup.cutout-on-tint" in codes(list(told))


def test_the_picture_stands_at_the_side_that_the_style_names() -> None:
    found, _ = made(article(SENTENCE * 20, pictures=(wrapped(caption="图注"),)), wrap_side="right")
    [shot] = pictures(found)
    beside = texts(found, "body")[0]
    assert beside.rect.x == 0
    assert shot.rect.x >= beside.rect.right + EM // 2
    assert shot.rect.right == 12 * EM
    [caption] = texts(found, "caption")
    assert (caption.rect.x, caption.rect.width) == (shot.rect.x, shot.rect.width)
    assert_nothing_overlaps(found)


def test_a_wrapped_picture_begins_beside_the_paragraph_it_names() -> None:
    copy = [SENTENCE * 3, SENTENCE, SENTENCE * 9]
    found, _ = made(article(*copy, pictures=(wrapped(paragraph=3),)), width=12, columns=1, lines=60)
    [shot] = pictures(found)
    [first] = [b for b in texts(found, "body") if b.key == "p2" and b.rect.x > 0]
    assert first.rect.y == shot.rect.y - WHITE
    assert not first.lines[0].text.startswith("工会把服务送到车间，大家都说好；“")


def test_short_paragraphs_go_on_beside_the_picture() -> None:
    copy = [SENTENCE] * 9
    found, _ = made(article(*copy, pictures=(wrapped(),)), width=12, columns=1, lines=60)
    [shot] = pictures(found)
    beside = [b for b in texts(found, "body") if b.rect.x > 0 and b.rect.y < shot.rect.bottom]
    assert [b.key for b in beside] == ["p0", "p1"]
    assert "".join(shown(texts(found, "body"))) == SENTENCE * 9


def test_a_column_too_narrow_for_both_has_the_picture_above_its_text() -> None:
    found, _ = made(article(SENTENCE * 9, pictures=(wrapped(),)), width=8, columns=1, lines=60)
    [shot] = pictures(found)
    assert shot.rect.width == 8 * EM
    assert all(b.rect.y >= shot.rect.bottom for b in texts(found, "body"))


@given(st.integers(6, 40), st.integers(1, 30))
def test_the_text_beside_a_picture_is_whole_em(measure: int, wish: int) -> None:
    column = frame(measure, 1)
    widths = sides(column, wish * EM)
    if widths is None:
        assert measure - wish < LEAST_TEXT + 1
        return
    width, text = widths
    assert text % EM == 0
    assert text >= LEAST_TEXT * EM
    assert width + text + EM // 2 <= measure * EM
    assert abs(width - wish * EM) <= EM


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="工会服务，。；“”（）abc 12—…·？！", min_size=1, max_size=150).filter(lambda t: t.strip()),
            st.sampled_from([Kind.BODY, Kind.BODY, Kind.BODY, Kind.SUBHEAD, Kind.QUOTATION, Kind.LIST_ITEM]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(12, 40),
    st.integers(1, 3),
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from(["", "图注", "很长的图注" * 5])), max_size=3),
    st.sampled_from(["left", "right"]),
    st.integers(0, 1),
)
def test_text_beside_pictures_is_whole_and_overlaps_nothing(
    copy: list[tuple[str, Kind]],
    lines: int,
    columns: int,
    shots: list[tuple[int, str]],
    side: str,
    space: int,
) -> None:
    """Issue: «every character appears once and in order, every baseline on the grid, nothing overlaps»."""
    body = tuple(replace(plain(text, SourceRef("lead.yaml", n)), kind=kind) for n, (text, kind) in enumerate(copy))
    wraps = tuple(wrapped(paragraph=min(n, len(copy)), caption=caption) for n, caption in shots)
    subject = replace(article(pictures=wraps), body=body)
    found, told = made(subject, width=13 * columns, columns=columns, lines=lines, wrap_side=side, subhead_space=space)
    whole = visible("".join(("▪" if kind is Kind.LIST_ITEM else "") + text for text, kind in copy))
    standing = "".join(shown(texts(found, "body", "subhead", "quotation")))
    assert whole.startswith(standing)
    assert ("makeup.overset" in codes(told)) == (found.fit.over_lines > 0)
    if not found.fit.over_lines:
        assert standing == whole
        assert len(pictures(found)) == len(wraps)
    assert_nothing_overlaps(found)
    assert {(b.rect.y + b.baseline) % LEADING for b in texts(found)} <= {frame().baseline}
    for shot in pictures(found):
        assert (shot.rect.y - WHITE) % LEADING == 0
        assert (shot.rect.height + 2 * WHITE) % LEADING == 0


# --- portraits of sections ------------------------------------------------------------------------------------------


def statements(count: int = 4, length: int = 4) -> tuple[Section, ...]:
    return tuple(
        Section(
            SourceRef("a", n),
            paragraphs(SENTENCE * length),
            name=f"人名{n}",
            title="某单位工会主席",
            portrait=picture(300, 400, where=SourceRef("a", n)),
        )
        for n in range(count)
    )


def test_portraits_stand_beside_their_text_where_the_style_says_so() -> None:
    found, _ = made(article(sections=statements()), portrait_place="beside", lines=60)
    shots = pictures(found)
    assert [shot.role for shot in shots] == ["portrait"] * 4
    for n, shot in enumerate(shots):
        beside = [b for b in texts(found, "body") if not apart(replace(b.rect, x=shot.rect.x), shot.rect)]
        beside = [b for b in beside if b.rect.x - shot.rect.x < 12 * EM and b.key.startswith(f"s{n}p")]
        assert sum(len(b.lines) for b in beside) >= 2
        assert shot.alt == f"人名{n}"
    words = "".join(shown(texts(found, "section-title", "section-name", "body")))
    assert words == "".join(f"某单位工会主席人名{n}" + SENTENCE * 4 for n in range(4))
    assert_nothing_overlaps(found)


def column(box: TextBox) -> int:
    """The column of 12 em and a gutter of 2 in which a box stands."""
    return box.rect.x // (14 * EM)


@settings(max_examples=40)
@given(
    st.integers(1, 6), st.integers(1, 9), st.integers(10, 50), st.sampled_from(["above", "beside"]), st.integers(0, 1)
)
def test_a_heading_never_leaves_its_text(count: int, length: int, lines: int, place: str, space: int) -> None:
    """Issue: «a heading never stands last in a column; a portrait keeps its name, title and two lines of text»."""
    copy = article(sections=statements(count, length))
    found, _ = made(
        copy, portrait_place=place, lines=lines, section_head_space=space, section_space=(2, 3), portrait_lines=5
    )
    for name in texts(found, "section-name"):
        follow = [b for b in texts(found, "body") if b.rect.y >= name.rect.bottom and column(b) == column(name)]
        near = [b for b in follow if b.rect.y - name.rect.bottom <= 3 * LEADING]
        if found.fit.over_lines == 0:
            assert sum(len(b.lines) for b in near) >= 2
    assert_nothing_overlaps(found)


def test_white_stands_under_a_sections_heading_at_the_cost_of_that_over_it() -> None:
    one = slot(section_head_space=1, section_space=(2, 2)).type
    none = slot(section_space=(2, 2)).type
    heights = []
    for style in (one, none):
        blocks = article_blocks(article(sections=statements(1)), style, frame(), setter())
        heights.append([b.height for b in blocks if isinstance(b, SolidBlock)])
    (gap_one, head_one), (gap_none, head_none) = heights
    assert (gap_one, head_one) == (gap_none - 1, head_none + 1)


# --- groups -------------------------------------------------------------------------------------------------------


def group(*sizes: tuple[int, int], **changes: object) -> Picture:
    """Pictures that share a caption."""
    first, *others = [
        Shot(Path(f"{n}.jpg"), size, SourceRef("lead.yaml", 50 + n), f"图{n}") for n, size in enumerate(sizes)
    ]
    entry = Picture(first.file, first.pixels, first.where, alt=first.alt, group=tuple(others))
    return replace(entry, **changes)  # type: ignore[arg-type]  # keywords of the dataclass


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(200, 2000), st.integers(200, 2000)), min_size=1, max_size=6),
    st.integers(10, 60),
    st.integers(6, 40),
)
def test_a_group_fills_its_width_and_its_lines(sizes: list[tuple[int, int]], width: int, lines: int) -> None:
    column = frame()
    boxes = [b for b in picture_boxes(group(*sizes), width * EM, lines, column) if isinstance(b, PictureBox)]
    assert [b.file.stem for b in boxes] == [str(n) for n in range(len(sizes))]
    assert min(b.rect.y for b in boxes) == WHITE
    assert max(b.rect.bottom for b in boxes) == lines * LEADING - WHITE
    rows: dict[int, list[Rect]] = {}
    for box in boxes:
        rows.setdefault(box.rect.y, []).append(box.rect)
    for rects in rows.values():
        assert len({r.height for r in rects}) == 1, "pictures side by side are of one height"
        assert rects[0].x == 0
        assert rects[-1].right == width * EM
        assert all(b.x - a.right == gap(column) for a, b in pairwise(rects))


def test_pictures_side_by_side_share_the_width_by_their_ratios() -> None:
    column = frame()
    wide, high = [b.rect for b in picture_boxes(group((1500, 1000), (750, 1000)), 30 * EM, 12, column)]
    assert wide.width / high.width == pytest.approx(2, abs=0.01)
    assert high.x - wide.right == gap(column) == column.gutter // 2


def test_pictures_too_flat_side_by_side_stand_in_more_rows() -> None:
    column = frame()
    four = group(*[(1500, 1000)] * 4)
    assert [len(row) for row in rows_of(four, 60 * EM, column)] == [4]
    assert [len(row) for row in rows_of(four, 28 * EM, column)] == [2, 2]
    assert [len(row) for row in rows_of(four, 12 * EM, column)] == [1, 1, 1, 1]
    assert [len(row) for row in rows_of(group(*[(1500, 1000)] * 3), 26 * EM, column)] == [1, 2]
    assert LEAST_ROW == 5


def test_a_group_has_one_caption_and_the_numbers_that_it_uses() -> None:
    entry = group((1500, 1000), (1500, 1000), caption="图①：车间；图②：码头")
    found, _ = made(article(SENTENCE * 40, pictures=(entry,)))
    shots = pictures(found)
    assert [shot.alt for shot in shots] == ["图0", "图1"]
    assert len(texts(found, "caption")) == 1
    marks = ornaments(found, "picture-number")
    assert [mark.text for mark in marks] == ["①", "②"]
    for mark, shot in zip(marks, shots, strict=True):
        assert (mark.rect.right, mark.rect.bottom) == (shot.rect.right, shot.rect.bottom)
    assert ornaments(made(article(SENTENCE, pictures=(replace(entry, caption="左图"),)))[0], "picture-number") == []
    assert_nothing_overlaps(found)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(200, 3000), st.integers(200, 3000)), min_size=1, max_size=3),
    st.integers(8, 40),
    st.integers(12, 60),
)
def test_a_picture_that_is_never_cropped_keeps_its_ratio(sizes: list[tuple[int, int]], width: int, lines: int) -> None:
    first, *others = (Shot(Path(f"{n}.jpg"), size, WHERE) for n, size in enumerate(sizes))
    entry = replace(picture(*first.pixels, caption="图注"), group=tuple(others), whole=True)
    place = slot(width=width, lines=lines, columns=1, picture_crop=0.5)
    found, told = fill(story(article(*invented(300, 3), pictures=(entry,))), place, geometry(place), setter())
    if "makeup.picture-too-tall" in codes(told):
        return
    boxes = [box for box in found.boxes if isinstance(box, PictureBox)]
    for box in boxes:
        assert max(box.cut_off) < 0.001
        assert 0 <= box.rect.x < box.rect.right <= width * EM
    for one, other in pairwise(sorted(boxes, key=lambda box: (box.rect.y, box.rect.x))):
        assert one.rect.right <= other.rect.x or one.rect.bottom <= other.rect.y
    [caption] = texts(found, "caption")
    assert max(box.rect.bottom for box in boxes) <= caption.rect.y + LEADING // 2


@pytest.mark.parametrize(
    ("pixels", "focus", "sides"),
    [
        ((200, 100), (0.5, 0.5), (0.25, 0, 0.25, 0)),
        ((200, 100), (0, 0.5), (0, 0, 0.5, 0)),
        ((100, 400), (0.5, 0.2), (0, 0.15, 0, 0.6)),
        ((100, 100), (0, 0), (0, 0, 0, 0)),
        ((0, 0), (0, 0), (0, 0, 0, 0)),
    ],
)
def test_what_a_box_cuts_off_of_its_picture(
    pixels: tuple[int, int], focus: tuple[float, float], sides: tuple[float, ...]
) -> None:
    box = PictureBox(Rect(0, 0, 90_000, 90_000), Path("a.jpg"), "", focus, pixels=pixels)
    assert box.cut_off == pytest.approx(sides)


@pytest.mark.parametrize(
    ("down", "severity", "zh"),
    [
        (0.0, Severity.WARNING, "图片裁去：下21%"),
        (0.3, Severity.INFO, "图片裁去：上6%、下15%"),
        (0.5, Severity.INFO, "图片裁去：上10%、下10%"),
    ],
)
def test_a_crop_of_more_than_a_tenth_is_told(down: float, severity: Severity, zh: str) -> None:
    shot = picture(1200, 1200, caption="图注", columns=3, focus=(0.5, down))
    _, told = made(article(pictures=(shot,)), lines=25, picture_crop=0.3)
    assert [(d.severity, d.message.zh) for d in told if d.code == "makeup.picture-cropped"] == [(severity, zh)]


def test_a_small_crop_is_not_told() -> None:
    _, told = made(article(pictures=(picture(1200, 1200, caption="图注", columns=3),)), lines=28, picture_crop=0.3)
    assert "makeup.picture-cropped" not in codes(told)


# --- the height of a picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", range(14, 19))
@pytest.mark.parametrize("characters", [30, 39])
def test_a_picture_takes_the_step_that_closes_its_story(characters: int, lines: int) -> None:
    """At its own height the picture reaches below the slot, or leaves a line in which no text begins."""
    shot = picture(1300, 1300, caption="图注", columns=2)
    place = slot(width=24, columns=2, lines=lines, picture_crop=0.5)
    found, told = fill(story(article("国" * characters, pictures=(shot,))), place, geometry(place), setter())
    assert told == []
    assert (found.fit.over_lines, found.fit.under_lines) == (0, 0)


# --- pull quotes ---------------------------------------------------------------------------------------------------


def test_a_pull_quote_stands_between_two_rules_near_the_middle() -> None:
    copy = article(*[SENTENCE * 3] * 8, pull_quote=plain("大家都说好", QUOTE))
    found, _ = made(copy, width=14, columns=1, lines=80)
    [quote] = texts(found, "pull-quote")
    upper, lower = ornaments(found, "pull-quote-rule")
    assert upper.rect.y < quote.rect.y < quote.rect.bottom < lower.rect.y + LEADING
    above = [b for b in texts(found, "body") if b.rect.bottom <= quote.rect.y]
    assert [b.key for b in above] == ["p0", "p1", "p2", "p3"]
    body = "".join(shown(texts(found, "body")))
    assert body == SENTENCE * 24
    assert len({(b.rect.y + b.baseline) % LEADING for b in texts(found, "body")}) == 1
    assert "".join(shown([quote])) == "大家都说好"


def test_a_pull_quote_stands_after_no_subhead_and_can_be_left_out() -> None:
    body = paragraphs(SENTENCE * 2, SENTENCE, SENTENCE * 2)
    copy = replace(
        article(), body=(body[0], replace(body[1], kind=Kind.SUBHEAD), body[2]), pull_quote=plain("好", QUOTE)
    )
    style = slot().type
    blocks = article_blocks(copy, style, frame(), setter())
    places = [n for n, b in enumerate(blocks) if isinstance(b, SolidBlock)]
    assert places == [3], "no place between two paragraphs of text: it ends the story"
    left_out = article_blocks(copy, style, frame(), setter(), leave_out=frozenset({"pull_quote"}))
    assert not any(isinstance(b, SolidBlock) for b in left_out)


# --- what is told --------------------------------------------------------------------------------------------------


def test_a_coarse_picture_is_told_with_its_place() -> None:
    shot = picture(300, 200, caption="图注", where=SourceRef("lead.yaml", 21))
    found, told = made(article(SENTENCE * 30, pictures=(shot,)))
    [finding] = [d for d in told if d.code == "pictures.low-resolution"]
    [box] = pictures(found)
    assert finding.severity is Severity.WARNING
    assert (finding.where, finding.story) == (SourceRef("lead.yaml", 21), "lead")
    assert f"{ppi(box)} ppi" in finding.message.en
    assert finding.bbox is not None
    assert finding.bbox[2] - finding.bbox[0] == pytest.approx(box.rect.width / 1000)
    assert ppi(box) < 200
    assert "pictures.low-resolution" not in codes(made(article(SENTENCE * 30, pictures=(picture(3000, 2000),)))[1])


def test_ppi_is_that_of_the_side_that_covers_the_box() -> None:
    box = PictureBox(Rect(0, 0, 72_000, 72_000), Path("a.jpg"), "", pixels=(400, 200))
    assert ppi(box) == 200
    assert ppi(replace(box, pixels=(0, 0))) == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ["makeup.no-caption"]),
        ({"credit": "甲 摄"}, []),
        ({"caption": "图注"}, []),
        ({"caption": "先有一句。后有一句"}, []),
        ({"caption": "先有一句。后有一句。"}, ["makeup.caption-stop"]),
        ({"caption": "很长的图注" * 200}, ["makeup.caption-long"]),
    ],
)
def test_captions_are_looked_at(changes: dict[str, str], told: list[str]) -> None:
    shot = picture(3000, 1500, caption_where=SourceRef("lead.yaml", 22), **changes)
    _, found = made(article(SENTENCE * 9, pictures=(shot,)), lines=80)
    mine = [d for d in found if d.code.startswith("makeup.") and d.code != "makeup.underset"]
    assert codes(mine) == told
    assert all(d.where == SourceRef("lead.yaml", 22) for d in mine)
    # One longer than its picture is high cannot be printed so.
    assert all((d.severity is Severity.ERROR) == (d.code == "makeup.caption-long") for d in mine)


def test_the_style_bounds_a_caption() -> None:
    copy = article(SENTENCE * 30, pictures=(picture(3000, 2000, caption="很长的图注" * 12),))
    assert "makeup.caption-long" in codes(made(copy, caption_lines=2)[1])
    assert "makeup.caption-long" not in codes(made(copy)[1])


@pytest.mark.parametrize("place", ["lead", "wrap"])
def test_a_picture_taller_than_its_slot_is_an_error(place: str) -> None:
    shot = picture(100, 2000, caption="图注", place=place, where=SourceRef("lead.yaml", 21))
    _, told = made(article(SENTENCE * 5, pictures=(shot,)), lines=20)
    [finding] = [d for d in told if d.code == "makeup.picture-too-tall"]
    assert finding.severity is Severity.ERROR
    assert finding.where == SourceRef("lead.yaml", 21)


def test_a_picture_too_tall_in_one_column_is_not_told_to_take_fewer() -> None:
    for columns, way in ((2, "over fewer columns"), (1, "--picture-crop")):
        shot = picture(100, 2000, caption="图注", columns=columns)
        _, told = made(article(SENTENCE * 5, pictures=(shot,)), lines=20)
        [finding] = [d for d in told if d.code == "makeup.picture-too-tall"]
        assert finding.hint is not None
        assert way in finding.hint.en


def test_a_story_that_is_only_a_picture_has_no_copy_to_cut() -> None:
    shot = picture(300, 900, caption="图注" * 9)
    found, told = made(article(pictures=(shot,)), lines=20)
    [over] = [d for d in told if d.code == "makeup.overset"]
    assert over.hint is not None
    assert "删" not in over.message.zh + over.hint.zh
    assert over.message.zh == f"溢出 {found.fit.over_lines} 行"


def test_the_columns_of_a_picture_without_text_are_obeyed() -> None:
    shot = picture(300, 400, caption="图注", columns=1)
    found, told = made(article(pictures=(shot,)), lines=20)
    [box] = [box for box in found.boxes if isinstance(box, PictureBox)]
    assert box.rect.width == 12 * EM
    [short] = [d for d in told if d.code == "makeup.underset"]
    assert short.hint is not None
    assert short.hint.en.startswith("set the picture over more columns")
