"""The order in which automatic pages are laid out: what comes from another page is known before."""

from dataclasses import dataclass

from printkit.model.edition import FIRST_PART, SECOND_PART
from printkit.pipeline.place import _waves
from tests.support.counting import lines_run


@dataclass(frozen=True)
class _Part:
    id: str
    part: int
    slot: str = ""

    @property
    def jump(self) -> bool:
        return self.part == FIRST_PART


@dataclass(frozen=True)
class _Page:
    number: int
    stories: tuple[_Part, ...]


def pages(*jumps: tuple[int, int]) -> list[_Page]:
    """Return pages by the numbers between which stories go on."""
    firsts = [(begin, _Part(f"{begin}-{end}", FIRST_PART)) for begin, end in jumps]
    seconds = [(end, _Part(f"{begin}-{end}", SECOND_PART)) for begin, end in jumps]
    numbers = sorted({number for jump in jumps for number in jump})
    return [_Page(number, tuple(part for at, part in (*firsts, *seconds) if at == number)) for number in numbers]


def waves(*jumps: tuple[int, int]) -> list[list[int]]:
    return [[page.number for page in wave] for wave in _waves(pages(*jumps))]  # type: ignore[arg-type, attr-defined]


def test_a_page_waits_for_all_that_comes_to_it() -> None:
    assert waves((3, 1), (1, 2)) == [[3], [1], [2]]
    assert waves((1, 3), (2, 3), (2, 4)) == [[1, 2], [3, 4]]
    assert waves((4, 1), (1, 2), (2, 1), (2, 3)) == [[4], [1, 2, 3]], "in a ring nothing can wait"


def test_twice_the_pages_in_a_chain_are_twice_the_work() -> None:
    lines = [lines_run(lambda n=n: waves(*((at, at + 1) for at in range(n)))) for n in (100, 200)]  # type: ignore[misc]
    assert lines[1] < 2.2 * lines[0]
