"""Who is let in: whoever knows the token of the address, from this machine, and no web page but the desk's own.

A page of another origin can send requests here and can have its name lead here (DNS rebinding): so the Host has to be this server's
own, an Origin that is given too, and a browser's word on where a request comes from (Fetch Metadata) counts.
"""

import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST = 2_000
"""Characters of an address: a file's name of 255 bytes, written in hexadecimal, and all before it."""
_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Lets in requests with the token: in the address, in the cookie that the first page sets, or in a header."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        """Stand before an application that listens on a port."""
        self._app = app
        self._token = token
        self._cookie = f"printkit-{port}"
        self._hosts = {f"{name}:{port}" for name in _NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        asked = query.get("token", [""])[0]
        if refusal := self._refusal(headers, asked, len(scope["path"]) + len(scope["query_string"])):
            await PlainTextResponse(f"{refusal}\n", 403)(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and asked:
                cookie = f"{self._cookie}={self._token}; HttpOnly; SameSite=Strict; Path=/"
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode("latin-1"))]
            await send(message)

        await self._app(scope, receive, with_cookie)

    def _refusal(self, headers: Headers, asked: str, length: int) -> str:
        """Return why a request is refused; an empty text where it is let in."""
        if length > _LONGEST:
            return "this address is none of the desk's"
        if headers.get("host", "") not in self._hosts:
            return "this host is not the desk's"
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in self._hosts}:
            return "another page may not drive the desk"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "another page may not drive the desk"
        kept = cookie_parser(headers.get("cookie", "")).get(
            self._cookie, ""
        )  # others' of this machine may be no cookies
        known = asked or headers.get("x-printkit-token", "") or kept
        if not secrets.compare_digest(known.encode(), self._token.encode()):
            return "open the address that the desk printed: its token is missing or another's"
        return ""
