"""The two doors of log lines: the standard library's filter and the structlog processor, alone and together."""

from __future__ import annotations

import io
import json
import logging
import sys

import orjson
import pytest
import structlog

from chassis.masking import MaskingFilter, mask_event

from .test_masking import NAME, NIK, PHONE, Person


@pytest.fixture
def log() -> tuple[logging.Logger, io.StringIO]:
    """A logger of the standard library with the filter on its handler, and what it wrote."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(MaskingFilter())
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.Logger("sample")
    logger.addHandler(handler)
    return logger, out


def test_standard_messages_and_arguments(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.info("%s of %s by %s: %d%%", NIK, PHONE, Person(), 50)
    logger.info("plain 100%% %s", "ok")
    logger.info("100% {'name': 'Siti Zulaikha'}")
    lines = out.getvalue().splitlines()
    assert lines[:2] == ["3671********9001 of 0812****7890 by Person(name=***): 50%", "plain 100% ok"]
    assert lines[2] == "100% {'name': ***}"


def test_arguments_survive_when_there_is_nothing_to_mask() -> None:
    record = logging.makeLogRecord({"msg": '%s "%s"', "args": ("127.0.0.1:1", "GET /")})
    MaskingFilter().filter(record)
    assert record.args == ("127.0.0.1:1", "GET /")  # access-log formatters read them


def test_arguments_that_do_not_fit_are_told_and_do_not_raise(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    logger.info(f"{NIK} %s %s", "one")
    assert out.getvalue() == "3671********9001 %s %s [its arguments do not fit]\n"


def test_exception_text_and_extra_fields(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = log
    try:
        raise ValueError(f"no such NIK {NIK}")
    except ValueError:
        logger.exception("failed", stack_info=True)
    assert "ValueError: no such NIK 3671********9001" in out.getvalue() and NIK not in out.getvalue()
    stack = logging.makeLogRecord({"msg": "x", "stack_info": f"Stack:\n  find('{NIK}')"})
    MaskingFilter().filter(stack)
    assert stack.stack_info == "Stack:\n  find('3671********9001')"
    record = logging.makeLogRecord({"msg": "x", "phone": PHONE, "unit": "A-1", "_logger": logger})
    MaskingFilter().filter(record)
    assert (record.phone, record.unit, record._logger) == ("***", "A-1", logger)  # type: ignore[attr-defined]


def test_the_whole_chain_of_structlog_and_the_standard_library() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(MaskingFilter())
    renderer = structlog.processors.JSONRenderer(serializer=lambda value, **_: orjson.dumps(value).decode())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                mask_event,
                renderer,
            ]
        )
    )
    base = logging.Logger("sample")
    base.addHandler(handler)
    bound = structlog.wrap_logger(base, processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter])
    try:
        raise ValueError(f"{NIK} {PHONE}")
    except ValueError:
        bound.error("failed", name=NAME, unit="A-1", exc_info=sys.exc_info())
        base.exception("failed for %s", NIK)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["event"], first["name"], first["unit"]) == ("failed", "***", "A-1")
    assert second["event"] == "failed for 3671********9001"
    for line in (first, second):
        assert "ValueError: 3671********9001 0812****7890" in line["exception"]
    assert not any(secret in out.getvalue() for secret in (NIK, PHONE, NAME))
