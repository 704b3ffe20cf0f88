"""Ctrl-C and the other requests to stop: raised while starting and running, ignored while cleaning up."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Handler = Callable[[int, FrameType | None], None] | signal.Handlers


class Interrupted(BaseException):
    """The operator asked to stop; not an Exception, so that no error handling takes it for a failure."""


@contextmanager
def interruptible() -> Iterator[None]:
    """A request to stop raises Interrupted in the block, once."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        _set(signal.SIG_IGN)
        raise Interrupted

    with _handled_by(interrupt):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """A request to stop does not break the block, which is stopping already."""
    with _handled_by(signal.SIG_IGN):
        yield


@contextmanager
def _handled_by(handler: Handler) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in STOPPING_SIGNALS}
    _set(handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _set(handler: Handler) -> None:
    for number in STOPPING_SIGNALS:
        signal.signal(number, handler)
