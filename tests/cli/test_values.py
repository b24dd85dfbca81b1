"""Values whose methods are written later are as Python's own: equal, hashed, printed, frozen, pickled."""

import dataclasses
import pickle
import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest

from printkit.cli.values import quicken

_DECLARED = """
from dataclasses import dataclass, field

@dataclass(frozen=True, slots=True)
class Place:
    name: str
    rows: tuple[int, ...] = field(default_factory=tuple, repr=False)

    def __post_init__(self):
        assert self.name

@dataclass(frozen=True, slots=True)
class Wide(Place):
    width: int = 1

@dataclass(slots=True, order=True)
class Plain:
    width: int
"""


def _declared(name: str) -> Any:
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(_DECLARED, module.__dict__)  # noqa: S102  # a module that is not there before
    return module


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    if not hasattr(dataclasses, "_create_fn"):
        pytest.skip("this Python compiles all methods of a class at once")
    monkeypatch.setattr(dataclasses, "_create_fn", dataclasses._create_fn)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "1")
    quicken()
    yield _declared("printkit.told")
    del sys.modules["printkit.told"]


def test_values_are_as_they_were(later: Any) -> None:
    one = later.Wide("a", (1,), width=2)
    assert one == later.Wide("a", (1,), 2)
    assert one != later.Wide("a", (1,), 3)
    assert one != later.Place("a", (1,))
    assert hash(one) == hash(later.Wide("a", (1,), 2)) == hash(("a", (1,), 2))
    assert repr(one) == "Wide(name='a', width=2)"
    assert dataclasses.replace(one, name="b") == later.Wide("b", (1,), 2)
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name
    with pytest.raises(AssertionError):
        later.Place("")
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        later.Place()
    assert later.Plain(1) < later.Plain(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(later.Plain(1))


def test_a_method_is_written_once_and_then_stands_in_its_place(later: Any) -> None:
    before = later.Wide.__init__, later.Place.__init__
    later.Wide("a")
    later.Wide("a")
    assert later.Wide.__init__ is not before[0]
    assert "width" in later.Wide.__init__.__code__.co_varnames
    assert later.Place.__init__ is before[1]


def test_classes_of_others_are_left_alone(later: Any) -> None:
    others = _declared("elsewhere")
    try:
        assert "width" in others.Wide.__init__.__code__.co_varnames
        assert "width" not in later.Wide.__init__.__code__.co_varnames
    finally:
        del sys.modules["elsewhere"]
