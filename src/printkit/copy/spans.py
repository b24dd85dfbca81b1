"""Changes of a text as spans, so that whoever asks for them can tell each one, and apply them or not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from printkit.model.text import Run


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A stretch of a text, from `start` to before `end`, that becomes `now`; `code` says by which rule."""

    start: int
    end: int
    now: str
    code: str


def applied(text: str, changes: Iterable[Change]) -> str:
    """Return a text with some changes made; they do not overlap."""
    return "".join(run.text for run in applied_to_runs((Run(text),), changes))


def applied_to_runs(runs: Iterable[Run], changes: Iterable[Change]) -> tuple[Run, ...]:
    """Return marked runs with some changes of their joined text made; what is new has the manner of what it replaces."""
    left = sorted(changes, reverse=True)
    changed: list[Run] = []
    at = 0
    for run in runs:
        end, text, done = at + len(run.text), "", at
        while left and left[-1].start < end:
            change = left.pop()
            text += run.text[max(done, at) - at : change.start - at] + change.now
            done = change.end
            if change.end > end:  # the next run loses what is left of the span
                left.append(Change(end, change.end, "", change.code))
                done = end
        changed.append(replace(run, text=text + run.text[done - at :]))
        at = end
    return tuple(run for run in changed if run.text)
