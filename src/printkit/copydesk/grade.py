"""The grade (编校差错率): what is known to be wrong, weighed as the national rule weighs it, over the size of the pages.

In: the copy, its findings, and the characters of its pages (版面字数). Out: a floor, never "no errors": what a rule is sure of is
counted and nothing else, and most errors are seen by readers alone. The weights, with their source, are in `weights.toml`.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from printkit.copydesk.pieces import Part
from printkit.copydesk.rule import Certainty, Finding, Kind
from printkit.diagnostics import Say

_WEIGHTS: dict[str, Any] = tomllib.loads((files("printkit.copydesk") / "weights.toml").read_text(encoding="utf-8"))
PASS = float(_WEIGHTS["pass"])
"""Errors in 10,000 characters that a paper may have."""
PHOTOGRAPH, ORNAMENT = float(_WEIGHTS["photograph"]), float(_WEIGHTS["ornament"])
"""What pictures count of the characters in whose place they stand."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The known errors of a kind."""

    kind: str
    name: Say
    errors: int
    weight: float
    is_seen: bool
    """Whether the weight was read at its source."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What is known of an issue's errors; `characters` is 0 where the pages were not measured."""

    counted: tuple[Counted, ...]
    likely: int
    """Findings that somebody has to look at first; they count nothing."""
    characters: int = 0

    @property
    def weight(self) -> float:
        """The known errors, weighed."""
        return round(sum(one.weight for one in self.counted), 2)

    @property
    def rate(self) -> float | None:
        """Known errors in 10,000 characters: a floor."""
        return round(self.weight / self.characters * 10_000, 2) if self.characters else None

    @property
    def summary(self) -> Say:
        """Say what is known, and that it is a floor."""
        kinds = [(one.name, f"{one.errors} ({one.weight:g}{'' if one.is_seen else '*'})") for one in self.counted]
        en = f"known errors: {self.weight:g}" + "".join(f", {name.en} {count}" for name, count in kinds)
        zh = f"已知差错：{self.weight:g} 个" + "".join(f"，{name.zh} {count}" for name, count in kinds)
        if self.rate is not None:
            en += f"; at least {self.rate:g} in 10,000 of {self.characters:,} characters of page ({PASS:g} pass)"
            zh += f"；版面字数 {self.characters:,}，差错率至少为万分之 {self.rate:g}（合格为不超过万分之 {PASS:g}）"
        en += ". Readers alone find most errors: this is a floor"
        zh += "。多数差错只有人能看出，这只是下限"
        if not all(one.is_seen for one in self.counted):
            en, zh = f"{en}. * weight not read at its source", f"{zh}。* 此项计分未见原文"
        return Say(en, zh)

    def report(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "characters": self.characters or None,
            "known_errors": self.weight,
            "rate_floor": self.rate,
            "pass": PASS,
            "likely": self.likely,
            "kinds": [
                {"kind": one.kind, "errors": one.errors, "weight": one.weight, "weight_seen": one.is_seen}
                for one in self.counted
            ],
        }


def grade_of(findings: Sequence[Finding], characters: int = 0) -> Grade:
    """Weigh findings; `characters` is what the pages of the copy hold (版面字数)."""
    sure = [one for one in findings if one.rule.certainty is Certainty.SURE and one.rule.kind is not Kind.NONE]
    likely = sum(one.rule.certainty is Certainty.LIKELY for one in findings)
    counted = tuple(found for kind in Kind if (found := _counted(kind, [f for f in sure if f.rule.kind is kind])))
    return Grade(counted, likely, characters)


def _counted(kind: Kind, findings: Sequence[Finding]) -> Counted | None:
    if not findings:
        return None
    told = _WEIGHTS[kind]
    times = Counter((one.rule.id, one.text, one.piece.part is Part.HEADING) for one in findings)
    weight = sum(
        min(count, _WEIGHTS["most_of_one"]) * told["weight"] * (_WEIGHTS["heading"] if is_heading else 1)
        for (_, _, is_heading), count in times.items()
    )
    weight = min(weight, told.get("most", weight))
    return Counted(kind, Say(told["en"], told["zh"]), len(findings), round(weight, 2), told["seen"])
