"""From an HTTP request to a checked request of the contracts: path, query and body together, once."""

from __future__ import annotations

from typing import Any

import orjson
from pydantic import ValidationError
from starlette.requests import Request as HttpRequest

from contracts.base import Request
from contracts.problems import FieldError, InvalidRequest, Malformed, TooLarge, UnsupportedMedia, invalid

from .table import Route


async def read_request(http: HttpRequest, route: Route) -> Request:
    """The checked request. Raises a typed problem for anything wrong; pointers name `/path/…`, `/query/…` or the body's field."""
    path = dict(http.path_params)
    if route.reads:
        return _validate(route, {**_query(http), **path}, path, in_query=True)
    if http.query_params:
        raise InvalidRequest(errors=tuple(_unknown_query(name) for name in http.query_params))
    body = await _body(http, route)
    if not path:
        return _validate_json(route, body)
    return _validate(route, {**_object(body, route), **path}, path)


async def _body(http: HttpRequest, route: Route) -> bytes:
    declared = http.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > route.body_limit:
        raise TooLarge(f"at most {route.body_limit} bytes", limit=route.body_limit)
    chunks, size = [], 0
    async for chunk in http.stream():
        size += len(chunk)
        if size > route.body_limit:
            raise TooLarge(f"at most {route.body_limit} bytes", limit=route.body_limit)
        chunks.append(chunk)
    body = b"".join(chunks)
    media = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if body and media != "application/json":
        raise UnsupportedMedia(f"got {media[:60] or 'no content type'}")
    return body or b"{}"


def _object(body: bytes, route: Route) -> dict[str, Any]:
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"not JSON at position {error.pos}") from None
    if not isinstance(sent, dict):
        raise Malformed("send a JSON object")
    twice = [name for name in route.path_fields if name in sent]
    if twice:
        raise InvalidRequest(errors=tuple(_in_path(name) for name in twice))
    return sent


def _validate_json(route: Route, body: bytes) -> Request:
    try:
        return route.request.model_validate_json(body)
    except ValidationError as error:
        if any(e["type"] == "json_invalid" for e in error.errors(include_input=False, include_url=False)):
            _object(body, route)
            raise Malformed("not JSON") from None
        raise invalid(error) from None


def _validate(route: Route, values: dict[str, Any], path: dict[str, Any], *, in_query: bool = False) -> Request:
    try:
        return route.request.model_validate(values)
    except ValidationError as error:
        problem = invalid(error)
        raise InvalidRequest(errors=tuple(_located(e, path, in_query) for e in problem.data.errors)) from None


def _located(error: FieldError, path: dict[str, Any], in_query: bool) -> FieldError:
    name = error.pointer.split("/")[1] if "/" in error.pointer else ""
    place = "/path" if name in path else "/query" if in_query else ""
    return error.model_copy(update={"pointer": place + error.pointer})


def _query(http: HttpRequest) -> dict[str, str]:
    names = [name for name, _ in http.query_params.multi_items()]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidRequest(
            errors=tuple(FieldError(pointer=f"/query/{n}", code="repeated", detail="given more than once", fix="give it once") for n in twice)
        )
    return dict(http.query_params)


def _unknown_query(name: str) -> FieldError:
    return FieldError(pointer=f"/query/{name}", code="extra_forbidden", detail="no query parameters here", fix="send it in the body")


def _in_path(name: str) -> FieldError:
    return FieldError(pointer=f"/{name}", code="extra_forbidden", detail="this field stands in the path", fix="leave it out of the body")
