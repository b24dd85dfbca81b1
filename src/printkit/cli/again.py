"""A command line that was given before: where every file is as it was, what was printed is printed again.

It is looked for before anything else is loaded, the parser of the command line too. An answer stands for the arguments, the
folder, the environment and the terminals that it was printed on; and for every file that the command read and left.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from printkit.diagnostics import ExitCode, PrintkitError
from printkit.pipeline.kept import Kept, Key, default_folder

_COMMANDS = {"build", "check", "reprint", "site"}

_INDIFFERENT = {"PRINTKIT_JOBS", "FC_LANG", "PYDANTIC_DISABLE_PLUGINS"}
"""What decides nothing: any number of processes gives the same; `render.engine` has one language of fonts, `values` no plug-ins."""

_Decided = tuple[frozenset[Path], tuple[Path, ...], Callable[[], int] | None]
"""What was read, what was left, and what prints the answer where it is another than the one just given."""


class _Heard:
    """A stream whose words are kept in mind, and printed unless it is to be silent."""

    def __init__(self, stream: TextIO, number: int, heard: list[tuple[int, str]], *, is_silent: bool) -> None:
        self.unheard, self._number, self._heard, self._is_silent = stream, number, heard, is_silent

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unheard, name)

    def write(self, text: str) -> int:
        self.unheard.write(text[:0] if self._is_silent else text)  # nothing, too, is refused where it is of bytes
        self._heard.append((self._number, text))
        return len(text)


def unheard(stream: TextIO) -> TextIO:
    """Return a stream whose words are of this run alone, such as how far it is."""
    return getattr(stream, "unheard", stream)


_decided: list[_Decided] = []
"""What decides the answer that is being given, once its command has told it."""


def decided_by(read: frozenset[Path], left: Iterable[Path]) -> None:
    """Let what this command prints be its answer as long as the files that it read and left are the same."""
    _decided.append((read, tuple(left), None))


def foreseen(read: frozenset[Path], left: Iterable[Path], tell: Callable[[], int]) -> None:
    """Let the answer of the next time be what `tell` prints, with the code that it returns: it need not be found out then."""
    _decided.append((read, tuple(left), tell))


def answered(given: Sequence[str], run: Callable[[list[str]], int]) -> int:
    """Return the exit code of a command line, which is run unless its answer is known."""
    try:
        kept = Kept(default_folder())
        key = _key(kept, given)
        found = kept.find(key)
    except (
        PrintkitError,
        FileNotFoundError,
    ):  # the run tells it: a limit that is no number, a current folder that is gone
        return run([*given])
    if key is None:
        return run([*given])
    if found:
        heard, code = found[0]
        try:
            for number, text in heard:
                _print(_streams()[number], text)
        except BrokenPipeError:  # who read it has enough
            return int(ExitCode.FINDINGS)
        except OSError:  # the run tells it: a disk that is full
            return run([*given])
        return int(code)
    _decided.clear()
    with _hearing() as heard, _helped(given) if kept.was_kept(key) else contextlib.nullcontext():
        code = run([*given])
    for read, left, tell in _decided if code in (ExitCode.DONE, ExitCode.FINDINGS) else ():
        kept.keep(key, _unsaid(tell) if tell else (heard, code), read, left)
    return code


def _helped(given: Sequence[str]) -> contextlib.AbstractContextManager[None]:
    """Begin a process that reads and draws, where a build was made before: something small has changed, most likely one page.

    It loads its part of what is needed while this process loads the other.
    """
    from printkit.limits import Limits
    from printkit.pipeline.ahead import DRAW, READ, Step, begun
    from printkit.pipeline.jobs import cores
    from printkit.pipeline.reading import load, read

    told = os.environ.get("PRINTKIT_JOBS") or [one for one in given if one.startswith("--jobs")]
    if "build" not in given or told or cores() < 2 or not hasattr(os, "fork"):
        return contextlib.nullcontext()
    limits = Limits.of_user()

    def ready() -> None:
        from printkit.pipeline.draw import load

        load()

    def drawn(values: Any) -> object:
        from printkit.pipeline.draw import drawn_apart

        return drawn_apart(values, limits)

    steps = Step(READ, load, lambda asked: read(asked[0], limits, planning=asked[1])), Step(DRAW, ready, drawn)
    return begun(steps, limits)


def _unsaid(tell: Callable[[], int]) -> tuple[list[tuple[int, str]], int]:
    with _hearing(is_silent=True) as heard:
        code = tell()
    return heard, code


def _key(kept: Kept, given: Sequence[str]) -> Key | None:
    """Return the key of a command line's answer; None where there is none, or nothing to print it on."""
    try:
        encodings = {(stream.encoding or "utf-8").lower() for stream in _streams()}
        terminals = [os.get_terminal_size(stream.fileno()) if stream.isatty() else None for stream in _streams()]
    except (AttributeError, OSError, ValueError):  # closed, or a console that is none
        return None
    if not _COMMANDS.intersection(given) or encodings != {"utf-8"}:  # others the parser's echo goes round
        return None
    asked = re.sub(r"(^|\0)--jobs(\0|=)\d+", "", "\0".join(given))
    surroundings = sorted((name, value) for name, value in os.environ.items() if name not in _INDIFFERENT)
    return kept.key("answer", (asked, str(Path.cwd()), surroundings, terminals))


def _streams() -> tuple[TextIO, TextIO]:
    return sys.stdout, sys.stderr


def _print(stream: TextIO, text: str) -> None:
    """Print at once: where both streams go to one place their words stand in the order of then."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # what is left in it is written when Python ends
        raise


@contextlib.contextmanager
def _hearing(*, is_silent: bool = False) -> Iterator[list[tuple[int, str]]]:
    """Keep in mind what is printed: on which stream, and what."""
    heard: list[tuple[int, str]] = []
    out, err = (_Heard(stream, number, heard, is_silent=is_silent) for number, stream in enumerate(_streams()))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        yield heard
