"""A command in a process of its own: what ends it deep in a library is told by the one that waits for it.

Python hears its timer late where a library loops, and libraries that get no memory end their process; the kernel holds that
process to the user's limits (`limits.held`). The one that waits has loaded nothing, tells over which limit the other was, at
the place that it noted last, and passes on what is sent to it. Where a system cannot, the command runs in this process.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from printkit.diagnostics import Diagnostic, ExitCode, Say
from printkit.limits import Limits, noted_place, of_signal, share_place

try:
    import fcntl
except ImportError:  # a system without, which has no fork either
    fcntl = None  # type: ignore[assignment]

_SENT = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name))
"""What people and systems send to end a run; a terminal sends it to both processes by itself."""


def watched(command: Callable[[], int], *, as_json: bool) -> int:
    """Run a command in a process of its own; return its exit code, in either process."""
    if not hasattr(signal, "sigwaitinfo") or not hasattr(fcntl, "F_SETSIG"):
        return command()
    share_place()
    ours, held_open = os.pipe()
    blocked = {*_SENT, signal.SIGCHLD}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, blocked)
    pid = os.fork()
    if pid:
        os.close(ours)
        return _waited(pid, blocked, as_json=as_json)
    os.close(held_open)
    _end_with_parent(ours)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return command()


def _end_with_parent(pipe: int) -> None:
    """Have the kernel end this process when nobody holds the other end of a pipe: its parent was killed."""
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)  # type: ignore[attr-defined,unused-ignore]  # Linux's alone
    fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    with contextlib.suppress(BlockingIOError):
        if os.read(pipe, 1) == b"":  # it ended before this was asked for
            os.kill(os.getpid(), signal.SIGKILL)


def _waited(pid: int, signals: set[signal.Signals], *, as_json: bool) -> int:
    """Wait for the process; what is sent to this one alone is sent on."""
    while True:
        sent = signal.sigwaitinfo(signals)
        if sent.si_signo != signal.SIGCHLD:
            if sent.si_code <= 0:  # from a process, and not from the terminal, which has told both
                os.kill(pid, sent.si_signo)
            continue
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended and not os.WIFSTOPPED(status):
            break
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    return _told(os.WTERMSIG(status), as_json=as_json)


def _told(number: int, *, as_json: bool) -> int:
    """Tell what a signal that ended the process means."""
    from printkit.cli.terminal import (  # loads the parser, which a run that was kept needs not
        Settings,
        language_of,
        tell,
    )

    Settings.language = language_of(sys.argv[1:])
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h")  # the cursor, which the progress line hides
    if number in _SENT:
        _end_likewise(number)
    if over := of_signal(Limits.of_user(), number, noted_place()):
        tell([over], Path.cwd(), as_json=as_json)
        return int(ExitCode.BAD_INPUT)
    name = signal.Signals(number).name
    message = Say(f"the run was ended by {name}; nothing is half-written", f"运行被 {name} 终止；没有写出不完整的文件")
    hint = Say("was there too little memory? `--jobs 1` takes the least", "是否内存不足？`--jobs 1` 占用最少")
    tell([Diagnostic("internal.ended", message, hint=hint, where=noted_place())], Path.cwd(), as_json=as_json)
    return int(ExitCode.INTERNAL)


def _end_likewise(number: int) -> NoReturn:
    """End by the same signal, so that a shell sees what it was."""
    signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
    os.kill(os.getpid(), number)
    raise SystemExit(128 + number)
