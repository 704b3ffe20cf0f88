"""The one who acks, retries or parks: shared by all event workers of a process."""

from __future__ import annotations

import threading
from contextlib import suppress

from kombu import Connection

from . import telemetry
from .broker import ConfirmedBatch, connect
from .delivery import Delivery, Outcome
from .errors import BROKER_FAULTS, describe

log = telemetry.logger(__name__)


class Settler:
    """Keeps one confirming channel open for copies to the retry and dead queues."""

    def __init__(self, amqp_uri: str, service: str) -> None:
        self._amqp_uri, self._name = amqp_uri, f"{service} retries"
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._batch: ConfirmedBatch | None = None

    def __call__(self, delivery: Delivery, outcome: Outcome) -> None:
        """Carry out the verdict. If the copy can't be made, the message goes back to its queue: nothing is lost."""
        try:
            if outcome.verdict in ("retry", "park"):
                with self._lock:
                    delivery.settle(outcome, self._open())
            else:
                delivery.settle(outcome, None)
        except BROKER_FAULTS as error:
            log.warning("settling_failed", reason=describe(error))
            self.close()
            with suppress(*BROKER_FAULTS):  # the broker redelivers by itself when the connection is gone
                delivery.message.requeue()

    def close(self) -> None:
        """Drop the connection; the next copy opens a new one."""
        connection, self._connection, self._batch = self._connection, None, None
        if connection is not None:
            with suppress(*BROKER_FAULTS):
                connection.release()

    def _open(self) -> ConfirmedBatch:
        if self._connection is None or not self._connection.connected or self._batch is None:
            self.close()
            self._connection = connect(self._amqp_uri, name=self._name, heartbeat=0)
            self._batch = ConfirmedBatch(self._connection)
        return self._batch
