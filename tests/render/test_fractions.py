"""The layouts in shares of the page: their slots at every number of columns, leading and size, and where there is no room."""

from itertools import combinations
from pathlib import Path

import pytest

from printkit.diagnostics import InputError
from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import contexts_of
from printkit.pipeline.measure import measured
from printkit.pipeline.run import Run
from printkit.source import read_edition
from tests.support.papers import write_paper

ACROSS = {
    "front": {"lead": (0, 0.76), "second": (0, 0.43), "photo": (0.43, 0.76), "third": (0.43, 0.76), "briefs": (0.76, 1)},
    "inside-ad": {
        "lead": (0, 0.76), "boxed": (0.76, 1), "second": (0, 0.43), "third": (0.43, 0.67), "photo": (0.67, 1), "ad": (0, 1),
    },
    "front-b": {"lead": (0, 1), "second": (0, 0.4), "boxed": (0.4, 0.65), "third": (0.65, 1), "briefs": (0.65, 1)},
    "inside-b": {"group": (0, 1), "second": (0, 0.6), "third": (0.6, 1), "fourth": (0.6, 1)},
    "supplement": {
        "essay": (0, 0.6), "poem": (0.6, 1), "art": (0.6, 1), "essay2": (0, 0.4), "serial": (0.4, 0.8), "column": (0.8, 1),
    },
    "pictures": {
        "main": (0, 1), "text": (0, 0.2), "p2": (0.2, 0.6), "p3": (0.6, 1), "p4": (0.2, 0.6), "p5": (0.6, 1),
    },
    "service": {
        "lead": (0, 0.6), "table": (0.6, 1), "qa": (0, 0.4), "weather": (0.4, 0.65), "photo": (0.65, 1), "notices": (0, 1),
    },
}  # fmt: skip
"""Left and right edge of every slot, in shares of the page."""
GRIDS = [("tabloid", 4, 12), ("tabloid", 5, 13.5), ("tabloid", 6, 11), ("broadsheet", 7, 13)]


def geometry(folder: Path, layout: str, size: str, columns: int, leading: float) -> PageGeometry:
    (folder / "house.css").write_text(
        f":root {{ --columns: {columns}; --body-leading: {leading}pt }}", encoding="utf-8"
    )
    edition = write_paper(folder, {}, layout=layout, paper={"page_size": size, "stylesheets": ["house.css"]})
    text = edition.read_text(encoding="utf-8").replace("stories: []", "stories: [{ad: reserved, slot: x}]")
    edition.write_text(text, encoding="utf-8")
    page = contexts_of(read_edition(edition)[0])[0]
    return measured(Run(), page, {})[0]


@pytest.mark.parametrize(("size", "columns", "leading"), GRIDS)
@pytest.mark.parametrize("layout", ACROSS)
def test_slots_stand_at_their_shares(layout: str, size: str, columns: int, leading: float, tmp_path: Path) -> None:
    found = geometry(tmp_path, layout, size, columns, leading)
    grid = found.grid
    assert (grid.columns, grid.leading) == (columns, leading * 1000)
    assert set(found.slots) - {"ear", "side"} == set(ACROSS[layout])
    step = grid.column + grid.gutter
    for name, (left, right) in ACROSS[layout].items():
        rect = found.slots[name].rect
        inset = grid.gutter if name in ("boxed", "poem") else 100  # room between frame or tint and text
        first, after = round(left * columns), round(right * columns)
        assert after > first
        assert 0 <= rect.x - grid.main.x - first * step + 100 <= inset + 100, name
        assert 0 <= grid.main.x + after * step - grid.gutter - rect.right + 100 <= inset + 100, name
        assert rect.bottom <= grid.main.bottom + 100
        if inset == 100:
            assert (rect.y - grid.main.y + 100) % grid.leading <= 200, f"{name} starts on a line"
    for a, b in combinations(found.slots.values(), 2):
        apart = (
            a.rect.x >= b.rect.right
            or b.rect.x >= a.rect.right
            or a.rect.y >= b.rect.bottom
            or b.rect.y >= a.rect.bottom
        )
        assert apart, f"{a.name} and {b.name}"
    foot = max(slot.rect.bottom for slot in found.slots.values())
    assert grid.main.bottom - foot < 2 * grid.leading


def test_text_columns_are_those_nearest_to_a_measure(tmp_path: Path) -> None:
    slots = geometry(tmp_path, "supplement", "tabloid", 5, 12).slots
    assert (slots["essay"].columns, slots["poem"].columns, slots["serial"].columns) == (2, 2, None)


def test_too_few_columns_are_told_with_the_slot(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        geometry(tmp_path, "service", "tabloid", 2, 12)
    [fault] = [d for d in told.value.diagnostics if "“weather”" in d.message.en]
    assert fault.code == "layout.empty-slot"
    assert fault.hint
    assert "more than 2 columns" in fault.hint.en
