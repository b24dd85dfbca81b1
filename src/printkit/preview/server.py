"""The desk's server: Starlette's routes over a `Desk`, events to every browser, and the page itself.

In: requests that `guard` lets in. What makes or writes goes to the desk's one thread of work; pictures and JSON are made here.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, diagnostic_object
from printkit.pictures.decode import DecodeError
from printkit.preview.apart import Apart
from printkit.preview.asked import asked
from printkit.preview.desk import Desk
from printkit.preview.facts import Links, edition_object, page_object
from printkit.preview.finishing import LARGEST, Finish, Finisher
from printkit.preview.guard import Guard
from printkit.preview.ink import ink_picture
from printkit.preview.opening import page_routes
from printkit.preview.rasters import LEAST, Rasters, small

if TYPE_CHECKING:  # loads what reads and writes files: whoever has opened the desk waits for the first page
    from printkit.preview.writing import Writer

_BEAT = 20
"""Seconds after which a quiet stream says that it is there, so that one whose browser is gone ends."""


class Server:
    """Answers browsers about one desk."""

    def __init__(self, desk: Desk, links: Links, how: Finish) -> None:
        """Answer about a desk, in the language of what is finished."""
        self._desk = desk
        self._links = links
        self._language = how.language
        self._rasters = Rasters()
        self._apart = Apart(desk, self._tell_progress, self._rasters.quiet)
        self._finisher = Finisher(desk, how, self._apart, self._finding)
        self._inking = asyncio.Lock()
        """One page's plates at a time."""
        self._listeners: set[Callable[[str], None]] = set()
        self._is_open = not desk.is_busy
        """Whether a page was told."""
        nothing = {"hash": "", "undo": 0, "redo": 0, "spare": [], "pool": []}
        self._written: dict[str, Any] = self._writer.told() if self._is_open else nothing
        self._edition = edition_object(desk, links, self._written)
        """What was told last of the whole: made in the thread of work, read in the server's."""
        self._is_waited = True
        """Whether a round has told no page yet."""
        desk.told.append(self._tell)

    def app(self, token: str, port: int) -> Starlette:
        """Return the application, behind its guard."""
        routes = [
            *page_routes(self._language),
            Route("/page/{number}.png", self._picture),
            Route("/ink/{number}.png", self._ink),
            Route("/api/report", self._report),
            Route("/api/state", self._state),
            Route("/api/events", self._events),
            Route("/api/copy/{story}", self._copy),
            Route("/photo/{story}/{number:int}", self._photo),
            Route("/api/look", self._look, methods=["POST"]),
            Route("/api/fit", self._fit, methods=["POST"]),
            Route("/api/edit", self._edit, methods=["POST"]),
            Route("/api/finish", self._finish, methods=["POST"]),
            Route("/api/plan", self._plan, methods=["POST"]),
            Route("/api/import", self._import, methods=["POST"]),
            Route("/result/{number:int}/{name}", self._result),
        ]
        return Starlette(routes=routes, middleware=[Middleware(Guard, token=token, port=port)])

    def close(self) -> None:
        """End what is done beside the desk's own work."""
        self._apart.end()
        self._rasters.close()

    @cached_property
    def _writer(self) -> "Writer":
        from printkit.preview.writing import Writer

        return Writer(self._desk)

    # --- pictures ---

    async def _picture(self, request: Request) -> Response:
        sheet = self._desk.sheets.get(request.path_params["number"])
        asked = request.query_params.get("width", "")
        if sheet is None or not sheet.pdf or (asked and not asked.isdecimal()):
            return PlainTextResponse("", 404)
        width = int(asked[:6]) if asked else LEAST
        data = await run_in_threadpool(self._rasters.png, sheet, width)
        headers = {"Cache-Control": "no-store", "X-Revision": str(sheet.revision)}
        return Response(data, media_type="image/png", headers=headers)

    async def _ink(self, request: Request) -> Response:
        number, revision = request.path_params["number"], request.query_params.get("revision")
        async with self._inking:
            sheet = self._desk.sheets.get(number)
            if sheet is None or not sheet.pdf or revision != str(sheet.revision):  # another is asked for by now
                return PlainTextResponse("", 404)
            try:
                data = await run_in_threadpool(self._apart.done, partial(ink_picture, self._desk.path, number))
            except PrintkitError as error:
                return self._refused(error)
        # Its address names the revision: what was asked for to see whether it can be is the picture, too.
        return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})

    async def _photo(self, request: Request) -> Response:
        name, number = request.path_params["story"], request.path_params["number"]
        edition = self._desk.reading.edition if self._desk.reading else None
        stories = [story for page in edition.pages for story in page.stories] if edition else []
        pictures = next((story.article.pictures for story in stories if story.id == name), ())
        if number >= len(pictures):
            return PlainTextResponse("", 404)
        try:
            data = await run_in_threadpool(small, pictures[number].file)
        except (OSError, DecodeError):
            return PlainTextResponse("", 404)
        return Response(data, media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    # --- what stands ---

    async def _report(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(self._desk.report))

    async def _look(self, request: Request) -> Response:
        def look(given: dict[str, Any]) -> dict[str, Any]:
            self._desk.look(given.get("page") or "")
            return {}

        return await self._asked(request, look, self._aside)

    async def _state(self, request: Request) -> Response:
        pages = [page_object(sheet, self._desk, self._links) for sheet in self._desk.sheets.values()]
        return JSONResponse({"edition": self._edition, "pages": pages})

    def _tell(self, numbers: tuple[str, ...]) -> None:
        """Send what is new to every browser; called in the thread of work."""
        if not numbers:
            self._is_waited = True
            if self._is_open or not self._desk.is_busy:
                self._written = self._writer.told()
        elif self._is_waited and (self._listeners or not self._is_open):
            # The first that changes is waited for: its picture is there when it is told; the others' are drawn meanwhile. So
            # is the first of all, by a browser that still reads the page.
            self._is_waited = False
            self._rasters.ahead(self._desk.sheets[numbers[0]])
        self._edition = edition_object(self._desk, self._links, self._written)
        told = [*map(self._page_event, numbers), _event("edition", self._edition)]
        for listener in tuple(self._listeners):
            for one in told:
                listener(one)
        if numbers and not self._is_open:
            self._is_open = True
            self._tell(())

    def _tell_progress(self, stage: str, done: int, total: int) -> None:
        for listener in tuple(self._listeners):
            listener(_event("progress", {"stage": stage, "done": done, "total": total}))

    def _page_event(self, number: str) -> str:
        return _event("page", page_object(self._desk.sheets[number], self._desk, self._links))

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[str]()

        def listener(told: str) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is at its end
                loop.call_soon_threadsafe(queue.put_nowait, told)

        self._listeners.add(listener)
        try:
            yield _event("edition", self._edition)
            for number in tuple(self._desk.sheets):
                yield self._page_event(number)
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), _BEAT)
                except TimeoutError:
                    yield ": here\n\n"
        finally:
            self._listeners.discard(listener)

    # --- what is written ---

    async def _copy(self, request: Request) -> Response:
        return await self._done(lambda: self._writer.copy(request.path_params["story"]))

    async def _fit(self, request: Request) -> Response:
        return await self._asked(request, lambda given: self._writer.fit(given))

    async def _edit(self, request: Request) -> Response:
        return await self._asked(request, lambda given: self._writer.edit(given))

    async def _finish(self, request: Request) -> Response:
        return await self._asked(request, self._finisher.finish, self._aside)

    async def _plan(self, request: Request) -> Response:
        return await self._asked(request, self._finisher.candidates, self._aside)

    async def _asked(
        self,
        request: Request,
        do: Callable[[dict[str, Any]], dict[str, Any]],
        where: Callable[[Callable[[], dict[str, Any]]], Awaitable[Response]] | None = None,
    ) -> Response:
        try:
            given = await asked(request.stream())
        except InputError as error:
            return self._refused(error)
        return await (where or self._done)(lambda: do(given))

    async def _import(self, request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            return PlainTextResponse("", 413)
        name, data = request.query_params.get("name", ""), await request.body()
        return await self._aside(lambda: self._finisher.take_in(name, data))

    async def _result(self, request: Request) -> Response:
        number = request.path_params["number"]
        known = self._finisher.outputs
        if number >= len(known) or not known[number].is_file():
            return PlainTextResponse("", 404)
        return FileResponse(known[number], content_disposition_type="inline", filename=known[number].name)

    def _finding(self, found: Diagnostic) -> dict[str, Any]:
        return diagnostic_object(found) | {"link": self._links.to(found.where, self._desk.base)}

    async def _done(self, do: Callable[[], dict[str, Any]]) -> Response:
        """Have something done in the thread of work, and answer what came of it or why it was refused."""
        return await self._told(asyncio.wrap_future(self._desk.work.ask(do)))

    async def _aside(self, do: Callable[[], dict[str, Any]]) -> Response:
        """Have something done beside the desk's own work."""
        return await self._told(run_in_threadpool(do))

    async def _told(self, done: Awaitable[dict[str, Any]]) -> Response:
        from printkit.source.patch import ConflictError

        try:
            return JSONResponse(await done)
        except ConflictError as error:
            told = {"file": error.file, "theirs": error.theirs, "ours": error.ours}
            return JSONResponse({"conflict": told}, 409)
        except PrintkitError as error:
            return self._refused(error)

    def _refused(self, error: PrintkitError) -> Response:
        return JSONResponse({"refused": [self._finding(one) for one in error.diagnostics]}, 422)


def _event(kind: str, told: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
