"""The whole document: every row of the table, the live feed, shared components."""

from __future__ import annotations

from typing import Any

from ..routes import ROUTES
from .components import error_responses, errors, parameters, problem_schemas, security_schemes
from .operation import describe
from .schemas import Schemas

INTRODUCTION = """Free city services of Kota Tangerang.

Errors are RFC 9457 problems. Each of `errors[]` has a pointer: `/path/x` is a field of the address, `/query/x` a query
parameter, `/header/x` a header; any other is a JSON pointer (RFC 6901) into the body.
Times are RFC 3339, points are GeoJSON with the longitude first, money is whole rupiah."""


def document() -> dict[str, Any]:
    """The description as a JSON-ready dictionary."""
    schemas = Schemas(ROUTES)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = describe(route, schemas)
    paths["/v1/stream"] = {"get": _stream()}
    paths["/v1/me"] = {"get": _me()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kota", "version": "1", "description": INTRODUCTION, "license": _LICENSE},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({route.service for route in ROUTES} | {"stream", "me"})],
        "paths": paths,
        "components": {
            "schemas": schemas.components | problem_schemas(),
            "responses": error_responses(),
            "parameters": parameters(),
            "securitySchemes": security_schemes(),
        },
    }


def _stream() -> dict[str, Any]:
    return {
        "operationId": "stream.listen",
        "tags": ["stream"],
        "summary": "Live feed of events (server-sent events)",
        "description": "Events of the services that the caller may read. `resync`: read the state anew; `reauth`: "
        "come back with a new token. `Last-Event-ID` resumes after that event without a gap.",
        "parameters": [{"$ref": "#/components/parameters/LastEventId"}, *_COMMON],
        "responses": {
            "200": {"description": "The feed.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
            **errors("401", "403", "422", "429", "500", "503"),
        },
        "security": [{"accessToken": []}],
    }


def _me() -> dict[str, Any]:
    texts = {"type": "array", "items": {"type": "string"}}
    members = {
        "subject": {"type": "string", "description": "An opaque id."},
        "client": {"type": "string", "description": "The application that is used."},
        "roles": texts,
        "scopes": {**texts, "description": "What may be asked of which service, such as `ambulance:read`."},
        "rows": {
            "type": "object",
            "additionalProperties": texts,
            "description": "By kind, such as `unit` or `npsn`: the only rows that may be touched. No kind: no limit.",
        },
    }
    schema = {"type": "object", "properties": members, "required": list(members)}
    return {
        "operationId": "me.get",
        "tags": ["me"],
        "summary": "Who the caller is and what they may do",
        "parameters": _COMMON,
        "responses": {
            "200": {"description": "The caller.", "content": {"application/json": {"schema": schema}}},
            **errors("401", "403", "422", "429", "500", "503"),
        },
        "security": [{"accessToken": []}],
    }


_LICENSE = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
_COMMON = [{"$ref": "#/components/parameters/CorrelationId"}, {"$ref": "#/components/parameters/AcceptLanguage"}]
