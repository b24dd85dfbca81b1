"""Stories to slots: the one a story names, else the first free one; everything wrong told together."""

from printkit.diagnostics import Severity, SourceRef
from printkit.makeup.page.assign import Assigned, assign
from printkit.makeup.page.make_up import make_up
from printkit.model.edition import Placement, Story
from tests.support.setting import article, context, geometry, setter, slot, story

SLOTS = {"lead": False, "second": False, "briefs": True}


def entry(name: str, slot: str = "", line: int = 7) -> Story:
    where = SourceRef("edition.yaml", line)
    asked = Placement(slot, where=SourceRef("edition.yaml", line + 1, 15))
    return story(article("文。"), name, where=where, placement=asked)


def given(*stories: Story, slots: dict[str, bool] | None = None) -> Assigned:
    return assign(context(), stories, SLOTS if slots is None else slots)


def places(assigned: Assigned) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in assigned.stories:
        found.setdefault(one.slot, []).append(one.id)
    return found


def test_named_slots_come_first_then_the_free_ones_in_order() -> None:
    found = given(entry("a"), entry("b", "lead"), entry("c"), entry("d"), entry("e"))
    assert places(found) == {"lead": ["b"], "second": ["a"], "briefs": ["c", "d", "e"]}
    assert found.faults == ()


def test_a_slot_that_is_not_there() -> None:
    found = given(entry("a", "laed"), entry("b", "zzz", 9))
    assert [f.code for f in found.faults] == ["layout.no-such-slot"] * 2
    assert "did you mean “lead”" in found.faults[0].message.en
    assert "是不是“lead”" in found.faults[0].message.zh
    assert "did you mean" not in found.faults[1].message.en
    assert found.faults[0].where == SourceRef("edition.yaml", 8, 15)
    for fault in found.faults:
        assert fault.hint
        assert "lead, second, briefs" in fault.hint.en


def test_a_slot_used_twice() -> None:
    found = given(entry("a", "lead", 7), entry("b", "lead", 9))
    [fault] = found.faults
    assert fault.code == "layout.slot-taken"
    assert "“a”" in fault.message.en
    assert "line 7" in fault.message.en
    assert fault.where == SourceRef("edition.yaml", 10, 15)
    assert fault.hint
    assert "second" in fault.hint.en


def test_a_slot_of_many_is_never_taken() -> None:
    found = given(*(entry(f"s{n}", "briefs") for n in range(5)))
    assert places(found) == {"briefs": [f"s{n}" for n in range(5)]}
    assert found.faults == ()


def test_no_free_slot() -> None:
    found = given(entry("a"), entry("b"), entry("c", line=12), slots={"lead": False, "second": False})
    [fault] = found.faults
    assert fault.code == "layout.no-free-slot"
    assert "“c”" in fault.message.en
    assert fault.where == SourceRef("edition.yaml", 12)
    assert fault.hint


def test_a_layout_without_slots() -> None:
    assert [f.code for f in given(entry("a"), slots={}).faults] == ["layout.no-free-slot"]
    assert given(slots={}).faults == ()


def test_an_unused_slot_is_a_warning() -> None:
    one = story(article("文。"), "a", "second")
    on = geometry(slot(), slot(name="second"), slot(name="briefs", many=True))
    made, told = make_up(context(), on, {"second": [one]}, ["a"], setter())
    unused = [d for d in told if d.code == "layout.slot-unused"]
    assert [(d.severity, d.slot) for d in unused] == [(Severity.WARNING, "lead"), (Severity.WARNING, "briefs")]
    assert [slot in d.message.en for d, slot in zip(unused, ("lead", "briefs"), strict=True)] == [True, True]
    assert [white.slot for white in made.white] == ["lead", "briefs"]
    assert made.under_lines >= 2 * 40 * 3


def test_faults_are_told_together() -> None:
    found = given(
        entry("a", "lead"), entry("b", "lead"), entry("c", "x"), entry("d"), entry("e"), slots={"lead": False}
    )
    assert sorted(f.code for f in found.faults) == [
        "layout.no-free-slot", "layout.no-free-slot", "layout.no-such-slot", "layout.slot-taken",
    ]  # fmt: skip
