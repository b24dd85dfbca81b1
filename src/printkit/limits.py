"""What a piece of work with others' material may use up: memory, processor time, the size of a file.

A piece that wants more ends as one fault (`limits.memory`, `limits.time`) and not as a machine that answers nobody.
The bounds are the user's (``PRINTKIT_MEMORY`` in MB, ``PRINTKIT_SECONDS``), never the paper's, whose folder may be a
stranger's. They are the kernel's (`resource`), and a timer of the processor time that the piece itself takes: what else
the machine does shortens nobody's. What the kernel ends is told by the process that waits for it (`cli.watched`,
`pipeline.jobs`), at the place that was noted last.
"""

import _thread
import contextlib
import json
import mmap
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, SourceRef, UsageError

try:
    import resource
except ImportError:  # a system without: memory is not held, and a thread is the timer
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

_MB = 2**20
_GRACE = 2
"""Of how many times its time the kernel ends a process that does not hear the timer, deep in a library."""

_HERE = str(Path(__file__).parent)


class OverTimeError(BaseException):
    """The piece's time is up; no Exception, so that no library that expects faults takes it for one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work, such as a page, may take beyond what the run has: bytes and seconds."""

    memory: int = 2048 * _MB
    seconds: int = 60

    @classmethod
    def of_user(cls) -> "Limits":
        """Return what the environment gives.

        Raises:
            UsageError: it gives no whole number.
        """
        return cls(given_number("PRINTKIT_MEMORY", 2048) * _MB, given_number("PRINTKIT_SECONDS", 60))


DEFAULT = Limits()


def given_number(name: str, default: int, least: int = 1) -> int:
    """Return a whole number that the user's environment gives.

    Raises:
        UsageError: it gives something else.
    """
    text = os.environ.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) >= least):
        message = Say(f"{name} is no whole number from {least}: {text!r}", f"{name} 不是从 {least} 起的整数：{text!r}")
        hint = Say(f"leave it out for {default}", f"不写则为 {default}")
        raise UsageError([Diagnostic("usage.limit", message, hint=hint)])
    return int(text)


@contextlib.contextmanager
def held(limits: Limits, pieces: int = 1, where: SourceRef | None = None) -> Iterator[None]:
    """Hold what is done in it to the limits of some pieces; `where` is told where nothing nearer is known (`at`).

    Raises:
        InputError: it wants more of either; nothing that it made can be trusted to be whole.
    """
    try:
        with (
            at(where),
            _timer(limits.seconds * max(pieces, 1)),
            _processor(limits.seconds * max(pieces, 1)),
            _memory(limits.memory),
        ):
            yield
    except OverTimeError as error:
        raise InputError([over_time(limits, _place_of(error))]) from None
    except MemoryError as error:
        raise InputError([over_memory(limits, _place_of(error))]) from None


@contextlib.contextmanager
def at(where: SourceRef | None) -> Iterator[None]:
    """Have what goes over the limits in it, or is ended by the kernel, told at a file of its own."""
    before = noted_place()
    _note_place(where)
    try:
        yield
    except (OverTimeError, MemoryError) as error:
        if where:
            vars(error).setdefault("where", where)
        raise
    finally:
        _note_place(before)


def within(limits: Limits, work: Callable[[], T], where: SourceRef | None = None) -> T | PrintkitError:
    """Do a piece of work within its limits, as `held`; return what came of it or what is wrong with it, for another process."""
    try:
        with held(limits, where=where):
            return work()
    except PrintkitError as error:
        return error


@contextlib.contextmanager
def _timer(seconds: int) -> Iterator[None]:
    """Raise in the work when it has taken so much of the processor, within what a timer around it leaves."""
    if threading.current_thread() is not threading.main_thread():
        yield
    elif not hasattr(signal, "setitimer"):
        with _watchdog(seconds):
            yield
    elif 0 < (left := signal.getitimer(signal.ITIMER_PROF)[0]) <= seconds:
        yield
    else:
        begun = time.process_time()
        with _raised_at(signal.SIGPROF):
            signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # again each second, should a library swallow the first
            try:
                yield
            finally:
                rest = max(left - (time.process_time() - begun), 0.001) if left else 0
                signal.setitimer(signal.ITIMER_PROF, rest, 1)


@contextlib.contextmanager
def _raised_at(number: int) -> Iterator[None]:
    """Raise in the work at a signal, and at its end where a library made something else of that or went on."""
    is_up = False

    def up(number: int, frame: FrameType | None) -> None:
        nonlocal is_up
        is_up = True
        raise OverTimeError

    before = signal.signal(number, up)
    try:
        yield
    except Exception:
        if not is_up:
            raise
    finally:
        signal.signal(number, before)
    if is_up:  # WeasyPrint leaves a drawing out, and goes on
        raise OverTimeError


_WATCHED = threading.Lock()
_LOOK = 0.05
"""Seconds between two looks at the time."""


@contextlib.contextmanager
def _watchdog(seconds: int) -> Iterator[None]:
    """Do as `_timer` where the system has none: another thread looks at the time, and interrupts this one; the outermost counts."""
    if not _WATCHED.acquire(blocking=False):
        yield
        return
    ends, is_done = time.process_time() + seconds, threading.Event()

    def look() -> None:
        while not is_done.wait(_LOOK):
            if time.process_time() >= ends:
                _thread.interrupt_main(signal.SIGTERM)  # which nothing else sends where there are no signals
                is_done.wait(1)  # and again, as the timer

    watching = threading.Thread(target=look, daemon=True)
    try:
        with _raised_at(signal.SIGTERM):
            watching.start()
            try:
                yield
            finally:
                is_done.set()
                watching.join()
    finally:
        _WATCHED.release()


@contextlib.contextmanager
def _memory(size: int) -> Iterator[None]:
    """Let the process have so much more memory than it has."""
    if resource is None or (now := _taken()) is None:
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [now + size, *(one for one in (before, most) if one != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def _taken() -> int | None:
    """Return the bytes of addresses that the process has; None where the system does not say, nor holds anybody to it."""
    if sys.platform != "linux":
        return None
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123  # no file of anybody's
        return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


@contextlib.contextmanager
def _processor(seconds: int) -> Iterator[None]:
    """Have the kernel end the process where a library in it does not hear the timer, if another waits for it to tell so."""
    if (
        resource is None
        or not _SHARED
        or (limit := resource.getrlimit(resource.RLIMIT_CPU))[0] != resource.RLIM_INFINITY
    ):
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    ends = int(used.ru_utime + used.ru_stime) + 1 + _GRACE * seconds
    resource.setrlimit(resource.RLIMIT_CPU, (ends, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, limit)


def hold_files(limits: Limits) -> None:
    """Have the kernel keep the files of this process to the size of its memory, and write no core."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        size = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        size = limits.memory if size == resource.RLIM_INFINITY else min(size, limits.memory)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


# --- what a process that the kernel ended was at ----------------------------------------------------------

_SHARED: list[mmap.mmap] = []
"""Memory that a process shares with the one that waits for it; none where nobody does, and the kernel may end nothing."""


def shared_page() -> mmap.mmap:
    """Return memory that processes which are forked from here on share with this one."""
    return mmap.mmap(-1, mmap.PAGESIZE)


def share_place(page: mmap.mmap | None = None) -> None:
    """Have this process, and those that are forked from it, note what they are at in some memory, else in some of their own."""
    _SHARED[:] = [page or shared_page()]


def noted_place(page: mmap.mmap | None = None) -> SourceRef | None:
    """Return what was noted last, in some memory or by this process."""
    pages = [page] if page else _SHARED
    text = pages[0][:].partition(b"\0")[0] if pages else b""
    with contextlib.suppress(ValueError, TypeError):  # it was ended while it noted
        return SourceRef(*json.loads(text))
    return None


def _note_place(where: SourceRef | None) -> None:
    if _SHARED and where:
        text = json.dumps((where.file, where.line, where.column, where.field)).encode() + b"\0"
        if len(text) <= mmap.PAGESIZE:
            _SHARED[0][: len(text)] = text


_MEMORY = frozenset(
    getattr(signal, name) for name in ("SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS", "SIGXFSZ") if hasattr(signal, name)
)
"""What libraries end in that get no memory: GLib traps, C++ aborts, others write where they were given nothing."""


def of_signal(limits: Limits, number: int, where: SourceRef | None = None) -> Diagnostic | None:
    """Tell over which limit a process was that a signal ended; None where it was no limit."""
    if number == getattr(signal, "SIGXCPU", None):
        return over_time(limits, where)
    return over_memory(limits, where) if number in _MEMORY else None


def over_time(limits: Limits, where: SourceRef | None = None) -> Diagnostic:
    """Tell that a piece took too long."""
    return Diagnostic(
        "limits.time",
        Say(f"this takes more than {limits.seconds} s of the processor", f"处理超过 {limits.seconds} 秒"),
        hint=Say(
            "look for loops, huge pictures, gradients or nested patterns in what is read here; "
            "PRINTKIT_SECONDS allows more",
            "请检查所用的循环、超大图片、渐变或嵌套图案；可用 PRINTKIT_SECONDS 放宽",
        ),
        where=where,
    )


def over_memory(limits: Limits, where: SourceRef | None = None) -> Diagnostic:
    """Tell that a piece wants too much memory."""
    size = limits.memory // _MB
    return Diagnostic(
        "limits.memory",
        Say(f"this takes more than {size} MB of memory", f"处理所需内存超过 {size} MB"),
        hint=Say(
            "look for huge pictures, tables or repetitions in what is read here; PRINTKIT_MEMORY allows more",
            "请检查所用的超大图片、表格或重复；可用 PRINTKIT_MEMORY 放宽",
        ),
        where=where,
    )


def template_place(error: BaseException) -> SourceRef | None:
    """Return the template's line that an error arose at, named by its last two folders; None where in none."""
    place = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith((".j2", ".html")):
            template = frame.f_globals.get("__jinja_template__")  # where Jinja2 has not put its own lines right yet
            number = template.get_corresponding_lineno(line) if template else line
            place = SourceRef("/".join(Path(frame.f_code.co_filename).parts[-3:]), number or 1)
    return place


def _place_of(error: BaseException) -> SourceRef | None:
    return template_place(error) or vars(error).get("where")


def is_foreign(error: BaseException) -> bool:
    """Say whether an error arose in a library's own code, and not in ours."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and not frames[-1].filename.startswith(_HERE)
