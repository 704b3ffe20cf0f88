"""Shared parts of the description: parameters, error replies, security schemes."""

from __future__ import annotations

from typing import Any

from contracts.problems import PROBLEMS

from ..problems import MEDIA_TYPE

_LIMITED = ("408", "429", "503", "504")
_TEXT: dict[str, Any] = {"type": "string"}


def problem_schemas() -> dict[str, Any]:
    """`Problem` and `FieldError`."""
    field = {
        "type": "object",
        "required": ["pointer", "code", "detail"],
        "properties": {"pointer": _TEXT, "code": _TEXT, "detail": _TEXT, "fix": _TEXT},
    }
    problem = {
        "type": "object",
        "description": "RFC 9457. Some problems carry members of their own beside these.",
        "required": ["type", "title", "status", "instance", "correlation_id"],
        "properties": {
            "type": {"type": "string", "enum": sorted(f"/problems/{slug}" for slug in PROBLEMS)},
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "instance": _TEXT,
            "correlation_id": {"type": "string", "format": "uuid"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
        },
    }
    return {"FieldError": field, "Problem": problem}


def error_responses() -> dict[str, Any]:
    """One shared reply for each status that a problem can have."""
    statuses = sorted({kind.status for kind in PROBLEMS.values()})
    return {_name(str(status)): _response(str(status)) for status in statuses}


def errors(*statuses: str) -> dict[str, Any]:
    """References to the shared replies."""
    return {status: {"$ref": f"#/components/responses/{_name(status)}"} for status in sorted(statuses)}


def _name(status: str) -> str:
    return f"Problem{status}"


def _response(status: str) -> dict[str, Any]:
    titles = sorted({kind.title["en"] for kind in PROBLEMS.values() if str(kind.status) == status})
    response: dict[str, Any] = {
        "description": "; ".join(titles),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in _LIMITED:
        response["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return response


def parameters() -> dict[str, Any]:
    """Headers that many operations take."""
    return {
        "CorrelationId": _header("X-Correlation-Id", "One story across all services; new if absent.", format="uuid"),
        "AcceptLanguage": _header("Accept-Language", "Language of problems: id (default) or en."),
        "Purpose": _header("X-Purpose", "Why personal data is read; kept in the audit log.", maxLength=200),
        "IdempotencyKey": _header(
            "Idempotency-Key",
            "Makes a retry safe: the same key with the same request gets the same reply for 24 hours. "
            "The super app must send one with every POST.",
            maxLength=255,
        ),
        "IfMatch": _header("If-Match", "The ETag that you saw: changed since, nothing is done (412)."),
        "LastEventId": _header(
            "Last-Event-ID", "The `id` of the last event received; any other is answered with `resync`."
        ),
    }


def _header(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "description": description,
        "required": False,
        "schema": {"type": "string", **schema},
    }


def security_schemes() -> dict[str, Any]:
    """How a caller shows who they are."""
    return {
        "accessToken": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Of the city's OpenID Connect provider. The roles in it grant the scopes named here.",
        },
        "citizenToken": {
            "type": "apiKey",
            "in": "header",
            "name": "Citizen-Token",
            "description": "Beside the super app's own token: a signed token that names the citizen it acts for.",
        },
    }
