"""A look at the site on this machine (`printkit site --serve`): 127.0.0.1 alone, as the documented server would show it.

It knows the types, the page for what is not there, and the site's place on its server, where the address has one. For
readers the site is put on a web server or an object store: docs/serving.md.
"""

import errno
import io
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import BinaryIO
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.epaper import names

HOST = "127.0.0.1"
LAST_PORT = 65535

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".epub": "application/epub+zip",
}
"""Of all that a site has; the system's own list, which Python asks, is another on every machine."""


class _Handler(SimpleHTTPRequestHandler):
    """Shows the files of one folder below one path."""

    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES  # the base class's own name for it

    def __init__(self, *args: object, base: str, folder: str, **kwargs: object) -> None:
        self._base = base
        super().__init__(*args, directory=folder, **kwargs)  # type: ignore[arg-type]  # socketserver's own arguments

    def translate_path(self, path: str) -> str:
        """Return the file of a path; one that is hidden or outside the site's place is none."""
        asked = _written_alike(urlsplit(path).path)
        below = asked.removeprefix(self._base)
        parts = unquote(below).split("/")
        if not asked.startswith(self._base) or any(part.startswith(".") or "\0" in part for part in parts):
            return str(Path(self.directory) / ".not-here")
        return super().translate_path("/" + below)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send a file's head; the site's place is where a visitor of the bare address, or of its name, is sent."""
        if _written_alike(urlsplit(self.path).path) + "/" in ("//", self._base) and self._base != "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._base)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return super().send_head()

    def list_directory(self, path: object) -> None:
        """Show no lists: a folder without index.html is not there."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for what is not there."""
        page = Path(self.directory) / names.MISSING
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", _TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Let nothing be kept without asking: the next build is to be seen."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name for it
        """Say nothing."""


def _written_alike(path: str) -> str:
    """Return a path percent-encoded in one way, whichever way it was written: 报 and %e6%8a%a5 are one."""
    return quote(unquote_to_bytes(path))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Take the port; the base class also asks for the name of its address, and hangs where nobody answers."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])


def server(folder: Path, port: int, address: str = "") -> ThreadingHTTPServer:
    """Return a server of a site, not yet running; port 0 takes a free one.

    Args:
        folder: the site's.
        port: where it listens.
        address: the site's own; where it has a path, the site is shown below it, so that every link holds.

    Raises:
        UsageError: the folder is no site, or the port is taken.
    """
    if not (folder / names.MARKER).is_file():
        raise UsageError(
            [
                Diagnostic(
                    "site.nothing-to-serve",
                    Say(f"{folder} is no site: it has no {names.MARKER}", f"{folder} 不是网站：没有 {names.MARKER}"),
                    hint=Say("make one: printkit site EDITION -o DIR", "先生成：printkit site EDITION -o DIR"),
                )
            ]
        )
    base = _written_alike(urlsplit(address).path.rstrip("/")) + "/"
    return _listening(port, partial(_Handler, base=base, folder=str(folder)))


def check_port(port: int) -> None:
    """See that a port can be listened on, before the work whose outcome is to be shown there.

    Raises:
        UsageError: the port is taken, or there is none of that number.
    """
    _listening(port, BaseHTTPRequestHandler).server_close()


def _listening(port: int, handler: Callable[..., BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    if not 0 <= port <= LAST_PORT:
        raise _bad_port(port, "is none: they go from 1 to 65535", "不存在，应为 1 到 65535")
    try:
        return _Server((HOST, port), handler)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _bad_port(port, "is taken", "已被占用") from error
        raise _bad_port(port, f"cannot be used: {error.strerror}", f"不能用：{error.strerror}") from error


def _bad_port(port: int, en: str, zh: str) -> UsageError:
    hint = Say("choose another with --port", "请用 --port 换一个")
    return UsageError([Diagnostic("usage.port", Say(f"port {port} {en}", f"端口 {port} {zh}"), hint=hint)])


def serve(folder: Path, port: int, tell: Callable[[str], None], address: str = "") -> None:
    """Serve a site until the keyboard interrupts; `tell` is given the address to open.

    Raises:
        UsageError: the folder is no site, or the port is taken.
    """
    with server(folder, port, address) as running:
        place = _written_alike(urlsplit(address).path) or "/"
        tell(f"http://{HOST}:{running.server_address[1]}{place}")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return
