"""Raised and lowered characters, and changes of marked runs."""

from printkit.copy.marks import lowered, raised
from printkit.copy.spans import Change, applied_to_runs
from printkit.model.text import Run


def test_what_unicode_can_raise_and_lower() -> None:
    assert (raised("2"), raised("-3"), lowered("2"), raised("注")) == ("²", "⁻³", "₂", None)


def test_a_change_over_two_runs_has_the_manner_of_the_first() -> None:
    runs = (Run("甲:"), Run(" 乙", strong=True))
    assert applied_to_runs(runs, [Change(1, 3, "：", "half-mark")]) == (Run("甲："), Run("乙", strong=True))
