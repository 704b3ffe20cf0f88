"""JSON logs: one line an event, with the story it belongs to, with personal data masked."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

import orjson
import structlog

from ..errors import describe
from ..masking import MaskingFilter, mask_event

# Their texts name code. All others may quote a value: `invalid literal for int(): 'Siti'`, a driver's DETAIL line.
_TELL_NO_VALUES = (TypeError, AttributeError, NameError, ImportError, NotImplementedError)
NOISY = ("nameko", "kombu", "amqp", "eventlet", "urllib3")
_STORY: ContextVar[Mapping[str, str | None]] = ContextVar("story", default=MappingProxyType({}))
REPEATED = ("kombu.mixins",)
"""It tells with a whole trace, every second, what the consumers say in a line."""


def configure_logs(service: str, level: str = "INFO") -> None:
    """Send structlog and the standard library's logging as JSON lines to standard error."""
    before = [
        _add_story,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _name_service(service),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],  # type: ignore[list-item]
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(MaskingFilter())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,  # type: ignore[arg-type]
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(format_fault),
                mask_event,
                structlog.processors.JSONRenderer(serializer=_dump),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    for name in REPEATED:
        logging.getLogger(name).setLevel(logging.ERROR)


def logger(name: str) -> Any:
    """A structured logger: `log.info("relay_leads", batch=3)`."""
    return structlog.stdlib.get_logger(name)


class story(AbstractContextManager[None]):  # used as a word: `with telemetry.story(correlation_id=…):`
    """Every line logged inside carries these ids (correlation_id, message_id, operation)."""

    __slots__ = ("_ids", "_token")

    def __init__(self, **ids: str | None) -> None:
        self._ids = ids

    def __enter__(self) -> None:
        self._token = _STORY.set({**_STORY.get(), **self._ids})

    def __exit__(self, *_: object) -> None:
        _STORY.reset(self._token)


def _add_story(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    for name, value in _STORY.get().items():
        if value:
            event.setdefault(name, value)
    return event


def format_fault(exc_info: Any) -> str:
    """Where it happened and of which kind the fault is, its causes first; its text only if that can quote no value."""
    error, parts, known = exc_info[1], [], set()
    while error is not None and id(error) not in known:
        known.add(id(error))
        text = f"{type(error).__name__}: {error}" if isinstance(error, _TELL_NO_VALUES) else describe(error)
        parts.append("".join(traceback.format_tb(error.__traceback__)) + text)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nled to\n\n".join(reversed(parts))


def _name_service(service: str) -> Any:
    def add(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add


def _dump(value: Any, **_: Any) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
