"""The desk from its start to Ctrl-C: the port, the server's thread, the watcher's, and the work in the main one."""

import datetime
import errno
import gc
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.preview.first import FirstReader, helped
from printkit.preview.work import Work

if TYPE_CHECKING:  # loaded once the address is told
    from concurrent.futures import Future

    from starlette.types import ASGIApp

    from printkit.preview.desk import Desk

HOST = "127.0.0.1"
LAST_PORT = 65535
_TRIED = 40
"""Ports after the one asked for that are tried."""
_OBJECTS = 200_000
"""Objects made since garbage was looked for last: Python's own number has it look some hundred times a page."""
_SWITCH = 0.0005
"""Seconds after which one thread lets another go on: whoever asks for a picture does not wait while the next page is made."""
_PATIENCE = 3
"""Seconds for the server to close its connections."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the desk is shown and what it writes: its port, how files are opened, where finished files go, today, the language."""

    port: int
    editor: str
    out: Path
    today: datetime.date
    language: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the desk is begun with: the edition, as another process reads it meanwhile, too, and who is told of what."""

    path: Path
    first: FirstReader
    helping: ExitStack
    """Ends that process."""
    options: Options
    warn: Callable[[Say], None]


def run(path: Path, options: Options, tell: Callable[[str], None], warn: Callable[[Say], None]) -> None:
    """Show an edition until the keyboard interrupts; `tell` is given the address, `warn` what is not as asked.

    Raises:
        UsageError: no port is free.
        InputError: there is no such edition.
    """
    if not path.is_file():
        from printkit.source import read_edition

        read_edition(path)  # raises what is wrong with it
    listening = listen(options.port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    tell(f"http://{HOST}:{port}/?token={token}")
    if options.port and port != options.port:
        warn(Say(f"port {options.port} is taken: {port} in its place", f"端口 {options.port} 已被占用，改用 {port}"))
    with ExitStack() as helping:
        first = helping.enter_context(helped(path.absolute()))
        _serve(_Asked(path, first, helping, options, warn), listening, token)


def _serve(asked: _Asked, listening: socket.socket, token: str) -> None:
    # Loaded once the address is told: the browser waits at the port meanwhile; the pipeline once the page can be read.
    import uvicorn

    from printkit.preview.guard import Guard
    from printkit.preview.opening import Opening

    port = listening.getsockname()[1]
    opening = Opening(asked.options.language)
    config = uvicorn.Config(Guard(opening, token, port), log_level="critical", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    sys.setswitchinterval(_SWITCH)
    work = Work()

    def interrupted(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is ending: once is enough
        work.stop()  # should the exception be lost in a callback, where Python drops it,
        sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else told(lost)  # and tells of it
        raise KeyboardInterrupt

    told = sys.unraisablehook
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        _work(asked, work, opening.desk, (token, port))
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = told
        server.should_exit = server.force_exit = True
        thread.join(_PATIENCE)


def _work(asked: _Asked, work: Work, ready: "Future[ASGIApp]", place: tuple[str, int]) -> None:
    """Load the desk and work at it until the keyboard interrupts; `place` is the token, and the port."""
    from printkit.preview.desk import Desk
    from printkit.preview.facts import Links
    from printkit.preview.finishing import Finish
    from printkit.preview.server import Server
    from printkit.preview.watching import watch

    options = asked.options
    desk, stop = Desk(asked.path, work, asked.first, asked.helping), Event()
    server = Server(desk, Links(options.editor), Finish(options.out, options.today, options.language))
    ready.set_result(server.app(*place))
    watching = Thread(target=watch, args=(desk, stop), daemon=True)
    watching.start()
    if not desk.may_write:
        asked.warn(Say("the folder is read-only: look only", "文件夹只读：只能看，不能改"))
    gc.set_threshold(_OBJECTS)
    desk.told.append(_collecting(desk))
    desk.work.ask(desk.refresh)
    try:
        desk.work.run()
    finally:
        stop.set()
        desk.work.close()
        server.close()
        watching.join(_PATIENCE)


def _collecting(desk: "Desk") -> Callable[[tuple[str, ...]], None]:
    """Have garbage looked for once a page is shown, which a command never does; in what stays from the first round only then."""

    def collect(numbers: tuple[str, ...]) -> None:
        if numbers or not desk.is_busy:
            gc.enable()
        if not desk.is_busy:
            gc.collect()
            gc.freeze()
            desk.told.remove(collect)

    return collect


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a port of this machine alone, or on the next that is free; 0 takes any.

    Raises:
        UsageError: none is free.
    """
    if not 0 <= port <= LAST_PORT:
        raise _no_port(port)
    for tried in range(port, min(port + _TRIED, LAST_PORT) + 1):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, tried))
            listening.listen()
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            return listening
    raise _no_port(port)


def _no_port(port: int) -> UsageError:
    message = Say(f"port {port} cannot be used, nor those after it", f"端口 {port} 及其后的端口都不能用")
    hint = Say("choose another with --port, from 1 to 65535", "请用 --port 换一个，1 到 65535")
    return UsageError([Diagnostic("usage.port", message, hint=hint)])
