"""What a desk sees on a made-up page: words torn in headings, short lines at columns' edges, rules too close, white."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from printkit.compose.metrics import FixedMetrics
from printkit.diagnostics import Diagnostic, Severity, SourceRef
from printkit.makeup.frames import frame_of
from printkit.makeup.lint.places import bbox_of, of_page
from printkit.makeup.lint.rules import LEAST_AT_PICTURE, LEAST_BETWEEN
from printkit.makeup.lint.stories import lint_story
from printkit.makeup.lint.white import White, white_runs
from printkit.makeup.page.make_up import make_up
from printkit.makeup.setting import Setter
from printkit.model.article import Article, Lines, Section
from printkit.model.geometry import DrawnRule, Insets, PageGeometry, Rect
from printkit.model.page import MadeUpStory, TextBox
from printkit.model.text import Kind, Paragraph, Run
from tests.support.setting import (
    EM,
    LEADING,
    TypedSlot,
    article,
    context,
    geometry,
    paragraphs,
    picture,
    setter,
    slot,
    story,
    texts,
)
from tests.support.setting import (
    copy as invented,
)

SENTENCE = "工会把服务送到车间，大家都说好；“娘家人”来了。"
HEAD = SourceRef("lead.yaml", 2)
MEASURE = 13


class Dictionary:
    """Knows a few words and counts how often it is asked; 表安 is a guess that no dictionary has."""

    known = ("劳动者", "职工", "工会", "服务", "欧阳明远")

    def __init__(self) -> None:
        self.asked = 0

    def words(self, text: str) -> Sequence[str]:
        self.asked += 1
        return re.findall("|".join((*self.known, "表安", "[A-Za-z]+", ".")), text)

    def knows(self, word: str) -> bool:
        return word in self.known


def told_of(copy: Article, place: TypedSlot, words: Dictionary | None = None) -> list[Diagnostic]:
    """Make a page of one story; return what is told."""
    return made(copy, geometry(place), words)[1]


def made(
    copy: Article, geometry_of_page: PageGeometry, words: Dictionary | None = None, frame: str = "none"
) -> tuple[MadeUpStory, list[Diagnostic]]:
    one = story(copy, frame=frame)
    compose = Setter(lambda style: FixedMetrics(style.size), words)
    found, told = make_up(context(), geometry_of_page, {"lead": [one]}, [one.anchor], compose)
    return found.stories[0], [of_page(one, context()) for one in told]


def only(told: list[Diagnostic], code: str) -> list[Diagnostic]:
    return [d for d in told if d.code == code]


# --- headings ------------------------------------------------------------------------------------------------


def given_lines(*lines: str, role: str = "headline") -> Article:
    """An article whose editor broke a heading."""
    copy = article(SENTENCE, headline="工会")
    return replace(copy, **{role: Lines(lines, HEAD, given=True)})  # type: ignore[arg-type]  # a heading's key


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (("为劳动", "者撑腰"), "劳动者"),
        (("为劳", "动者撑腰"), "劳动者"),
        (("记者欧阳", "明远来了"), "欧阳明远"),
        (("走进Print", "kit的家"), "Printkit"),
        (("为劳动者", "撑腰"), None),
        (("一张工时表", "安了妈妈心"), None),  # a word that is only guessed at
        (("看望职工", "会服务"), None),  # 工会 stands there, but 职工 ends its line
        (("为劳动者撑腰",), None),
    ],
)
@pytest.mark.parametrize("role", ["headline", "kicker", "deck"])
def test_a_heading_broken_inside_a_word_is_told(lines: tuple[str, ...], word: str | None, role: str) -> None:
    found = only(told_of(given_lines(*lines, role=role), slot(), Dictionary()), "makeup.headline-breaks-word")
    assert [d.message.en for d in found] == ([f"line 1 ends inside “{word}”"] if word else [])
    for finding in found:
        assert (finding.severity, finding.where) == (Severity.WARNING, HEAD)
        assert (finding.page, finding.story) == ("1", "lead")
        assert finding.hint is not None
        assert f"before or after “{word}”" in finding.hint.en


def test_each_torn_line_is_told_with_its_number() -> None:
    found = only(
        told_of(given_lines("为劳动", "者和职", "工服务"), slot(), Dictionary()), "makeup.headline-breaks-word"
    )
    assert [d.message.zh for d in found] == ["第 1 行在“劳动者”当中断开", "第 2 行在“职工”当中断开"]


def test_a_heading_that_had_to_break_asks_for_the_editors_break() -> None:
    """No step holds the headline, so it runs on like text and breaks anywhere."""
    copy = article(SENTENCE, headline="劳动者" * 150)
    found = only(told_of(copy, slot(width=14, columns=1), Dictionary()), "makeup.headline-breaks-word")
    assert found
    assert found[0].hint is not None
    assert found[0].hint.en == "give the break yourself: a list of lines under `headline`"


def test_words_are_not_looked_for_where_no_heading_breaks() -> None:
    words = Dictionary()
    found, _ = made(article(SENTENCE * 30, headline="工会"), geometry(slot()))
    assert lint_story(found, Setter(lambda style: FixedMetrics(style.size), words), lambda _: found) == []
    assert words.asked == 0


def test_a_vertical_headline_is_looked_at_too() -> None:
    place = slot(headline_direction="vertical")
    found = only(told_of(given_lines("为劳动", "者撑腰"), place, Dictionary()), "makeup.headline-breaks-word")
    assert [d.message.en for d in found] == ["line 1 ends inside “劳动者”"]


# --- the edges of columns ------------------------------------------------------------------------------------


def of_lines(lines: int, last: int) -> str:
    """A paragraph of so many lines at the measure; its last one has so many characters."""
    return "字" * (MEASURE - 2 + MEASURE * (lines - 2) + last)


@pytest.mark.parametrize(
    ("last", "code", "hint"),
    [
        (3, "makeup.widow", "add 4 characters in this paragraph"),
        (6, "makeup.widow", "add 1 characters in this paragraph"),
        (7, None, ""),
        (2, "makeup.widow", "add 5 characters in this paragraph"),
    ],
)
def test_a_short_last_line_at_the_top_of_a_column_is_told(last: int, code: str | None, hint: str) -> None:
    copy = article(of_lines(11, last), of_lines(9, 8))
    place = slot(width=2 * MEASURE + 2, lines=10, columns=2, ladder=())
    story_made, told = made(copy, geometry(place))
    assert [len(box.lines) for box in texts(story_made, "body")] == [10, 1, 9]
    assert [(d.code, d.hint.en if d.hint else "") for d in told] == ([(code, hint)] if code else [])
    for finding in told:
        top = texts(story_made, "body")[1].rect
        assert finding.bbox == bbox_of(replace(top, x=top.x + 30000, y=top.y + 50000))
        assert finding.where == SourceRef("lead.yaml", 10)


@pytest.mark.parametrize("seed", [1, 9, 49, 118, 147, 180])
def test_advice_that_is_followed_ends_what_was_told(seed: int) -> None:
    """Told «删 4 字», four deleted, an editor was told «删 2 字»."""
    place = slot(width=3 * MEASURE + 4, lines=20, columns=3, ladder=("lines",))
    copy = article(*invented(60 * MEASURE - 80 - seed * 13 % 90, seed + 3))
    findings = only(made(copy, geometry(place))[1], "makeup.widow")
    assert findings
    for finding in findings:
        assert finding.hint is not None
        at = next(n for n, p in enumerate(copy.body) if p.where == finding.where)
        numbers = re.findall(r"(cut|add) (\d+)", finding.hint.en)
        assert numbers
        for verb, count in numbers:
            text = copy.body[at].text
            [*head, last] = re.split(f"(.{{{count}}})(?=[^\\w]*$)", text, maxsplit=1)
            changed = head[0] + last if verb == "cut" else text[:-1] + "添" * int(count) + text[-1:]
            anew = replace(copy.body[at], runs=(Run(changed),))
            after = made(replace(copy, body=(*copy.body[:at], anew, *copy.body[at + 1 :])), geometry(place))[1]
            assert after == [], (verb, count)


def with_a_runt(key: str) -> list[str]:
    """The codes and messages told of two columns of paragraphs of 4, 6, 1, 3 and 6 lines, where one ends with one Han.

    The composer takes great pains to set no such line; it is put there by hand.
    """
    copy = article(of_lines(4, 8), of_lines(7, 8), of_lines(3, 8), of_lines(6, 8))
    found, told = made(copy, geometry(slot(width=2 * MEASURE + 2, lines=10, columns=2, ladder=())))
    assert told == []
    assert [len(box.lines) for box in texts(found)] == [4, 6, 1, 3, 6]
    boxes = list(found.boxes)
    at = max(i for i, box in enumerate(boxes) if isinstance(box, TextBox) and box.key == key)
    box = boxes[at]
    assert isinstance(box, TextBox)
    last = replace(box.lines[-1], clusters=("字", "。"), advances=(EM, EM), shifts=(0, 0), runs=(0, 0))
    boxes[at] = replace(box, lines=(*box.lines[:-1], last))
    return [
        f"{d.code}: {d.message.en}" for d in lint_story(replace(found, boxes=tuple(boxes)), setter(), lambda _: found)
    ]


def test_one_han_at_the_edge_of_a_column_is_told() -> None:
    assert with_a_runt("p1") == ["makeup.runt: one Han stands alone at the top of a column"]
    assert with_a_runt("p3") == ["makeup.runt: one Han stands alone at the foot of a column"]
    assert with_a_runt("p0") == []
    assert with_a_runt("p2") == []


def test_edges_of_a_story_that_has_to_change_are_not_told() -> None:
    copy = article(of_lines(11, 3), of_lines(9, 8), "字" * 40)
    told = told_of(copy, slot(width=2 * MEASURE + 2, lines=10, columns=2, ladder=()))
    assert [d.code for d in told] == ["makeup.overset"]


_PART = st.tuples(st.sampled_from([Kind.BODY, Kind.BODY, Kind.SUBHEAD]), st.integers(1, 9))


@settings(max_examples=60)
@given(
    st.lists(_PART, min_size=2, max_size=14), st.integers(5, 20), st.integers(1, 4), st.booleans(), st.integers(0, 1)
)
def test_no_column_ends_with_a_heading(
    parts: list[tuple[Kind, int]], lines: int, columns: int, sections: bool, space: int
) -> None:
    """Composition rule D4: a heading never stands last in a column."""
    # Two headings one under the other, or one at the text's end, have no text to keep to.
    assume(all(a[0] is Kind.BODY or b[0] is Kind.BODY for a, b in pairwise(parts)))
    body = [
        replace(p, kind=kind)
        for (kind, n), p in zip(parts, paragraphs(*["字" * (n * 7) for _, n in parts]), strict=True)
    ]
    body = [replace(p, runs=(Run(p.text[:9]),)) if p.kind is Kind.SUBHEAD else p for p in body]
    body.append(paragraphs(SENTENCE * 4)[0])
    copy = replace(article(), body=tuple(body))
    if sections:
        part = Section(SourceRef("a"), tuple(paragraphs(SENTENCE * 3)), name="某人", title="某单位")
        copy = replace(copy, sections=(part, part))
    place = slot(width=15 * columns, lines=lines, columns=columns, subhead_space=space)
    found, _ = made(copy, geometry(place))
    standing = sorted(texts(found), key=lambda box: (box.rect.x, box.rect.y))
    for one, after in zip(standing, [*standing[1:], None], strict=True):
        if one.role in ("subhead", "section-name", "section-title"):
            over = found.fit.over_lines and after is None
            assert over or (after is not None and after.rect.x == one.rect.x), (one.key, one.rect)


# --- rules -----------------------------------------------------------------------------------------------------


def across(y: int, x: int = 30000, width: int = 100_000, thick: int = 500) -> Rect:
    """A stripe of a rule that runs across."""
    return Rect(x, y, width, thick)


def on_a_page(*rules: DrawnRule, frame: str = "none") -> list[Diagnostic]:
    """Tell of the rules of a page with a full story of one picture over its whole slot."""
    place = slot(width=20, lines=20, columns=1)
    shot = picture(2000, 2000, caption="图注", where=SourceRef("lead.yaml", 21))
    given_geometry = replace(geometry(place), rules=rules)
    told = made(article(pictures=(shot,)), given_geometry, frame=frame)[1]
    return only(told, "layout.rules-too-close")


@pytest.mark.parametrize(("between", "is_told"), [(1400, True), (300, True), (LEAST_BETWEEN, False), (0, False)])
def test_two_rules_too_close_are_told(between: int, is_told: bool) -> None:
    """At no distance at all two rules are drawn as one."""
    one, other = DrawnRule("rule-foot", (across(900_000),)), DrawnRule("rule-ad", (across(900_500 + between),))
    found = on_a_page(one, other)
    assert len(found) == is_told
    for finding in found:
        assert (finding.severity, finding.page, finding.where) == (Severity.WARNING, "1", SourceRef("edition.yaml", 4))
        assert finding.message.en == f"rules `rule-foot` and `rule-ad` stand {between / 1000:.1f} pt apart"
        assert finding.bbox == (30.0, 900.0, 130.0, (901_000 + between) / 1000)


def test_rules_of_one_element_are_one_rule() -> None:
    """A double rule (文武线) is drawn by one element."""
    assert on_a_page(DrawnRule("rule-foot", (across(900_000), across(901_500)))) == []


@pytest.mark.parametrize(
    "other",
    [Rect(60_000, 900_600, 300, 90_000), across(901_000, x=131_000), across(901_000, x=128_000)],
    ids=["upright", "beside", "meeting ends"],
)
def test_rules_that_cross_or_follow_one_another_are_let_be(other: Rect) -> None:
    assert on_a_page(DrawnRule("rule-foot", (across(900_000),)), DrawnRule("rule-side", (other,))) == []


@pytest.mark.parametrize(("between", "is_told"), [(900, True), (0, True), (-3000, True), (LEAST_AT_PICTURE, False)])
def test_a_rule_at_a_picture_is_told(between: int, is_told: bool) -> None:
    top = 50_000 + (LEADING - EM) // 2
    found = on_a_page(DrawnRule("rule-photo", (across(top - between - 500),)))
    assert [d.story for d in found] == ["lead"] * is_told
    for finding in found:
        assert ("runs into" in finding.message.en) == (between < 0)
        assert finding.bbox is not None
        assert finding.bbox[1] == top / 1000


def test_a_frame_is_a_rule_on_each_side() -> None:
    rule = DrawnRule("rule-foot", (across(48_500),))
    found = on_a_page(rule, frame="box")
    assert [d.message.en for d in found] == [
        "rules `rule-foot` and `frame-box` stand 1.0 pt apart",
        "rule `frame-box` stands 0.0 pt from a picture",
    ], "this frame has no padding"
    assert {d.story for d in found} == {"lead"}
    assert on_a_page(rule) == []


def test_a_rule_through_text_is_told_once_a_box() -> None:
    place = slot(width=13, lines=20, columns=1)
    rule = DrawnRule("rule-own", (across(50_000 + 5 * LEADING + LEADING // 2),))
    between = DrawnRule("rule-own", (across(50_000 + 5 * LEADING - 250),))
    for rules, count in ((rule, 1), (between, 0)):
        _, told = made(article(SENTENCE * 10), replace(geometry(place), rules=(rules,)))
        assert len(only(told, "layout.rules-too-close")) == count


def test_column_rules_in_a_gutter_of_two_points_are_told_beside_a_note() -> None:
    """The box of the note stands at the gutter's edge, the column rule in its middle."""
    place = slot(width=27, lines=30, columns=2, column_rules="all")
    narrow = geometry(place)
    narrow = replace(narrow, grid=replace(narrow.grid, gutter=2000))
    place_rect = Rect(30000, 50000, 26 * EM + 2000, 30 * LEADING)
    narrow = replace(narrow, slots={"lead": replace(place, rect=place_rect)})
    copy = replace(article(SENTENCE * 20), editor_note=paragraphs(SENTENCE))
    _, told = made(copy, narrow)
    assert any(
        "column-rule" in d.message.en and "note-box" in d.message.en for d in only(told, "layout.rules-too-close")
    )


# --- white -----------------------------------------------------------------------------------------------------


def test_a_line_too_few_for_text_under_a_picture_is_told() -> None:
    """Under the caption and its white is one line, which holds no text (`_LEAST_LEG`): the story counts as full."""
    shot = picture(3000, 2000, caption="图注", columns=1, credit="甲 摄")
    for lines in range(12, 30):
        place = slot(width=2 * MEASURE + 2, lines=lines, columns=2, ladder=())
        found, told = made(article(of_lines(lines, 8), pictures=(shot,)), geometry(place))
        white = white_runs([found], frame_of(place, geometry(place), Insets()))
        left = only(told, "makeup.white-left")
        if found.fit.under_lines:
            assert not left, "told as underset already"
        for finding in left:
            assert finding.severity is (Severity.INFO if found.fit.over_lines else Severity.WARNING)
            assert finding.where == SourceRef("lead.yaml")
            assert white
    place = slot(width=2 * MEASURE + 2, lines=10, columns=2, ladder=())
    found, told = made(article(of_lines(10, 8), pictures=(shot,)), geometry(place))
    [finding] = only(told, "makeup.white-left")
    assert finding.message.en == "white is left: 2 line(s) at the foot of column 2"
    assert finding.bbox is not None
    assert finding.bbox[3] == (50000 + 10 * LEADING) / 1000


def test_white_is_seen_in_columns() -> None:
    place = slot(width=2 * MEASURE + 2, lines=12, columns=2)
    found, told = made(article(of_lines(4, 8)), geometry(place))
    frame = frame_of(place, geometry(place), Insets())
    assert white_runs([found], frame) == [White(0, 2, 12, True), White(1, 2, 12, True)]
    [finding] = told
    assert finding.code == "makeup.underset"
    right = frame.rect.x + frame.xs[1] + frame.measure
    assert finding.bbox == ((frame.rect.x + frame.xs[1]) / 1000, 74.0, right / 1000, 194.0)


# --- all of them ---------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    st.integers(1, 60),
    st.integers(6, 30),
    st.integers(1, 4),
    st.sampled_from(["", "工会", "很长的标题" * 40, "以句号结尾。"]),
    st.sampled_from([(), (picture(200, 900),), (picture(300, 200, caption="图注。" * 30),)]),
    st.booleans(),
)
def test_every_finding_has_its_page_story_and_box(
    sentences: int, lines: int, columns: int, headline: str, pictures: tuple[object, ...], many: bool
) -> None:
    """Issue 4, point 11: «each finding with page, story and box»."""
    place = slot(width=14 * columns, lines=lines, columns=columns, many=many)
    on = replace(geometry(place), rules=(DrawnRule("rule-own", (across(60_000),)),))
    copy = article(SENTENCE * sentences, headline=headline, pictures=pictures)
    one, two = story(copy), story(article(SENTENCE), "second")
    together = [one, two] if many else [one]
    _, told = make_up(context(), on, {"lead": together}, [each.anchor for each in together], setter())
    for finding in (of_page(found, context()) for found in told):
        assert finding.page == "1"
        assert finding.slot == "lead"
        # What several stories leave of their slot is the slot's.
        assert finding.story in (("lead", "second") if finding.code != "makeup.underset" or not many else (None,))
        assert finding.where is not None
        assert finding.hint is not None or finding.code.startswith("compose.")
        assert finding.bbox is not None
        left, top, right, bottom = finding.bbox
        assert 0 <= left < right
        assert 0 <= top < bottom


def test_the_box_of_a_finding_is_that_of_what_it_tells() -> None:
    place = slot(width=13, lines=8, columns=1)
    copy = article(SENTENCE * 20, headline="工会。")
    found, told = made(copy, geometry(place))
    boxes = {d.code: d.bbox for d in told}
    [mark] = [b.rect for b in found.boxes if b.role == "overset"]
    [head] = [b.rect for b in found.boxes if b.role == "headline"]
    for code, rect in (("makeup.overset", mark), ("makeup.heading-mark", head)):
        assert boxes[code] == bbox_of(replace(rect, x=rect.x + 30000, y=rect.y + 50000))


def test_a_slot_off_the_grid_has_its_box() -> None:
    place = replace(slot(), rect=Rect(30000, 53000, 40 * EM, 40 * LEADING))
    [finding] = only(told_of(article(SENTENCE * 9), place), "layout.off-grid")
    assert (finding.page, finding.story) == ("1", "lead")
    assert finding.bbox == bbox_of(place.rect)


def test_a_paragraph_of_no_line_does_no_harm() -> None:
    copy = replace(article(SENTENCE), body=(Paragraph((), where=HEAD), *paragraphs(SENTENCE)))
    assert "makeup.runt" not in {d.code for d in told_of(copy, slot())}
