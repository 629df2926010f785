"""The routes that are not pages, and which requests they answer."""

from itertools import chain
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import Headers as Given
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shiftapp import __version__
from shiftapp.http import auth, docs, explain, health, imports, optimize, validate
from shiftapp.http.errors import plain_error, speak_one_shape
from shiftapp.http.headers import Headers
from shiftapp.http.limits import BodyLimit
from shiftapp.live import draining

ABOUT: Final = """Everything that goes wrong is answered in one shape, `{"error": {"code", "message", "details"}}`:
`code` is for programs, `message` for people, `details` names the fields of a body that were not valid."""

ROUTERS: Final = (optimize.router, validate.router, explain.router, auth.router, imports.router, docs.router)


def build() -> FastAPI:
    """Return the application of all routes that are not pages."""
    api = FastAPI(
        title="shiftapp HTTP API",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    speak_one_shape(api)
    api.add_api_route(
        "/health",
        health.health,
        methods=["GET"],
        tags=["operation"],
        summary="Whether this server can do its work",
        description="Version, database and queue; with status 503, `problems` says in words what is wrong.",
        responses={503: {"description": "the database is away, jobs wait and no worker runs, or the server is ending"}},
    )
    api.add_api_route("/health", health.health, methods=["HEAD"], include_in_schema=False)
    for router in ROUTERS:
        api.include_router(router)
    return api


class Split:
    """ASGI: requests for the routes of ``api`` go there, and everything else to the pages.

    By the first part of the path, so that a wrong method or a longer path is answered by the routes, in their one
    shape, and not by the page that is shown for unknown addresses.
    """

    def __init__(self, api: FastAPI, pages: ASGIApp, built: Path | None = None) -> None:
        self._api, self._pages = api, pages
        self._names = page_names(built)
        routes = chain(api.routes, *(router.routes for router in ROUTERS))
        self._first = {_first(getattr(route, "path", "")) for route in routes} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or have the pages answer."""
        if scope["type"] == "websocket" and draining.left() is not None:
            await _elsewhere(send)
            return
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        if scope["path"] in self._names:  # else answered by a redirect to the same path with a slash
            path = scope["path"] + "/"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        if _first(scope["path"]) in self._first:
            await self._api(scope, receive, send)
        elif "text/html" in Given(scope=scope).get("accept", ""):
            await self._pages(scope, receive, send)
        else:
            await self._for_program(scope, receive, send)

    async def _for_program(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who does not ask for a page: an unknown address is told in the one shape."""
        replaced = False

        async def shaped(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] in (404, 405):
                replaced = True
                await plain_error(message["status"])(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._pages(scope, receive, shaped)


async def _elsewhere(send: Send) -> None:
    """Answer a socket in a way that a proxy takes to another server."""
    headers = [(b"retry-after", b"1"), (b"content-length", b"0")]
    await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"", "more_body": False})


def page_names(built: Path | None) -> frozenset[str]:
    """Return the paths, without a slash at the end, of the pages built into a folder."""
    if built is None:
        return frozenset()
    return frozenset(f"/{page.parent.relative_to(built).as_posix()}" for page in built.glob("*/**/index.html"))


def _first(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""


def around(pages: ASGIApp, api: FastAPI, built: Path | None, secure: bool) -> ASGIApp:
    """Put routes, limits and headers around the pages: for ``rx.App(api_transformer=…)``.

    Parameters
    ----------
    pages
        Reflex's application.
    api
        Of `build`; routes may be added to it before.
    built
        Folder of the built pages, whose inline scripts are allowed by hash; ``None`` in development.
    secure
        Whether users come over TLS.
    """
    return Headers(BodyLimit(Split(api, pages, built)), built, secure)
