"""The command line: arguments in, exit code out; no logic.

Heavy imports wait inside the commands, so that ``--help`` and faulty input answer at once; the parser of the command line
waits, too, until it is known that the same was not asked before (`again`).
"""

import gc
import sys
from collections.abc import Sequence

from printkit.cli.again import answered

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    # What a command makes it needs to its end: looking for garbage costs a tenth of its time and finds a fiftieth.
    collecting = gc.isenabled()
    gc.disable()
    try:
        code = answered(sys.argv[1:] if arguments is None else arguments, _run)
    finally:
        if collecting:
            gc.enable()
    if arguments is None:
        gc.freeze()  # Python looks for garbage once more when it ends: in all that there is, for a third of a second
        sys.exit(code)
    return code


def _run(given: list[str]) -> int:
    from printkit.cli.command_line import run

    return run(given)
