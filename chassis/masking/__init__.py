"""The last look at a log line: numbers, addresses and secrets of people are masked before it leaves the process.

A net under careful code, not a licence to log people: a name without a key beside it cannot be recognised.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, MutableMapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from .patterns import mask_text
from .sensitive import HIDDEN, is_sensitive

__all__ = ["MaskingFilter", "is_sensitive", "mask_event", "mask_text", "mask_value"]

MAX_DEPTH = 8
# Hold no text of people; integers are left alone because ids, counters and clocks are integers and NIK never are.
_PLAIN = (bool, int, float, Decimal, UUID, date, time, timedelta, type(None))
# Ids of traces are hexadecimal by construction (OpenTelemetry), and some happen to look like a NIK.
_TRACE_KEYS = frozenset({"trace_id", "span_id", "traceparent"})
_RECORD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_FORMATTER = logging.Formatter()


def mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: place it behind `format_exc_info` and before the renderer."""
    return {mask_text(key): value if key == "exc_info" else mask_value(value, key) for key, value in event.items()}


def mask_value(value: Any, key: str = "", depth: int = 0) -> Any:
    """The value as it may be logged under `key`; what is not plain data becomes its masked text."""
    if key and is_sensitive(key):
        return value if value is None or isinstance(value, bool) else HIDDEN
    if isinstance(value, _PLAIN) or key in _TRACE_KEYS:
        return value
    if depth >= MAX_DEPTH:
        return HIDDEN
    if isinstance(value, Mapping):
        return {mask_text(str(name)): mask_value(inner, str(name), depth + 1) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [mask_value(inner, "", depth + 1) for inner in value]
    return mask_text(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else repr(value)


class MaskingFilter(logging.Filter):
    """For handlers of the standard library's logging: masks message, arguments, `extra` fields and exception text.

    The record's `exc_info` stays, because formatters need it; `exc_text`, which they prefer, is masked.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record in place; always lets it through."""
        _mask_message(record)
        for name in vars(record).keys() - _RECORD_FIELDS:
            if not name.startswith("_"):
                setattr(record, name, mask_value(getattr(record, name), name))
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_text(record.exc_text)
        if record.stack_info:
            record.stack_info = mask_text(record.stack_info)
        return True


def _mask_message(record: logging.LogRecord) -> None:
    if isinstance(record.msg, dict):  # structlog's event on its way to ProcessorFormatter
        record.msg = mask_event(None, "", record.msg)  # type: ignore[assignment]
        return
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError):
        record.msg, record.args = f"{mask_text(str(record.msg))} [its arguments do not fit]", None
        return
    masked = mask_text(message)
    if masked != message:  # otherwise the arguments stay: access-log formatters read them
        record.msg, record.args = masked, None
