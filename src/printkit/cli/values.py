"""Frozen values whose methods are written when they are first called: of the thousand that printkit declares a run calls a tenth.

Up to Python 3.12 a dataclass compiles each of its methods where it is declared, which is nearly half of the time that loading
the pipeline takes; from 3.13 on it compiles all of a class at once. Only a process of our own does so, and only for printkit's own classes.
"""

import dataclasses
import os
from collections.abc import Callable
from typing import Any


def quicken() -> None:
    """Let printkit's dataclasses that are declared from here on have their methods written later.

    And let pydantic, which is loaded after them, not look through all packages for what would change how files are read.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    write: Callable[..., Any] | None = getattr(dataclasses, "_create_fn", None)
    if write is None:
        return

    def written(name: str, *args: Any, **given: Any) -> Any:
        is_ours = (given.get("globals") or {}).get("__name__", "").startswith("printkit.")
        return _later(name, lambda: write(name, *args, **given)) if is_ours else write(name, *args, **given)

    dataclasses._create_fn = written  # type: ignore[attr-defined]  # noqa: SLF001  # each method is made by it


def _later(name: str, write: Callable[[], Any]) -> Any:
    """Return a method that puts the true one in its own place when it is called."""
    made: list[Any] = []

    def method(self: Any, *args: Any, **given: Any) -> Any:
        if not made:
            made.append(write())
            for kind in type(self).__mro__:
                if kind.__dict__.get(name) is method:
                    setattr(kind, name, made[0])
        return made[0](self, *args, **given)

    method.__name__ = name
    return method
