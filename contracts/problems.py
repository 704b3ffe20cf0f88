"""Typed errors: one class per problem, with its slug, HTTP status and titles in two languages.

A service raises one; it travels as data (never as an exception's text); the gateway shows it as RFC 9457 problem+json.
A new problem is a subclass, declared beside the contract that it belongs to:

    class UnitTaken(Problem, slug="unit-taken", status=409, en="The unit is taken", id="Unit sudah ditugaskan"):
        '''Another dispatcher was first.'''
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pydantic import Field, ValidationError

from .base import View

PROBLEMS: dict[str, type[Problem]] = {}


class FieldError(View):
    """One wrong field: where (JSON pointer, RFC 6901), what is wrong, and how to mend it."""

    pointer: str
    code: str
    detail: str
    fix: str | None = None


class ProblemData(View):
    """A problem as it travels in a reply."""

    slug: str
    detail: str | None = None
    detail_id: str | None = None
    errors: tuple[FieldError, ...] = ()
    extra: dict[str, Any] = Field(default_factory=dict)
    retry_after: int | None = None


class Problem(Exception):
    """A refusal that the caller can understand and act upon. `extra` members appear beside the standard ones.

    `detail` says what happened in this case, in English; `detail_id` the same in Indonesian. Neither may hold
    personal data.
    """

    slug: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title: ClassVar[dict[str, str]] = {"en": "Internal error", "id": "Kesalahan internal"}

    def __init_subclass__(cls, *, slug: str, status: int, en: str, id: str, **_: Any) -> None:
        super().__init_subclass__()
        if slug in PROBLEMS and PROBLEMS[slug].__qualname__ != cls.__qualname__:
            raise TypeError(f"problem slug {slug!r} is declared twice")
        cls.slug, cls.status, cls.title = slug, status, {"en": en, "id": id}
        PROBLEMS[slug] = cls

    def __init__(
        self,
        detail: str | None = None,
        *,
        detail_id: str | None = None,
        errors: tuple[FieldError, ...] = (),
        retry_after: int | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or self.title["en"])
        self.data = ProblemData(
            slug=self.slug, detail=detail, detail_id=detail_id, errors=errors, extra=extra, retry_after=retry_after
        )


class InvalidRequest(
    Problem, slug="invalid-request", status=422, en="A field is missing or wrong", id="Isian kurang atau salah"
):
    """`errors` names each field."""


class Malformed(
    Problem, slug="malformed", status=400, en="The body is not valid JSON", id="Isi permintaan bukan JSON yang sah"
):
    """The body could not be read at all."""


class Unauthenticated(
    Problem, slug="unauthenticated", status=401, en="A valid access token is needed", id="Perlu token akses yang sah"
):
    """No token, or one that is expired, not ours or not signed as required."""


class Forbidden(Problem, slug="forbidden", status=403, en="Not allowed", id="Tidak diizinkan"):
    """The caller's scopes or rows do not cover this."""


class NotFound(Problem, slug="not-found", status=404, en="Not found", id="Tidak ditemukan"):
    """No such thing, or none that the caller may see."""


class MethodNotAllowed(
    Problem, slug="method-not-allowed", status=405, en="Method not allowed", id="Metode tidak diizinkan"
):
    """The address exists, the method does not."""


class Conflict(
    Problem, slug="conflict", status=409, en="The state does not allow this", id="Keadaan tidak memungkinkan"
):
    """The thing has moved on, or the step is not legal from its present state."""


class StaleVersion(
    Problem,
    slug="stale-version",
    status=412,
    en="It has been changed meanwhile",
    id="Data sudah diubah sementara itu",
):
    """`version` is the present one: look at it before you change it."""


class StillRunning(
    Problem,
    slug="still-running",
    status=409,
    en="The first request is still running",
    id="Permintaan pertama masih diproses",
):
    """The same Idempotency-Key is being worked on at this moment."""


class TooLarge(Problem, slug="too-large", status=413, en="The body is too large", id="Isi permintaan terlalu besar"):
    """Over the limit of the route."""


class UnsupportedMedia(
    Problem, slug="unsupported-media-type", status=415, en="Send application/json", id="Kirim application/json"
):
    """The content type is not one that the route reads."""


class KeyReused(
    Problem,
    slug="idempotency-key-reused",
    status=422,
    en="The Idempotency-Key was used for another request",
    id="Idempotency-Key sudah dipakai untuk permintaan lain",
):
    """Same key, other body: a fault of the client that must not be hidden."""


class KeyMissing(
    Problem,
    slug="idempotency-key-missing",
    status=422,
    en="An Idempotency-Key header is needed",
    id="Perlu header Idempotency-Key",
):
    """The super app must send one on every POST."""


class TooManyRequests(
    Problem, slug="too-many-requests", status=429, en="Too many requests", id="Terlalu banyak permintaan"
):
    """`retry_after` in seconds."""


class Internal(Problem, slug="internal", status=500, en="Internal error", id="Kesalahan internal"):
    """Our fault; the correlation id finds it in the logs. Carries no text of the cause."""


class Unavailable(
    Problem, slug="unavailable", status=503, en="The service is not available", id="Layanan tidak tersedia"
):
    """Nobody answers for this service at this moment. Nothing was done; retry later."""


class TimedOut(
    Problem,
    slug="timed-out",
    status=504,
    en="The service did not answer in time",
    id="Layanan tidak menjawab tepat waktu",
):
    """Unknown whether it was done; the same Idempotency-Key makes a retry safe."""


def invalid(error: ValidationError, sent: Any = None) -> InvalidRequest:
    """Turn pydantic's errors into field errors, without the values that were sent. `sent`, the document, lets pointers
    lead into it: pydantic also names which of several models a part was read as."""
    found = error.errors(include_input=False, include_url=False)
    return InvalidRequest(errors=tuple(_field_error(one, sent) for one in found))


def wrong_field(field: str, code: str, detail: str, fix: str | None = None) -> InvalidRequest:
    """A single wrong field found by a rule; `field` in dotted form: `location.coordinates`."""
    return InvalidRequest(
        errors=(FieldError(pointer="/" + field.replace(".", "/"), code=code, detail=detail, fix=fix),)
    )


def _field_error(error: Any, sent: Any) -> FieldError:
    parts = error["loc"] if sent is None else _inside(error["loc"], sent)
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
    context = error.get("ctx") or {}
    return FieldError(pointer=pointer or "/", code=error["type"], detail=error["msg"], fix=context.get("fix"))


def _inside(loc: Sequence[int | str], sent: Any) -> Iterator[int | str]:
    """The parts that lead into the document; the last one may be what is missing there."""
    here = sent
    for place, part in enumerate(loc, start=1):
        if isinstance(here, dict) and part not in here and place < len(loc):
            continue
        yield part
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part] if part < len(here) else None


def require_version(version: int, seen: int | None) -> None:
    """Raise StaleVersion if the caller saw another version than the present one."""
    if seen not in (None, version):
        raise StaleVersion(f"it has version {version}, not {seen}", detail_id=f"kini versi {version}", version=version)
