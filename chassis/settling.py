"""The one who acks, retries or parks: shared by all event workers of a process."""

from __future__ import annotations

import threading
from itertools import chain, repeat

from kombu import Connection

from . import telemetry
from .broker import ConfirmedBatch, abandon, connect
from .delivery import Delivery, Outcome
from .errors import BROKER_FAULTS, describe

log = telemetry.logger(__name__)
PAUSES = (0.5, 1, 2, 5, 10)
"""Seconds between two tries to make a copy; the last one from then on."""


class Settler:
    """Keeps one confirming channel open for copies to the retry and dead queues."""

    def __init__(self, amqp_uri: str, service: str) -> None:
        self._amqp_uri, self._name = amqp_uri, f"{service} retries"
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._connection: Connection | None = None
        self._batch: ConfirmedBatch | None = None

    def __call__(self, delivery: Delivery, outcome: Outcome) -> None:
        """Carry out the verdict. While its copy can't be made the message is held: given back, it would come again at
        once, and a broker that counts would drop it after some rounds."""
        try:
            if outcome.verdict not in ("retry", "park") or self._handed_on(delivery, outcome):
                delivery.ack(outcome)
        except BROKER_FAULTS as error:  # the connection that brought it is gone: it will come again
            log.warning("ack_lost", reason=describe(error))

    def stop(self) -> None:
        """Wait for no more copies: what is still held comes again once this process is gone."""
        self._stopping.set()

    def close(self) -> None:
        """Drop the connection; the next copy opens a new one."""
        connection, self._connection, self._batch = self._connection, None, None
        if connection is not None:
            abandon(connection)

    def _handed_on(self, delivery: Delivery, outcome: Outcome) -> bool:
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                with self._lock:
                    delivery.hand_on(outcome, self._open())
                return True
            except BROKER_FAULTS as error:
                log.warning("settling_failed", reason=describe(error), again_in_seconds=pause)
                self.close()
            if self._stopping.wait(pause) or not delivery.held:
                return False
        raise AssertionError("unreachable")

    def _open(self) -> ConfirmedBatch:
        if self._connection is None or not self._connection.connected or self._batch is None:
            self.close()
            self._connection = connect(self._amqp_uri, name=self._name, heartbeat=0)
            self._batch = ConfirmedBatch(self._connection)
        return self._batch
