"""The command line: arguments in, exit code out; no logic.

Heavy imports wait inside the commands, so that ``--help`` and faulty input answer at once; the parser of the command line
waits, too, until it is known that the same was not asked before (`again`).
"""

import gc
import sys
from collections.abc import Sequence

from printkit.cli.again import answered
from printkit.cli.values import quicken
from printkit.cli.watched import watched

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; given no arguments, those of the process, in one of its own."""
    if arguments is not None:
        return _uncollected(arguments)
    quicken()
    code = watched(lambda: _uncollected(sys.argv[1:]), as_json="--json" in sys.argv)
    gc.freeze()  # Python looks for garbage once more when it ends: in all that there is, for a third of a second
    sys.exit(code)


def _uncollected(arguments: Sequence[str]) -> int:
    # What a command makes it needs to its end: looking for garbage costs a tenth of its time and finds a fiftieth.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return answered(arguments, _run)
    finally:
        if collecting:
            gc.enable()


def _run(given: list[str]) -> int:
    from printkit.cli.command_line import run

    return run(given)
