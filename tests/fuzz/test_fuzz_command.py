"""`make fuzz`: whom it asks."""

import pytest

from tests.fuzz.__main__ import readers


def test_every_reader_is_asked_and_nothing_else() -> None:
    names = [test.rpartition("::")[2] for test in readers([])]
    assert len(names) == len(set(names)) >= 13
    assert all(name.startswith("test_") for name in names), "what a module imports is no reader"
    assert [test.rpartition("::")[2] for test in readers(["svg", "copy"])] == ["test_svg", "test_copy"]


def test_a_reader_that_is_not_there_is_told() -> None:
    with pytest.raises(SystemExit, match="no readers: svgs; there are preflight, "):
        readers(["svgs"])
