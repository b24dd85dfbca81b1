"""All rules over all that is read together, and what the desk has silenced.

In: stories, their articles' silences, the paper's. Out: findings in the order of the copy, those that are silenced apart, and the
silences that silenced nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from printkit.copydesk.pieces import pieces_of
from printkit.copydesk.registry import RULES
from printkit.copydesk.rule import Certainty, Copy, Finding, Rule, StoryCopy
from printkit.model.article import Article
from printkit.model.desk import Silence

_LEVELS = {
    Certainty.SURE: frozenset({Certainty.SURE}),
    Certainty.LIKELY: frozenset({Certainty.SURE, Certainty.LIKELY}),
    Certainty.HINT: frozenset(Certainty),
}


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not told, and why."""

    finding: Finding
    silence: Silence


@dataclass(frozen=True, slots=True)
class Read:
    """What the rules have found."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    unused: tuple[Silence, ...] = ()


def story_copy(name: str, article: Article, page: str = "") -> StoryCopy:
    """Return a story as the desk reads it."""
    return StoryCopy(name, pieces_of(article), article.names, page)


def read_copy(
    copy: Copy,
    level: Certainty,
    silences: Mapping[str, Sequence[Silence]] | None = None,
    of_paper: Sequence[Silence] = (),
) -> Read:
    """Look at the copy with every rule up to a level; `silences` are those of stories by their ids."""
    rules = [rule for rule in RULES if rule.certainty in _LEVELS[level]]
    found = sorted(_found(copy, rules), key=_order(copy))
    told: list[Finding] = []
    silenced: list[Silenced] = []
    used: set[int] = set()
    for one in found:
        own = [*(silences or {}).get(one.story.id, ()), *of_paper]
        silence = next((silence for silence in own if _silences(silence, one)), None)
        if silence:
            used.add(id(silence))
            silenced.append(Silenced(one, silence))
        else:
            told.append(one)
    asked = {rule.id for rule in rules}
    given = [silence for own in (silences or {}).values() for silence in own]  # the paper's may serve another issue
    unused = [silence for silence in given if silence.rule in asked and id(silence) not in used]
    return Read(tuple(told), tuple(silenced), tuple(unused))


def _found(copy: Copy, rules: Iterable[Rule]) -> Iterator[Finding]:
    by_piece = [(rule, rule.look, frozenset(rule.marks)) for rule in rules if rule.look]
    for story in copy.stories:
        for piece in story.pieces:
            characters = frozenset(piece.text)
            for rule, look, marks in by_piece:
                if piece.part in rule.parts and not (marks and marks.isdisjoint(characters)):
                    yield from (Finding(rule, story, piece, found) for found in look(piece.text))
    for rule in rules:
        if rule.across:
            yield from (Finding(rule, story, piece, found) for story, piece, found in rule.across(copy))


def _order(copy: Copy) -> Callable[[Finding], tuple[int, ...]]:
    turns = {
        (story.id, piece.steps, piece.number): (number, at)
        for number, story in enumerate(copy.stories)
        for at, piece in enumerate(story.pieces)
    }
    return lambda one: (*turns[one.story.id, one.piece.steps, one.piece.number], one.found.start, one.found.end)


def _silences(silence: Silence, one: Finding) -> bool:
    """Say whether a silence is about a finding: its text overlaps what was found, at that place."""
    if silence.rule != one.rule.id:
        return False
    text = silence.text
    if not text:
        return True
    at = one.piece.text.find(text, max(one.found.start - len(text) + 1, 0))
    return 0 <= at < max(one.found.end, one.found.start + 1)
