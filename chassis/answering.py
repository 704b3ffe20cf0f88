"""How a request becomes a reply: checked, authorised, applied once, answered as data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from contracts.base import Request
from contracts.context import CONTEXT_KEY, Context
from contracts.problems import (
    FieldError,
    Forbidden,
    Internal,
    InvalidRequest,
    KeyReused,
    Malformed,
    Problem,
    Unauthenticated,
    Unavailable,
    invalid,
)

from . import telemetry
from .errors import describe
from .faults import FAULTS
from .inbox import AlreadyApplied, Claim, delivery_claim, request_claim
from .runtime import Runtime
from .work import Cause, Work

log = telemetry.logger(__name__)
CONTEXT_HEADER = f"nameko.{CONTEXT_KEY}"
NUL = b"\\u0000"
Handler = Callable[[Work, Any], BaseModel]


class Expired(Exception):
    """Nobody waits for this reply any more, so the work is not begun."""


Read = Callable[[type[Request], bytes], Request]


def from_arguments(model: type[Request], body: bytes) -> Request:
    """The request in a message of nameko's RPC. Raises Malformed, InvalidRequest."""
    try:
        sent = orjson.loads(body)["kwargs"]["request"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise Malformed("send the request as the keyword argument `request`") from None
    return _checked(model, body, sent)


def from_json(model: type[Request], body: bytes) -> Request:
    """The request that is the whole body. Raises Malformed, InvalidRequest."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Malformed("send the request as JSON") from None
    return _checked(model, body, sent)


def _checked(model: type[Request], body: bytes, sent: Any) -> Request:
    if NUL in body and (errors := tuple(_nul_characters(sent))):
        raise InvalidRequest(errors=errors)
    try:
        # Not from the bytes: pydantic would take whole numbers of any length, and no column does.
        return model.model_validate(sent)
    except ValidationError as error:
        raise invalid(error, sent) from None


def _nul_characters(sent: Any, pointer: str = "") -> Iterator[FieldError]:
    """PostgreSQL has no text with that character, so no field may hold it."""
    if isinstance(sent, dict):
        for name, value in sent.items():
            yield from _nul_characters(value, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(sent, list):
        for index, value in enumerate(sent):
            yield from _nul_characters(value, f"{pointer}/{index}")
    elif isinstance(sent, str) and "\0" in sent:
        yield FieldError(pointer=pointer, code="nul-character", detail="holds the character U+0000", fix="remove it")


def answer(runtime: Runtime, model: type[Request], handler: Handler, headers: dict[str, Any], body: bytes) -> bytes:
    """The reply's bytes to one request message. Raises Expired; every other fault becomes an error reply."""
    context = headers.get(CONTEXT_HEADER)
    return answer_to(runtime, model, handler, context if isinstance(context, str) else None, body, from_arguments)


def answer_to(
    runtime: Runtime, model: type[Request], handler: Handler, context: str | None, body: bytes, read: Read = from_json
) -> bytes:
    """The same, whichever way the request came: `read` knows what its body looks like."""
    started = time.perf_counter()
    outcome = "expired"
    try:
        outcome, reply = _answer(runtime, model, handler, context, body, read)
        return reply
    finally:
        telemetry.answered(model.operation, outcome).inc()
        telemetry.answering_seconds(model.operation).observe(time.perf_counter() - started)


def _answer(
    runtime: Runtime, model: type[Request], handler: Handler, sent: str | None, body: bytes, read: Read
) -> tuple[str, bytes]:
    try:
        context = context_of(sent)
    except Problem as problem:
        return problem.slug, error_reply(problem)
    with (
        telemetry.story(correlation_id=context.correlation_id, operation=model.operation),
        telemetry.span(model.operation, context.traceparent),
    ):
        try:
            return "ok", _result(_perform(runtime, model, handler, context, read(model, body)))
        except Problem as problem:
            return problem.slug, error_reply(problem)
        except FAULTS as error:
            log.warning("request_fault", reason=describe(error))
            return "fault", error_reply(Unavailable(retry_after=2))
        except Exception:
            log.exception("request_failed")
            return "internal", error_reply(Internal())


def error_reply(problem: Problem) -> bytes:
    """A problem as a reply: our own members, and those that a nameko client turns into a RemoteError."""
    error = {
        "exc_type": type(problem).__name__,
        "exc_path": f"contracts.problems.{type(problem).__name__}",
        "exc_args": [problem.slug],
        "value": problem.title["en"],
        **problem.data.model_dump(mode="json"),
    }
    return b'{"result":null,"error":' + orjson.dumps(error) + b"}"


def _result(reply: bytes) -> bytes:
    return b'{"result":' + reply + b',"error":null}'


def context_of(sent: str | None) -> Context:
    """Who asks. Raises Unauthenticated for what is no context, Expired when its deadline has passed."""
    try:
        context = Context.model_validate_json(sent or "")
    except ValidationError:
        raise Unauthenticated(f"the request carries no valid {CONTEXT_HEADER} header") from None
    if context.deadline is not None and context.deadline < time.time():
        raise Expired
    return context


def _perform(runtime: Runtime, model: type[Request], handler: Handler, context: Context, request: Request) -> bytes:
    if not context.actor.may(model.scope):
        raise Forbidden(f"this needs the scope {model.scope}", scope=model.scope)
    cause = Cause(
        actor=context.actor,
        action=model.operation,
        correlation_id=context.correlation_id,
        causation_id=context.request_id,
        purpose=context.purpose,
        traceparent=telemetry.current_traceparent(context.traceparent),
    )
    if not model.changes:
        return runtime.run(lambda work: _dump(handler(work, request)), cause, transactional=False)
    try:
        return runtime.run(lambda work: _apply(work, handler, request), cause, _claim(context, model, request))
    except AlreadyApplied as applied:
        if not applied.same_request:
            raise KeyReused("this Idempotency-Key came with another request before") from None
        return applied.reply(runtime.cipher)


def _apply(work: Work, handler: Handler, request: Request) -> bytes:
    try:
        reply = _dump(handler(work, request))
    except Problem:
        work.check_claim()  # a retry of what was applied gets the first reply, not what the new state says
        raise
    work.commit(reply)
    return reply


def _claim(context: Context, model: type[Request], request: Request) -> Claim:
    actor, body = context.actor, request.model_dump_json().encode()
    if context.idempotency_key is None:
        return delivery_claim(actor.client, actor.subject, model.operation, context.request_id, body)
    resource = context.resource or model.operation
    return request_claim(actor.client, actor.subject, resource, context.idempotency_key, body)


def _dump(reply: BaseModel) -> bytes:
    return reply.model_dump_json().encode()
