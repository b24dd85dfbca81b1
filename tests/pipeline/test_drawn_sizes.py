"""What drawn pages may take of the memory, before files are made of several copies of them."""

from types import SimpleNamespace
from typing import Any

import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.limits import Limits
from printkit.pdf.part import PagePart
from printkit.pipeline.draw import drawn_pages
from printkit.render.look import SCREEN


def part(size: int) -> PagePart:
    return PagePart(b"x" * size, (), "1", {}, ())


@pytest.mark.parametrize(("sizes", "told_at"), [([80, 101, 10], 1), ([100] * 9, 8), ([100] * 8, None)])
def test_pages_too_large_to_make_files_of_are_told_at_their_layout(sizes: list[int], told_at: int | None) -> None:
    where = [SourceRef("edition.yaml", number) for number in range(len(sizes))]
    pages: Any = [SimpleNamespace(stories=(), page=SimpleNamespace(number=str(one.line), where=one)) for one in where]
    run: Any = SimpleNamespace(limits=Limits(memory=800), alike=False, each=lambda *_: map(part, sizes))
    if told_at is None:
        assert len(drawn_pages(run, pages, [SCREEN])[SCREEN]) == len(sizes)
        return
    with pytest.raises(InputError) as raised:
        drawn_pages(run, pages, [SCREEN])
    (told,) = raised.value.diagnostics
    assert (told.code, told.where) == ("limits.memory", where[told_at])
