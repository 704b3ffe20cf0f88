"""One row of the table as an OpenAPI operation."""

from __future__ import annotations

from typing import Any

from contracts.files import FileReply

from ..conditions import VERSION, takes_condition
from ..security.roles import PUBLIC
from ..table import Route
from .components import errors
from .schemas import Schemas

ALWAYS = ("401", "403", "404", "408", "422", "429", "500", "503", "504")
WITH_BODY = ("400", "409", "413", "415")


def describe(route: Route, schemas: Schemas) -> dict[str, Any]:
    """The operation object."""
    operation: dict[str, Any] = {
        "operationId": route.operation,
        "tags": [route.service],
        "summary": route.summary or _first_sentence(route),
        "description": " ".join((route.request.__doc__ or "").split()),
        "parameters": _parameters(route, schemas),
        "responses": {str(route.status): _reply(route, schemas)} | _errors(route),
        "security": _security(route),
    }
    if not route.reads:
        operation["requestBody"] = _body(route, schemas)
    return operation


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.scope in PUBLIC:
        return [{}, {"accessToken": []}]
    return [{"accessToken": [route.scope]}, {"accessToken": [route.scope], "citizenToken": []}]


def _errors(route: Route) -> dict[str, Any]:
    if route.reads:
        return errors(*ALWAYS)
    return errors(*ALWAYS, *WITH_BODY, *(("412",) if takes_condition(route) else ()))


def _reply(route: Route, schemas: Schemas) -> dict[str, Any]:
    return {
        "description": "Done; the state after it." if not route.reads else "The state now.",
        "headers": _reply_headers(route),
        "content": _content(route, schemas),
    }


def _content(route: Route, schemas: Schemas) -> dict[str, Any]:
    reply = route.request.reply
    if issubclass(reply, FileReply):
        return {reply.media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": schemas.reply(route.request)}}


def _reply_headers(route: Route) -> dict[str, Any]:
    headers: dict[str, Any] = {"X-Correlation-Id": {"schema": {"type": "string", "format": "uuid"}}}
    if VERSION in route.request.reply.model_fields:
        headers["ETag"] = {"description": "Its version, for If-Match.", "schema": {"type": "string"}}
    return headers


def _body(route: Route, schemas: Schemas) -> dict[str, Any]:
    media: dict[str, Any] = {"schema": schemas.body(route.request)}
    if route.example is not None:
        media["example"] = route.example
    kind = "multipart/form-data" if route.upload else "application/json"
    return {"required": schemas.body_required(route.request), "content": {kind: media}}


def _parameters(route: Route, schemas: Schemas) -> list[dict[str, Any]]:
    path = [_parameter(route, schemas, name, "path") for name in route.path_fields]
    others = [name for name in schemas.fields(route.request) if name not in route.path_fields]
    query = [_parameter(route, schemas, name, "query") for name in others] if route.reads else []
    shared = ["CorrelationId", "AcceptLanguage", "Purpose"] + ([] if route.reads else ["IdempotencyKey"])
    shared += ["IfMatch"] if takes_condition(route) else []
    return [*path, *query, *({"$ref": f"#/components/parameters/{name}"} for name in shared)]


def _parameter(route: Route, schemas: Schemas, name: str, place: str) -> dict[str, Any]:
    schema, required = schemas.field(route.request, name)
    schema = dict(schema)
    if "anyOf" in schema and {"type": "null"} in schema["anyOf"]:  # absent, never null, in an address
        kinds = [kind for kind in schema.pop("anyOf") if kind != {"type": "null"}]
        schema |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
        if schema.get("default", "") is None:
            del schema["default"]
    parameter = {"name": name, "in": place, "required": required or place == "path", "schema": schema}
    if description := schema.pop("description", None):
        parameter["description"] = description
    return parameter


def _first_sentence(route: Route) -> str:
    text = " ".join((route.request.__doc__ or "").split())
    return text.partition(". ")[0].partition(":")[0].rstrip(".") or route.operation.partition(".")[2].replace("_", " ")
