"""Events in the hands of a few workers, each of which takes all that waits, up to a limit, in one transaction.

While little comes, each event is handled the moment it comes; the more there is, the more share a commit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from math import ceil

from eventlet import GreenPool

from . import telemetry
from .delivery import Delivery, Outcome, change
from .runtime import Runtime
from .settling import Settler
from .together import JointWork

log = telemetry.logger(__name__)
TOGETHER = 8
NOBODY = Outcome.park("nobody here handles this type")
Handler = Callable[..., None]
Job = tuple[Delivery, Handler]


class Handling:
    """`at_once` workers; `take` never waits, so the number of messages in hand is for the consumer to limit."""

    def __init__(self, runtime: Runtime, settle: Settler, at_once: int) -> None:
        self._runtime, self._settle, self._at_once = runtime, settle, at_once
        self._waiting: deque[Job] = deque()
        self._workers = GreenPool(at_once)
        self._setting_out = 0
        self._settlers = GreenPool(1000)

    def take(self, delivery: Delivery, handler: Handler | None) -> None:
        """Have a message handled."""
        if handler is None:
            self._settlers.spawn_n(self._settle, delivery, NOBODY)
            return
        self._waiting.append((delivery, handler))
        if self._workers.running() < self._at_once:
            self._setting_out += 1
            self._workers.spawn_n(self._work)

    def finish(self) -> None:
        """Wait until all that was taken is settled."""
        self._workers.waitall()
        self._settlers.waitall()

    def _work(self) -> None:
        self._setting_out -= 1
        while self._waiting:
            # What came in one breath is shared with the workers that have not begun yet: none waits for a neighbour
            # as long as a worker is free.
            share = ceil(len(self._waiting) / (1 + self._setting_out))
            jobs = [self._waiting.popleft() for _ in range(min(TOGETHER, share))]
            try:
                outcomes = self._together(jobs) if len(jobs) > 1 else None
                for number, (delivery, handler) in enumerate(jobs):
                    outcome = outcomes[number] if outcomes else delivery.handle(self._runtime, handler)
                    self._settled(delivery, outcome)
            except Exception:  # of our own making: what is not acked comes again with the next connection
                log.exception("handling_failed")

    def _settled(self, delivery: Delivery, outcome: Outcome) -> None:
        if outcome.verdict in ("applied", "duplicate"):
            self._settle(delivery, outcome)
        else:  # its copy may have to wait for the broker; the events behind it do not
            self._settlers.spawn_n(self._settle, delivery, outcome)

    def _together(self, jobs: Sequence[Job]) -> list[Outcome] | None:
        """The verdicts if all were applied in one transaction; None if nothing was, and each is tried by itself."""

        def apply(work: JointWork) -> list[Outcome]:
            read = [delivery.read(self._runtime) for delivery, _ in jobs]
            for (delivery, handler), (envelope, event) in zip(jobs, read, strict=True):
                with delivery.story(envelope), telemetry.span(f"handle {envelope.type}", envelope.traceparent):
                    work.turn_to(delivery.cause(envelope), delivery.claim(envelope))
                    change(work, handler, envelope, event)
                    work.commit()
            work.finish()
            return [
                delivery.applied(self._runtime, envelope)
                for (delivery, _), (envelope, _) in zip(jobs, read, strict=True)
            ]

        try:
            return self._runtime.run_together(apply)
        except Exception:  # told when it is tried by itself
            telemetry.TOGETHER_FAILED.inc()
            return None
