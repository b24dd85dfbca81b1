"""The desk's page and its parts, answered before anything of the pipeline is loaded; whatever else is asked for waits for the desk.

A browser reads the page, its styles and modules while the pipeline loads: the one does not wait for the other.
"""

import asyncio
from concurrent.futures import Future
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"


class Opening:
    """Answers with the page, and with all else once `desk` is there; a guard stands before it."""

    def __init__(self, language: str) -> None:
        """Begin with the page alone, in a language."""
        self.desk: Future[ASGIApp] = Future()
        self._page = Starlette(routes=page_routes(language))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        is_page = scope["type"] == "http" and (scope["path"] == "/" or scope["path"].startswith("/desk/"))
        # Whoever goes away meanwhile takes nothing from those who wait, too.
        app = self._page if is_page else await asyncio.shield(asyncio.wrap_future(self.desk))
        await app(scope, receive, send)


def page_routes(language: str) -> list[Route]:
    """Return the routes of the page and its parts."""
    place = files("printkit.preview") / "page"

    async def page(request: Request) -> Response:
        text = (place / "index.html").read_text(encoding="utf-8")
        lang = "zh-CN" if language.startswith("zh") else "en"
        headers = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return HTMLResponse(text.replace('lang="zh-CN"', f'lang="{lang}"'), headers=headers)

    async def part(request: Request) -> Response:
        name = request.path_params["name"]
        known = {one.name: one for one in place.iterdir()}
        kind = _TYPES.get(name[name.rfind(".") :])
        if name not in known or kind is None:
            return PlainTextResponse("", 404)
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return Response(known[name].read_bytes(), media_type=kind, headers=headers)

    return [Route("/", page), Route("/desk/{name}", part)]
