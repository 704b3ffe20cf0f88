"""From an HTTP request to a checked request of the contracts: path, query and body together, validated once.

Pointers of errors: `/path/x` a field of the address, `/query/x` a query parameter, `/header/x` a header; any other
pointer is an RFC 6901 JSON pointer into the body.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest

from contracts.base import Request
from contracts.problems import FieldError, InvalidRequest, Malformed, TooLarge, UnsupportedMedia, invalid

from .conditions import seen_version
from .problems import TooSlow
from .table import Route

# What JSON parsers disagree on, or no database column takes: looked at only when the bytes hold a trace of it.
SUSPECT = (b"NaN", b"Infinity", b"\\u0000", b"\\ud", b"\\uD")


async def read_request(http: HttpRequest, route: Route, body_seconds: float) -> bytes:
    """The checked request as JSON: what was checked is what the service gets. Raises a typed problem for anything
    wrong."""
    path = path_of(http)
    if route.reads:  # from texts of the address to the values that they stand for
        return _validate(route, orjson.dumps({**_query(http), **path}), path).model_dump_json().encode()
    if http.scope["query_string"]:
        raise InvalidRequest(errors=tuple(unknown_query(name) for name in http.query_params))
    seen = seen_version(http.scope["header"], route)
    body = await _body(http, route, body_seconds)
    if not path and not seen and not any(text in body for text in SUSPECT):
        checked = body
    else:
        sent = _object(body, route)
        if twice := [_in_header(name) for name in seen if name in sent]:
            raise InvalidRequest(errors=tuple(twice))
        checked = orjson.dumps({**sent, **path, **seen})
    _validate(route, checked, path)
    _refuse_repeated_names(body)  # last: the contract has bounded how deep it can be by now
    return checked


def _refuse_repeated_names(body: bytes) -> None:
    """Raise Malformed for an object that names a field twice: parsers disagree on which of the two counts.

    Each member has a colon, so with as many colons as names that a parser sees there is none that it does not see.
    """
    try:
        seen = _names(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise Malformed("not JSON") from None
    if body.count(b":") != seen:
        json.loads(body, object_pairs_hook=_names_once)


def _names(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(_names(item) for item in value.values() if isinstance(item, dict | list))
    return sum(map(_names, value)) if isinstance(value, list) else 0


def path_of(http: HttpRequest) -> Mapping[str, str]:
    """The fields of the address. Raises InvalidRequest for what no database column takes."""
    path: Mapping[str, str] = http.path_params
    if wrong := [_nul(f"/path/{name}") for name, value in path.items() if "\0" in value]:
        raise InvalidRequest(errors=tuple(wrong))
    return path


def _names_once(members: list[tuple[str, Any]]) -> None:
    """Refuse an object that names a field twice: parsers disagree on which of the two counts."""
    if len({name for name, _ in members}) != len(members):
        raise Malformed("an object names a field twice")


async def _body(http: HttpRequest, route: Route, seconds: float) -> bytes:
    headers: Mapping[str, str] = http.scope["header"]
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared) > route.body_limit:
        raise _too_large(route)
    try:
        async with asyncio.timeout(seconds):
            body = await _collect(http, route)
    except TimeoutError:
        raise TooSlow(f"the body did not arrive within {seconds:g} s") from None
    media = headers.get("content-type", "")
    if body and media.partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMedia(f"got {media[:60] or 'no content type'}")
    return body or b"{}"


async def _collect(http: HttpRequest, route: Route) -> bytes:
    body, more = b"", True
    while more:
        message = await http.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > route.body_limit:
            raise _too_large(route)
        more = message.get("more_body", False)
    return body


def _too_large(route: Route) -> TooLarge:
    return TooLarge(f"at most {route.body_limit} bytes", limit=route.body_limit)


def _object(body: bytes, route: Route) -> dict[str, Any]:
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"not JSON at position {error.pos}") from None
    if not isinstance(sent, dict):
        raise Malformed("send a JSON object")
    twice = [in_path(name) for name in route.path_fields if name in sent]
    if errors := [*twice, *_unstorable("", sent)]:
        raise InvalidRequest(errors=tuple(errors))
    return sent


def _validate(route: Route, body: bytes, path: Mapping[str, str]) -> Request:
    try:
        return route.request.model_validate_json(body)
    except ValidationError as error:
        if any(e["type"] == "json_invalid" for e in error.errors(include_input=False, include_url=False)):
            _object(body, route)
            raise Malformed("not JSON") from None
        raise relocate(invalid(error, from_json(body)), route) from None


def relocate(problem: InvalidRequest, route: Route) -> InvalidRequest:
    """Let the pointers say where in the HTTP request the field stands."""
    if problem.data.errors and (route.reads or route.path_fields):
        errors = tuple(_located(error, route) for error in problem.data.errors)
        problem.data = problem.data.model_copy(update={"errors": errors})
    return problem


def _located(error: FieldError, route: Route) -> FieldError:
    name = error.pointer.split("/")[1] if "/" in error.pointer else ""
    place = "/path" if name in route.path_fields else "/query" if route.reads else ""
    return error.model_copy(update={"pointer": place + error.pointer})


def _query(http: HttpRequest) -> dict[str, str]:
    sent = http.query_params.multi_items()
    names = [name for name, _ in sent]
    wrong = [_repeated(name) for name in sorted({name for name in names if names.count(name) > 1})]
    wrong += [_nul(f"/query/{name}") for name, value in sent if "\0" in value]
    wrong += [in_path(name, "/query") for name in http.path_params if name in names]
    if wrong:
        raise InvalidRequest(errors=tuple(wrong))
    return dict(sent)


def _unstorable(pointer: str, value: Any) -> list[FieldError]:
    if isinstance(value, str):
        return [_nul(pointer)] if "\0" in value else []
    if isinstance(value, dict):
        keys = [_nul(pointer or "/") for key in value if "\0" in key]
        return keys + [e for key, item in value.items() for e in _unstorable(f"{pointer}/{_escaped(key)}", item)]
    if isinstance(value, list):
        return [e for place, item in enumerate(value) for e in _unstorable(f"{pointer}/{place}", item)]
    return []


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _nul(pointer: str) -> FieldError:
    return FieldError(pointer=pointer, code="nul_character", detail="holds a NUL character", fix="leave it out")


def _repeated(name: str) -> FieldError:
    return FieldError(pointer=f"/query/{name}", code="repeated", detail="given more than once", fix="give it once")


def unknown_query(name: str) -> FieldError:
    """A parameter in an address that takes none."""
    return FieldError(
        pointer=f"/query/{name}", code="extra_forbidden", detail="no query parameters here", fix="send it in the body"
    )


def _in_header(name: str) -> FieldError:
    return FieldError(
        pointer=f"/{name}", code="in_header", detail="this field stands in If-Match", fix="give it only once"
    )


def in_path(name: str, place: str = "") -> FieldError:
    return FieldError(
        pointer=f"{place}/{name}",
        code="in_path",
        detail="this field stands in the path",
        fix="give it only in the path",
    )
