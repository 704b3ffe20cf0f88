"""Refusals as RFC 9457 problem+json, in Indonesian or English."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response

from contracts.language import indonesian
from contracts.problems import FieldError, Problem

MEDIA_TYPE = "application/problem+json"
LANGUAGES = ("id", "en")


class TooSlow(
    Problem,
    slug="request-timeout",
    status=408,
    en="The request came too slowly",
    id="Permintaan terlalu lambat diterima",
):
    """The body did not arrive in time; nothing was done."""


def with_headers(problem: Problem, **headers: str) -> Problem:
    """The problem with headers that its reply must carry, such as Allow."""
    problem.headers = headers  # type: ignore[attr-defined]
    return problem


def language_of(accept_language: str | None) -> str:
    """`en` if it is preferred, else Indonesian."""
    ranked = []
    for position, part in enumerate((accept_language or "").split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), position, tag[:2].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(ranked) if tag in LANGUAGES), "id")


def problem_response(
    problem: Problem, *, language: str, instance: str, correlation_id: str, **headers: str
) -> Response:
    """The HTTP reply of a refusal. `errors` point into the request with JSON pointers."""
    data = problem.data
    detail = (data.detail_id or _said(data.detail, language)) if language == "id" else data.detail
    body: dict[str, Any] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title[language],
        "status": problem.status,
        "detail": detail,
        "instance": instance,
        "correlation_id": correlation_id,
        "errors": [_error(error, language) for error in data.errors] or None,
        **data.extra,
    }
    if data.retry_after is not None:
        headers["Retry-After"] = str(data.retry_after)
    content = orjson.dumps({key: value for key, value in body.items() if value is not None}, default=str)
    return Response(content, problem.status, {**headers, "Content-Language": language}, MEDIA_TYPE)


def _error(error: FieldError, language: str) -> dict[str, Any]:
    said = {"detail": _said(error.detail, language), "fix": _said(error.fix, language)}
    return error.model_copy(update=said).model_dump(exclude_none=True)


def _said(text: str | None, language: str) -> str | None:
    return text if text is None or language == "en" else indonesian(text) or text
