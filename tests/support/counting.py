"""Work counted instead of timed: the lines of printkit's own code that a call runs, the same on every machine.

What a line gives to C (a slice, a regular expression) counts as that one line: what such costs, `make bench` tells.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import printkit

_HOME = str(Path(printkit.__file__).parent)


def lines_run(call: Callable[[], object]) -> int:
    """Run a call; return how many lines of printkit's code that took."""
    count = 0

    def in_frame(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return in_frame

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        return in_frame if frame.f_code.co_filename.startswith(_HOME) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
