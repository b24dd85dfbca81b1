"""A look at the site on this machine (`printkit site --serve`): 127.0.0.1 alone, as the documented server would show it.

It knows the types, the page for what is not there, and the site's place on its server, where the address has one. For
readers the site is put on a web server or an object store: docs/serving.md.
"""

import errno
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.epaper import names

HOST = "127.0.0.1"

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
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
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
        asked = urlsplit(path).path
        parts = unquote(asked).split("/")
        if not asked.startswith(self._base) or any(part.startswith(".") or "\0" in part for part in parts):
            return str(Path(self.directory) / ".not-here")
        return super().translate_path("/" + asked.removeprefix(self._base))

    def do_GET(self) -> None:
        """Send a file; the site's place on its server is where a visitor of the bare address is sent."""
        if urlsplit(self.path).path == "/" != self._base:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._base)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

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


class _Server(ThreadingHTTPServer):
    daemon_threads = True


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
    base = urlsplit(address).path or "/"
    handler = partial(_Handler, base=base if base.endswith("/") else base + "/", folder=str(folder))
    try:
        return _Server((HOST, port), handler)
    except (OSError, OverflowError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        en, zh = ("is taken", "已被占用") if taken else (f"cannot be used: {error}", f"不能用：{error}")
        raise UsageError(
            [
                Diagnostic(
                    "usage.port",
                    Say(f"port {port} {en}", f"端口 {port} {zh}"),
                    hint=Say("choose another with --port", "请用 --port 换一个"),
                )
            ]
        ) from error


def serve(folder: Path, port: int, tell: Callable[[str], None], address: str = "") -> None:
    """Serve a site until the keyboard interrupts; `tell` is given the address to open.

    Raises:
        UsageError: the folder is no site, or the port is taken.
    """
    with server(folder, port, address) as running:
        tell(f"http://{HOST}:{running.server_address[1]}{urlsplit(address).path or '/'}")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return
