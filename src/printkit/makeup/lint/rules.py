"""Rules that stand too close: to one another, to a picture, or through a line of text.

In: the stories of a page with the rules that make-up draws, and the rules of its layout as measured. Out: findings,
each with the box of what is too close. Lengths are mpt. Rules that CSS makes of generated content (``::before``) are
not measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from printkit.diagnostics import Diagnostic, Say, Severity
from printkit.makeup.frames import HAN_TOP
from printkit.makeup.lint.places import around, bbox_of, on_page
from printkit.model.article import BOX_NAMES
from printkit.model.edition import Story
from printkit.model.geometry import PageGeometry, Rect
from printkit.model.page import Box, MadeUpStory, Ornament, PictureBox, TextBox

LEAST_BETWEEN = 1500
"""White between two rules: half a millimetre, under which newsprint's dot gain and slur run two rules into one."""

LEAST_AT_PICTURE = 1000
"""White between a rule and a picture: a third of a millimetre, as far as plates may be out of register."""

SAME = 100
"""Rules no farther apart than this are drawn as one: CSS works in floating pixels."""

LEAST_RUN = 3000
"""Length over which two must run beside one another to be seen as close: their ends may meet."""

_BOXES = ("note-box", "ad reserved", *(f"story-box box-{kind}" for kind in BOX_NAMES))
"""Ornaments that have a rule on each side."""

_NO_RULE = "overset"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A stripe in page coordinates; those of one owner (a table, an element of the layout) are never compared."""

    rect: Rect
    name: str
    owner: tuple[str, ...]
    story: Story | None = None

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs across the page."""
        return self.rect.width >= self.rect.height


def rule_findings(geometry: PageGeometry, stories: Sequence[MadeUpStory]) -> list[Diagnostic]:
    """Tell of the rules of a page that stand too close, once for each two owners."""
    rules = [*_layout_rules(geometry), *_story_rules(geometry, stories)]
    told: dict[tuple[object, ...], Diagnostic] = {}
    for one, other in combinations(rules, 2):
        distance = _distance(one.rect, other.rect, one.is_horizontal)
        if one.owner != other.owner and one.is_horizontal == other.is_horizontal and SAME < distance < LEAST_BETWEEN:
            told.setdefault((one.owner, other.owner), _two_rules(one, other, distance))
    for story in stories:
        for number, box in enumerate(story.boxes):
            if isinstance(box, Ornament):
                continue
            rect = on_page(box, story)
            for rule in rules:
                if found := _at_box(rule, box, rect, story):
                    told.setdefault((rule.owner, rule.name, story.story.anchor, number), found)
    return list(told.values())


def _layout_rules(geometry: PageGeometry) -> Iterator[_Rule]:
    for number, drawn in enumerate(geometry.rules):
        for stripe in drawn.stripes:
            yield _Rule(stripe, drawn.name, ("layout", str(number)))


def _story_rules(geometry: PageGeometry, stories: Sequence[MadeUpStory]) -> Iterator[_Rule]:
    for story in stories:
        slot = geometry.slots[story.story.slot]
        if story.story.frame == "box" and not slot.many:
            owner = (story.story.anchor, "frame")
            framed = slot if story.story.is_common_head else story.slot(geometry)
            yield from (_Rule(side, "frame-box", owner, story.story) for side in _sides(framed.rect))
        for number, box in enumerate(story.boxes):
            if not isinstance(box, Ornament) or box.role == _NO_RULE:
                continue
            rect = on_page(box, story)
            # The rules of a table belong together; so do two that cross, which are not parallel.
            owner = (story.story.anchor, "table" if box.role.startswith("table-") else str(number))
            stripes = _sides(rect) if box.role in _BOXES else (rect,)
            yield from (_Rule(stripe, box.role, owner, story.story) for stripe in stripes if _is_rule(stripe))


def _sides(rect: Rect) -> tuple[Rect, ...]:
    """Return the four rules of a box."""
    return (
        Rect(rect.x, rect.y, rect.width, 0),
        Rect(rect.x, rect.bottom, rect.width, 0),
        Rect(rect.x, rect.y, 0, rect.height),
        Rect(rect.right, rect.y, 0, rect.height),
    )


def _is_rule(rect: Rect) -> bool:
    return (rect.width == 0) != (rect.height == 0)


def _distance(one: Rect, other: Rect, across: bool) -> int:
    """Return the white between two along one direction, less than nothing where they overlap; far if not side by side."""
    rows = max(one.y, other.y) - min(one.bottom, other.bottom)
    columns = max(one.x, other.x) - min(one.right, other.right)
    between, beside = (rows, columns) if across else (columns, rows)
    return between if beside <= -LEAST_RUN else LEAST_BETWEEN


def _at_box(rule: _Rule, box: Box, rect: Rect, made: MadeUpStory) -> Diagnostic | None:
    """Tell of a rule that touches a picture or runs through a line of text."""
    if isinstance(box, PictureBox) and box.role != "ad":
        distance = _distance(rule.rect, rect, rule.is_horizontal)
        return _near_picture(rule, rect, made, distance) if distance < LEAST_AT_PICTURE else None
    if isinstance(box, TextBox) and _distance(rule.rect, rect, rule.is_horizontal) < 0:
        line = next((han for han in _han(box, rect) if _distance(rule.rect, han, rule.is_horizontal) < -SAME), None)
        return _through_text(rule, line, made) if line else None
    return None


def _han(box: TextBox, rect: Rect) -> Iterator[Rect]:
    """Yield the Han of each line of a text box; of vertical lines the whole box."""
    if box.turns:
        yield rect
        return
    top = rect.y + box.baseline - box.style.size * HAN_TOP // 1000
    for number, line in enumerate(box.lines):
        yield Rect(rect.x + line.x, top + number * box.pitch, line.width, box.style.size)


def _two_rules(one: _Rule, other: _Rule, distance: int) -> Diagnostic:
    apart = f"{distance / 1000:.1f}"
    return _told(
        Say(
            f"rules `{one.name}` and `{other.name}` stand {apart} pt apart",
            f"线条 {one.name} 与 {other.name} 相距只有 {apart} 点",
        ),
        Say(
            f"leave one out, or place them at least {LEAST_BETWEEN / 1000:g} pt apart",
            f"请去掉一条，或至少隔开 {LEAST_BETWEEN / 1000:g} 点",
        ),
        one.story or other.story,
        around((one.rect, other.rect)),
    )


def _near_picture(rule: _Rule, rect: Rect, made: MadeUpStory, distance: int) -> Diagnostic:
    apart = f"{distance / 1000:.1f}"
    runs = distance < 0
    return _told(
        Say(
            f"rule `{rule.name}` " + ("runs into a picture" if runs else f"stands {apart} pt from a picture"),
            f"线条 {rule.name} " + ("压住图片" if runs else f"离图片只有 {apart} 点"),
        ),
        Say(
            f"place the rule or the slot so that {LEAST_AT_PICTURE / 1000:g} pt stay between them",
            f"请移动线条或版位，中间至少留 {LEAST_AT_PICTURE / 1000:g} 点",
        ),
        made.story,
        rect,
    )


def _through_text(rule: _Rule, line: Rect, made: MadeUpStory) -> Diagnostic:
    return _told(
        Say(f"rule `{rule.name}` runs through a line of text", f"线条 {rule.name} 压住文字"),
        Say("place the rule or the slot apart", "请移开线条或版位"),
        made.story,
        line,
    )


def _told(say: Say, hint: Say, story: Story | None, rect: Rect) -> Diagnostic:
    found = Diagnostic("layout.rules-too-close", say, Severity.WARNING, hint, bbox=bbox_of(rect))
    return replace(found, story=story.id, slot=story.slot) if story else found
