"""Durable clocks that have run out: one at a time, each in its own unit of work."""

from __future__ import annotations

from collections.abc import Callable

from contracts.context import SYSTEM

from . import telemetry, timers
from .runtime import Runtime
from .work import Cause, Work

log = telemetry.logger(__name__)


def fire_one(
    runtime: Runtime, handlers: dict[str, Callable[[Work, timers.Timer], None]], jobs: tuple[str, ...] = ()
) -> bool:
    """Fire the longest overdue timer; False if none is due. A failing one is postponed, never lost."""
    taken: list[timers.Timer] = []

    def fire(work: Work) -> bool:
        timer = timers.take_due(work, jobs)
        if timer is None:
            work.rollback()
            return False
        taken[:] = [timer]
        work.in_story_of(timer.correlation_id, f"timer {timer.kind}", str(timer.id))
        timers.finish(work, timer)
        handlers[timer.kind](work, timer)
        work.commit()
        telemetry.TIMERS_FIRED.labels(timer.kind).inc()
        return True

    try:
        return runtime.run(fire, Cause(actor=SYSTEM, action="timer", correlation_id=str(runtime.new_id())))
    except Exception:
        if not taken:
            raise
        log.exception("timer_failed", kind=taken[0].kind, subject=taken[0].subject)
        with runtime.engine.connect() as connection:
            cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]  # it is connected
            timers.postpone(cursor, taken[0].id, runtime.now())
        return True
