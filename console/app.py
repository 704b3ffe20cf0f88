"""The application, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from . import health
from .api import Gateway
from .desks import DESKS, Desk
from .edge import Edge
from .errors import add_handlers
from .live.browser import stream
from .live.hub import Hub
from .parts.files import Files
from .parts.page import LANGUAGE_COOKIE, Page
from .parts.paths import safe_path
from .parts.texts import LANGUAGES
from .session import log_in
from .session.door import Door
from .settings import Settings
from .visit import Visit, form_of, visit_of

BODY_LIMIT = 52_000_000
"""A little more than the gateway's own largest upload, so that its clear answer is seen."""
HERE = Path(__file__).parent


class Console:
    """The parts of one console process; `asgi` is the application."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gateway = Gateway(settings.gateway_url, settings.api_seconds)
        self.hub = Hub(self.gateway.http)
        self.door = Door(settings)
        self.page = Page(DESKS, _files(settings))
        self.asgi = Edge(self._application(), secure=settings.secure, forms_to=_origin(settings.oidc_issuer))

    async def visit(self, request: Request) -> Visit:
        """Whose request it is. Raises NotLoggedIn."""
        visit = await visit_of(request, self.door, self.gateway, self.page, self.hub)
        request.state.visit = visit
        return visit

    def _application(self) -> FastAPI:
        app = FastAPI(
            title="Kota",
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            lifespan=self._lifespan,
            max_body_size=BODY_LIMIT,
        )
        app.router.routes += [*health.routes(self), self.page.files.route()]
        app.include_router(log_in.routes(self.door, self.gateway, self.page))
        self._common(app)
        for desk in DESKS:
            app.include_router(desk.router(self.visit))
        add_handlers(app, self.page)
        return app

    def _common(self, app: FastAPI) -> None:
        @app.get("/")
        async def front(visit: Visit = Depends(self.visit)) -> Response:
            mine = [desk for desk in DESKS if visit.may(*desk.scopes)]
            return visit.go(mine[0].path) if len(mine) == 1 else visit.show("front.html")

        @app.get("/kabar")
        async def news(request: Request, since: str = "", visit: Visit = Depends(self.visit)) -> Response:
            return visit.reply(stream(visit, self.hub, request.headers.get("last-event-id") or since))

        @app.get("/bahasa/{language}")
        async def switch(request: Request, language: str, ke: str = "/") -> Response:
            response = RedirectResponse(safe_path(ke), 303)
            if language in LANGUAGES:
                seconds = 365 * 24 * 3600
                response.set_cookie(
                    LANGUAGE_COOKIE, language, seconds, secure=self.settings.secure, httponly=True, samesite="lax"
                )
            return response

        @app.post("/keluar")
        async def leave(request: Request, visit: Visit = Depends(self.visit)) -> Response:
            await form_of(visit)
            address = await self.door.provider.log_out_address()
            response = RedirectResponse(address or "/keluar", 303)
            self.door.leave(request, response, visit.session)
            return response

        @app.get("/keluar")
        async def left(request: Request) -> Response:
            return self.page.plain(request, "left.html", 200)

        @app.get("/masuk/selesai")
        async def back(visit: Visit = Depends(self.visit)) -> Response:
            return visit.show("logged_in.html")

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        self.hub.start()
        try:
            yield
        finally:
            await self.hub.stop()
            await self.gateway.close()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _files(settings: Settings) -> Files:
    folders = {"v": settings.assets / "vendor", "s": HERE / "static"}
    folders |= {desk.name: desk.folder / "static" for desk in DESKS}
    return Files(folders, settings.assets / "icons")


__all__ = ["Console", "Desk"]
