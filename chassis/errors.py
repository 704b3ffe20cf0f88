"""Faults by kind: what may be tried again, and what never will work."""

from __future__ import annotations

import amqp
from kombu.exceptions import OperationalError as BrokerOperationalError

from contracts.envelope import EnvelopeError
from contracts.problems import Problem, StillRunning

from .broker import NotConfirmed

BROKER_FAULTS = (amqp.AMQPError, BrokerOperationalError, ConnectionError, TimeoutError, NotConfirmed, OSError)
"""Of the broker and the way to it. With the database's they are in faults.py, which gateway and console do without."""


def is_poison(error: BaseException) -> bool:
    """True if the message itself can never be handled: park it at once."""
    return isinstance(error, EnvelopeError)


def is_rejection(error: BaseException) -> bool:
    """True for a refusal by the rules: a decision, not a fault. (StillRunning is a matter of a moment.)"""
    return isinstance(error, Problem) and not isinstance(error, StillRunning)


def describe(error: BaseException) -> str:
    """A reason fit for operators and headers: kind and, for our own errors, the text. Never a driver's, with values."""
    if isinstance(error, Problem | EnvelopeError | NotConfirmed):
        return f"{type(error).__name__}: {error}"
    if isinstance(error, amqp.AMQPError) and error.reply_text:
        return f"{type(error).__name__}: {' '.join(str(error.reply_text).split())[:200]}"
    sqlstate = getattr(getattr(error, "orig", error), "sqlstate", None)
    return type(error).__name__ + (f" ({sqlstate})" if sqlstate else "")
