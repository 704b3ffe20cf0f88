"""The description of the API, readable by machines and people, without internet: assets come from a package."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as HttpRoute
from starlette.staticfiles import StaticFiles

from contracts.problems import PROBLEMS, NotFound, Problem

from .openapi import document

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)
PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Kota API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>"""
SCRIPT = """SwaggerUIBundle({url: "/openapi.json", dom_id: "#ui", deepLinking: true, persistAuthorization: false,
  validatorUrl: null});"""


def routes() -> list[BaseRoute]:
    """`/docs`, `/openapi.json`, and what the `type` of a problem leads to."""
    return [
        HttpRoute("/docs", _page, methods=["GET"]),
        HttpRoute("/docs/start.js", _script, methods=["GET"]),
        Mount("/docs/assets", StaticFiles(directory=_assets())),
        HttpRoute("/openapi.json", _openapi, methods=["GET"]),
        HttpRoute("/problems", _problems, methods=["GET"]),
        HttpRoute("/problems/{slug}", _problem, methods=["GET"]),
    ]


def _assets() -> Path:
    # Found, not imported: only the files of Swagger UI in it are used.
    spec = find_spec("flask_swagger_ui")
    if spec is None or spec.origin is None:
        raise RuntimeError("flask-swagger-ui is not installed: its files serve /docs")
    return Path(spec.origin).parent / "dist"


async def _page(_: HttpRequest) -> Response:
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY})


async def _script(_: HttpRequest) -> Response:
    return Response(SCRIPT, media_type="text/javascript")


async def _openapi(_: HttpRequest) -> Response:
    return Response(_document(), media_type="application/json")


@cache
def _document() -> bytes:
    return orjson.dumps(document())


async def _problems(_: HttpRequest) -> Response:
    return JSONResponse({"problems": [explain(kind) for _, kind in sorted(PROBLEMS.items())]})


async def _problem(http: HttpRequest) -> Response:
    kind = PROBLEMS.get(http.path_params["slug"])
    if kind is None:
        raise NotFound("no such problem")
    return JSONResponse(explain(kind))


def explain(kind: type[Problem]) -> dict[str, object]:
    """What a problem's `type` address answers."""
    text = " ".join((kind.__doc__ or "").split())
    return {"type": f"/problems/{kind.slug}", "status": kind.status, "title": kind.title, "explanation": text}
