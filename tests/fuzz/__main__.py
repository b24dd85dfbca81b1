"""Every reader fuzzed for an equal share of some minutes: `python -m tests.fuzz MINUTES [READER…]`, which is `make fuzz`.

Prints a row a reader: examples, seconds of the processor, and the most memory that one round of it had; what fails, in full. A
round of more than a gigabyte, or of a quarter of an hour of the processor, fails, too. A reader that fails has had its share. What hypothesis found is kept in `.hypothesis`, where the next run begins with it.
"""

import importlib
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TIMES = "30"
"""A round is so many times what the suite looks at: long beside what it costs to begin, short beside a share."""

MOST_MEMORY, MOST_SECONDS = 1024, 900
"""Megabytes and seconds of the processor that a round may have."""


def readers(wanted: list[str]) -> list[str]:
    """Return the tests of all readers, or of those of some names in their order; end where there is none of a name."""
    found: dict[str, str] = {}
    for module in sorted(HERE.glob("test_*.py")):
        tests = vars(importlib.import_module(f"tests.fuzz.{module.stem}"))
        own = (name for name, test in tests.items() if name.startswith("test_") and hasattr(test, "hypothesis"))
        found |= {name.removeprefix("test_"): f"{module}::{name}" for name in own}
    if strange := set(wanted) - set(found):
        sys.exit(f"no readers: {', '.join(sorted(strange))}; there are {', '.join(found)}")
    return [found[name] for name in wanted or found]


def one_round(test: str) -> tuple[int, str, resource.struct_rusage]:
    """Search once, in a process that knows the libraries already; return its exit code, its words and what it used."""
    with tempfile.TemporaryFile("w+") as told:
        pid = os.fork()
        if pid == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
            known = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # the libraries that a round finds loaded
            search = ("--hypothesis-profile=search", "--hypothesis-show-statistics")
            os._exit(pytest.main(["-q", "-p", "no:cacheprovider", *known, *search, test]))
        _, status, used = os.wait4(pid, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read(), used


def main(minutes: float, wanted: list[str]) -> int:
    """Search for so many minutes; return an exit code."""
    os.environ["FUZZ_TIMES"] = TIMES
    tests = readers(wanted)
    end, failed = time.monotonic() + 60 * minutes, 0
    print(f"{'reader':<20} {'examples':>9} {'CPU s':>7} {'MB':>5}", flush=True)
    for place, test in enumerate(tests):
        until = time.monotonic() + (end - time.monotonic()) / (len(tests) - place)
        examples, seconds, memory, code, words = 0, 0.0, 0, 0, ""
        while code == 0 and memory <= MOST_MEMORY and (not words or time.monotonic() < until):
            code, words, used = one_round(test)
            examples += sum(int(count) for count in re.findall(r"(\d+) (?:passing|failing|invalid)", words))
            seconds, memory = seconds + used.ru_utime + used.ru_stime, max(memory, used.ru_maxrss // 1024)
        failed += code != 0 or memory > MOST_MEMORY
        print(f"{test.rpartition('test_')[2]:<20} {examples:>9} {seconds:>7.0f} {memory:>5}", flush=True)
        if memory > MOST_MEMORY:
            print(f"more than {MOST_MEMORY} MB", flush=True)
        if code:
            print(f"{words}\nended with {code}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
