"""A story in its slot: columns on one grid, pictures on whole lines, and every character counted."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.compose.metrics import FixedMetrics
from printkit.diagnostics import Say, Severity, SourceRef
from printkit.language.words import Words
from printkit.makeup.frames import draw_in, frame_of, is_off_grid
from printkit.makeup.page.make_up import make_up
from printkit.makeup.page.many import fill_many
from printkit.makeup.setting import Setter
from printkit.makeup.story.fill import fill
from printkit.makeup.story.heads import set_head
from printkit.model.article import Byline, Lines, Section
from printkit.model.geometry import Grid, Insets, Rect
from printkit.model.page import MadeUpStory, TextBox
from printkit.model.text import Kind
from tests.support.setting import (
    EM,
    LEADING,
    WHERE,
    article,
    context,
    copy,
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

SENTENCE = "工会把服务送到车间，大家都说好；“娘家人”来了。"


def made(copy: object, **changes: object) -> tuple[MadeUpStory, list[str]]:
    """Fill a slot of 40 em, 40 lines and 3 columns, or what the changes say; return the story and the codes told."""
    place = slot(**changes)  # type: ignore[arg-type]  # keywords of slot
    result, told = fill(story(copy), place, geometry(place), setter())  # type: ignore[arg-type]  # an article
    return result, [d.code for d in told]


def baselines(found: MadeUpStory, *roles: str) -> list[int]:
    """The baselines of lines in page coordinates."""
    return [
        found.rect.y + box.rect.y + box.baseline + n * box.pitch
        for box in texts(found, *roles)
        for n in range(len(box.lines))
    ]


# --- frames -------------------------------------------------------------------------------------------------

GRID = Grid(Rect(30000, 50000, 80 * EM, 80 * LEADING), 5, 2 * EM, EM, LEADING)


def test_a_slot_is_drawn_in_to_whole_lines() -> None:
    frame = draw_in(Rect(30000, 55000, 100_000, 100_000), 1, GRID)
    assert (frame.rect.y - GRID.main.y) % LEADING == 0
    assert frame.rect.y == 62000
    assert frame.lines == (155_000 - 62000) // LEADING
    assert frame.drawn_in == 7000


def test_columns_are_whole_em_and_the_rest_goes_to_the_gutters() -> None:
    frame = draw_in(Rect(30000, 50000, 40 * EM + 5000, 240_000), 3, GRID)
    assert frame.measure == 12 * EM
    assert frame.xs[0] == 0
    assert frame.xs[-1] + frame.measure == 40 * EM + 5000
    gaps = [b - a - frame.measure for a, b in pairwise(frame.xs)]
    assert max(gaps) - min(gaps) <= 1
    assert min(gaps) >= GRID.gutter


@given(st.integers(1, 900_000), st.integers(0, 900_000), st.integers(0, 900_000), st.integers(1, 12))
def test_a_frame_never_leaves_its_slot(width: int, top: int, height: int, columns: int) -> None:
    box = Rect(30000, 50000 + top, width, height)
    frame = draw_in(box, columns, GRID)
    assert frame.measure % EM == 0
    assert frame.measure >= EM
    assert (frame.rect.y - 50000) % LEADING == 0
    assert frame.lines * LEADING <= height + 200
    if frame.measure > EM:
        assert frame.xs[-1] + frame.measure <= width + 100


def test_off_grid_is_more_than_half_a_line() -> None:
    for offset, off in ((0, False), (100, False), (6100, False), (5000, True), (11900, False), (12000, False)):
        box = Rect(30000, 50000 + offset, 100_000, 100_000)
        assert is_off_grid(draw_in(box, 1, GRID), box) is off, offset


def test_a_frame_of_its_own_takes_its_border_and_padding() -> None:
    place = slot()
    frame = frame_of(place, geometry(place), Insets(9000, 12000, 9000, 12000))
    assert frame.rect.x == place.rect.x + 9000
    assert frame.lines == 38


# --- text -----------------------------------------------------------------------------------------------------


def test_columns_share_one_grid() -> None:
    found, told = made(article(SENTENCE * 30, headline="标题不长", kicker=Lines(("引题",), SourceRef("a"))))
    lines = baselines(found, "body")
    assert len({x.rect.x for x in texts(found, "body")}) == 3
    assert len({y % LEADING for y in lines}) == 1
    assert told == ["makeup.underset"]


def test_every_character_of_the_body_stands_in_order() -> None:
    copy = [SENTENCE * n for n in range(1, 9)]
    found, _ = made(article(*copy))
    assert "".join(shown(texts(found, "body"))) == "".join(copy)


def test_overset_is_counted_in_lines_and_characters_and_marked() -> None:
    copy = [SENTENCE * 9 for _ in range(9)]
    place = slot(lines=10)
    found, told = fill(story(article(*copy)), place, geometry(place), setter())
    standing = "".join(shown(texts(found, "body")))
    total = "".join(copy)
    assert total.startswith(standing)
    assert len(standing) + found.fit.over_characters == found.fit.characters == len(total)
    assert found.fit.lines == found.fit.over_lines + 30
    assert found.fit.capacity_lines == 30
    assert found.fit.under_lines == 0
    [finding] = told
    assert finding.code == "makeup.overset"
    assert finding.severity is Severity.ERROR
    assert finding.where == SourceRef("lead.yaml", 10 + len(standing) // len(copy[0]))
    assert f"{found.fit.over_characters} characters ({found.fit.over_lines} lines)" in finding.message.en
    assert f"{found.fit.over_characters} 字（{found.fit.over_lines} 行）" in finding.message.zh
    [mark] = ornaments(found, "overset")
    assert str(found.fit.over_characters) in mark.text
    assert mark.rect.y >= found.rect.height


def test_underset_is_counted_and_columns_end_together() -> None:
    place = slot(lines=20)
    found, told = fill(story(article(SENTENCE * 10)), place, geometry(place), setter())
    used = sum(len(b.lines) for b in texts(found, "body"))
    assert found.fit.under_lines == 60 - used
    assert found.fit.over_lines == 0
    assert [d.severity for d in told] == [Severity.WARNING]
    depths = [len(b.lines) for b in texts(found, "body")]
    assert max(depths) - min(depths) <= 1 or depths == sorted(depths, reverse=True)
    assert ornaments(found, "overset") == []


def test_exactly_full_is_closed() -> None:
    found, told = made(article("字" * 34 + "。"), width=12, lines=3, columns=1)
    assert found.fit.over_lines == found.fit.under_lines == 0 or found.fit.lines == 4
    if found.fit.lines == 3:
        assert told == []


@settings(max_examples=60)
@given(
    st.lists(
        st.text(alphabet="工会服务，。；“”（）abc 12—…·？！", min_size=1, max_size=120).filter(lambda t: t.strip()),
        max_size=8,
    ),
    st.integers(3, 30),
    st.integers(1, 4),
    st.sampled_from(["", "标题", "一个长得放不下的标题" * 4]),
    st.sampled_from(["", "编者按" * 3, "编者按很长" * 60]),
    st.integers(0, 2),
)
def test_no_text_is_ever_dropped(
    copy: list[str], lines: int, columns: int, headline: str, note: str, many_pictures: int
) -> None:
    """Design.md: «No text is ever dropped silently»: placed and over are the copy, each character once, in order."""
    shots = tuple(picture(caption="图注") for _ in range(many_pictures))
    subject = article(*copy, headline=headline, editor_note=paragraphs(note) if note else (), pictures=shots)
    place = slot(width=13 * columns, lines=lines, columns=columns)
    found, told = fill(story(subject), place, geometry(place), setter())
    body = visible("".join(copy))
    standing = "".join(shown(texts(found, "body")))
    assert body.startswith(standing)
    others = sum(len(t) for t in shown(texts(found, "editor-note", "caption", "headline")))
    whole = len(visible(note)) + 2 * many_pictures + len(headline)
    assert len(body) - len(standing) + (whole - others) == found.fit.over_characters
    if found.fit.over_lines:
        assert "makeup.overset" in [d.code for d in told]
        assert ornaments(found, "overset")
    else:
        assert standing == body
    for box in texts(found):
        assert box.rect.y + len(box.lines) * box.pitch <= found.rect.height + LEADING, box.role


# --- heads ---------------------------------------------------------------------------------------------------


def head(headline: str, width: int = 30 * EM, **changes: object) -> tuple[list[TextBox], int, list[str]]:
    """Set a headline block; return its boxes, its lines and the codes told."""
    place = slot()
    made_head = set_head(article(headline=headline, **changes), place.type, width, LEADING, setter())
    return list(made_head.boxes), made_head.lines, [d.code for d in made_head.diagnostics]


def test_the_largest_step_that_fits_is_taken() -> None:
    assert head("八个字的标题正好")[0][0].style.size == 30000
    assert head("字" * 9, width=120_000)[0][0].style.size == 24000
    assert head("字" * 12, width=120_000)[0][0].style.size == 18000


def test_a_headline_that_fits_at_no_step_is_told_and_kept() -> None:
    boxes, _, told = head("字" * 60, width=120_000)
    assert told == ["makeup.headline-too-long"]
    assert "".join(shown(boxes)) == "字" * 60
    assert boxes[0].style.size == 18000


def test_the_block_takes_whole_lines_and_keeps_its_order() -> None:
    boxes, lines, _ = head(
        "标题",
        kicker=Lines(("引题",), SourceRef("a")),
        deck=Lines(("副题",), SourceRef("a")),
        byline=(Byline("本报记者", "甲"), Byline("本报记者", "乙"), Byline("通讯员", "丙")),
    )
    assert [b.role for b in boxes] == ["kicker", "headline", "deck", "byline"]
    feet = [b.rect.y + b.rect.height for b in boxes]
    assert feet == sorted(feet)
    assert feet[-1] <= lines * LEADING + LEADING
    assert "".join(shown([boxes[-1]])) == "□本报记者甲乙通讯员丙"


def test_given_lines_are_kept() -> None:
    place = slot()
    lines = Lines(("第一行", "第二行的字"), SourceRef("a"), given=True)
    copy = replace(article(), headline=lines)
    made_head = set_head(copy, place.type, 40 * EM, LEADING, setter())
    assert list(shown(list(made_head.boxes))) == ["第一行", "第二行的字"]


def test_no_heading_takes_no_line() -> None:
    place = slot()
    assert set_head(article("甲"), place.type, 40 * EM, LEADING, setter()).lines == 0


# --- pictures and sections --------------------------------------------------------------------------------------


def test_pictures_take_whole_lines_and_stand_between_han() -> None:
    """Formats.md: a picture n lines high reaches from the top of the neighbouring Han to their foot."""
    found, _ = made(article(SENTENCE * 25, pictures=(picture(caption="图注不长", credit="甲 摄"),)))
    [shot] = pictures(found)
    white = (LEADING - EM) // 2
    assert (shot.rect.y - white) % LEADING == 0
    assert (shot.rect.height + 2 * white) % LEADING == 0
    [caption] = texts(found, "caption")
    assert (caption.rect.y) % LEADING == 0
    assert len({y % LEADING for y in baselines(found, "body", "caption", "credit")}) == 1


def test_text_runs_round_a_picture() -> None:
    found, _ = made(article(SENTENCE * 40, pictures=(picture(),)))
    [shot] = pictures(found)
    for box in texts(found, "body"):
        apart = (
            box.rect.right <= shot.rect.x
            or box.rect.x >= shot.rect.right
            or box.rect.bottom <= shot.rect.y
            or box.rect.y >= shot.rect.bottom
        )
        assert apart


@pytest.mark.parametrize(
    ("pixels", "crop"), [((300, 200), 0.15), ((200, 300), 0.0), ((999, 100), 0.15), ((200, 450), 0.3)]
)
def test_a_picture_is_cropped_no_more_than_the_style_allows(pixels: tuple[int, int], crop: float) -> None:
    found, _ = made(article(SENTENCE * 30, pictures=(picture(*pixels),)), picture_crop=crop, lines=80)
    [shot] = pictures(found)
    own, box = pixels[0] / pixels[1], shot.rect.width / shot.rect.height
    cut = 1 - min(own, box) / max(own, box)
    line = LEADING / shot.rect.height  # whole lines: half a line may be cut whatever the style says
    assert cut <= crop + line


def test_a_picture_higher_than_its_slot_is_told() -> None:
    found, told = made(article(SENTENCE, pictures=(picture(100, 2000, caption="图注"),)), lines=20)
    assert "makeup.overset" in told
    assert all(shot.rect.bottom <= found.rect.height for shot in pictures(found))


def test_a_note_whose_box_alone_is_over_is_told_with_characters_to_cut() -> None:
    """The box's white reaches below the slot, its last line does not: «溢文：删 0 字» helped nobody."""
    note = paragraphs("编" * 100)
    place = slot(width=50, columns=5, lines=17, note_padding=5000)
    found, told = fill(story(article(SENTENCE, editor_note=note)), place, geometry(place), setter())
    [over] = [d for d in told if d.code == "makeup.overset"]
    assert found.fit.over_lines == 1
    assert over.message.zh == "溢文：删 8 字（1 行）"
    assert over.hint == Say("shorten the editors' note", "请缩短编者按")
    assert over.where == note[0].where


def test_a_portrait_that_finds_no_room_is_told_in_characters_too() -> None:
    section = Section(SourceRef("a", 3), (), portrait=picture(300, 400))
    found, _ = made(article(*copy(300, 1), sections=(section,)), columns=1, width=14, lines=24)
    assert found.fit.over_lines
    assert found.fit.over_characters


def test_sections_stand_in_order_with_their_portraits() -> None:
    sections = tuple(
        Section(
            SourceRef("a", n),
            paragraphs(SENTENCE * n),
            name=f"人名{n}",
            title="某单位工会主席",
            portrait=picture(300, 400),
        )
        for n in range(1, 6)
    )
    found, _ = made(article(sections=sections))
    assert len(pictures(found)) == 5
    words = "".join(shown(texts(found, "section-title", "section-name", "body")))
    assert words == "".join(f"某单位工会主席人名{n}" + SENTENCE * n for n in range(1, 6))
    for shot in pictures(found):
        under = [b for b in texts(found, "body") if b.rect.x == shot.rect.x and b.rect.y >= shot.rect.bottom]
        assert under, "a portrait stands above its text"


def test_the_heading_of_a_section_breaks_inside_no_name() -> None:
    name = "巴特尔·那仁"
    section = Section(WHERE, paragraphs(SENTENCE * 3), name=name, title="焊接班长", portrait=picture(300, 400))
    with_names = Setter(lambda style: FixedMetrics(style.size), Words([name]))
    place = slot(width=9, columns=1)
    result, _ = fill(story(article(sections=(section,))), place, geometry(place), with_names)
    assert [line.text for box in texts(result, "section-name") for line in box.lines] == [name]
    [shot] = pictures(result)
    [words] = texts(result, "section-name")
    assert shot.rect.bottom <= words.rect.y, "beside the portrait the name finds no room"
    assert "".join(shown(texts(result, "section-title", "section-name"))) == "焊接班长" + name


# --- several stories in one slot -------------------------------------------------------------------------------


def test_many_stories_flow_one_under_the_other() -> None:
    place = slot(columns=1, width=14, lines=40, many=True)
    stories = [story(article(SENTENCE * 2, headline=f"第{n}条"), f"s{n}") for n in range(3)]
    filled = fill_many(stories, place, geometry(place), setter())
    results = [r for r, _ in filled]
    assert [r.story.id for r in results] == ["s0", "s1", "s2"]
    assert [d.code for _, told in filled for d in told if d.severity is Severity.ERROR] == []
    tops = [min(b.rect.y for b in texts(r)) for r in results]
    assert tops == sorted(tops)
    for upper, lower in pairwise(results):
        assert max(b.rect.bottom for b in texts(upper)) <= min(b.rect.y for b in texts(lower))
        assert ornaments(lower, "story-rule")
    for r in results:
        assert "".join(shown(texts(r, "body"))) == SENTENCE * 2
        for part in r.parts:
            assert place.rect.y <= part.y
            assert part.bottom <= place.rect.bottom


@settings(max_examples=40)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(4, 40), st.integers(1, 3))
def test_many_stories_drop_nothing(lengths: list[int], lines: int, columns: int) -> None:
    place = slot(columns=columns, width=14 * columns, lines=lines, many=True)
    stories = [story(article(SENTENCE * n, headline="条"), f"s{k}") for k, n in enumerate(lengths)]
    results = fill_many(stories, place, geometry(place), setter())
    assert len(results) == len(stories)
    for (r, told), length in zip(results, lengths, strict=True):
        standing = "".join(shown(texts(r, "headline", "body")))
        whole = "条" + SENTENCE * length
        assert whole.startswith(standing)
        assert len(standing) + r.fit.over_characters == len(whole)
        if len(standing) < len(whole):
            assert "makeup.overset" in [d.code for d in told]


# --- the page ----------------------------------------------------------------------------------------------------


def test_a_page_keeps_the_order_of_its_stories() -> None:
    first, second = slot(name="a", lines=20), slot(name="b", lines=20)
    stories = [story(article(SENTENCE), "one", slot="b"), story(article(SENTENCE), "two", slot="a")]
    by_slot = {"a": [stories[1]], "b": [stories[0]]}
    found, _ = make_up(context(), geometry(first, second), by_slot, ["one", "two"], setter())
    assert [s.story.id for s in found.stories] == ["one", "two"]
    assert found.under_lines == sum(s.fit.under_lines for s in found.stories) > 0


def test_a_slot_off_the_grid_is_told() -> None:
    place = slot()
    moved = replace(place, rect=replace(place.rect, y=55000))
    one = story(article(SENTENCE))
    _, told = make_up(context(), geometry(moved), {"lead": [one]}, ["lead"], setter())
    assert "layout.off-grid" in [d.code for d in told]


def test_a_heading_that_ends_with_a_mark_is_told() -> None:
    assert head("职工书屋开门，")[2] == ["makeup.heading-mark"]
    assert head("职工书屋开门了吗？")[2] == []


def test_a_subhead_stands_in_the_middle_of_its_lines_and_takes_one_at_the_top() -> None:
    copy = article("正文一段。", "小标题", "正文又一段。", "末段。")
    body = copy.body
    copy = replace(copy, body=(body[0], replace(body[1], kind=Kind.SUBHEAD), *body[2:]))
    place = slot(columns=1, width=14, lines=12, subhead_lines=2)
    made, _ = fill(story(copy), place, geometry(place), setter())
    before, subhead, after = texts(made, "body", "subhead")[:3]
    assert subhead.role == "subhead"
    assert subhead.rect.y == before.rect.bottom + LEADING // 2
    assert after.rect.y == before.rect.bottom + 2 * LEADING
    made, _ = fill(story(replace(copy, body=copy.body[1:])), place, geometry(place), setter())
    subhead, after = texts(made, "body", "subhead")[:2]
    assert (subhead.rect.y, after.rect.y) == (0, LEADING)


def test_a_picture_leaves_its_caption_the_air_that_the_style_asks_for() -> None:
    copy = article("正文。" * 40, pictures=(picture(caption="图注"),))
    feet = []
    for space in (0, 2500):
        place = slot(columns=1, width=14, caption_space=space)
        made, _ = fill(story(copy), place, geometry(place), setter())
        feet.append((pictures(made)[0].rect.bottom, texts(made, "caption")[0].rect.y))
    (bottom, line), (higher, same) = feet
    assert (bottom - higher, line) == (2500, same)


def test_no_rules_stand_between_columns_unless_the_style_asks_for_them() -> None:
    copy = article("正文一段，写了又写。" * 60)
    for asked, count in (("none", 0), ("all", 2)):
        place = slot(columns=3, column_rules=asked)
        made, _ = fill(story(copy), place, geometry(place), setter())
        assert len(ornaments(made, "column-rule")) == count
