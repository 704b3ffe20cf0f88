"""How a green thread waits for PostgreSQL: one listener on the connection's socket, and the hub goes on.

psycopg's `wait_select` works under eventlet but registers the socket through a general `select`, with closures, two
timers and a second look every 0.1 s, each time anew; that was a twentieth of a request's processor time.
"""

from __future__ import annotations

import select
import time
from collections.abc import Generator
from typing import Any

from eventlet.hubs import trampoline
from eventlet.timeout import Timeout
from psycopg import errors, waiting
from psycopg.waiting import Ready, Wait

LOOK_AGAIN_SECONDS = 1.0
"""A socket that another thread closed would never become ready: asking libpq again shows it."""


def install() -> None:
    """Make all psycopg connections of this process wait so."""
    waiting.wait = wait  # type: ignore[assignment]  # it writes its arguments' names into the type


def wait(generator: Generator[Any, Any, Any], fileno: int, interval: float = 0.0, timeout: float | None = None) -> Any:
    """psycopg's protocol: drive `generator`, which yields what it waits for, to its result.

    Raises psycopg's own time-out error after `timeout` seconds, OperationalError for a socket that was closed.
    `interval` is for a keyboard interrupt, which comes as an exception here.
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    try:
        state = next(generator)
        while True:
            state = generator.send(_ready(fileno, state, deadline))
            if deadline is not None and time.monotonic() >= deadline:
                raise errors._WaitTimeout("wait timeout expired")
    except OSError as error:
        raise errors.OperationalError("connection socket closed") from error
    except StopIteration as end:
        return end.value


def _ready(fileno: int, state: int, deadline: float | None) -> int:
    seconds = LOOK_AGAIN_SECONDS
    if deadline is not None:
        seconds = max(0.0, min(seconds, deadline - time.monotonic()))
    if state == Wait.RW:  # a long statement is still being sent
        readable, writable, _ = select.select((fileno,), (fileno,), (), seconds)
        return (Ready.R if readable else 0) | (Ready.W if writable else 0)
    try:
        trampoline(fileno, read=state == Wait.R, write=state == Wait.W, timeout=seconds)
    except Timeout:
        return 0
    return state
