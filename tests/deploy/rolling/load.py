"""Callers who go on asking, each request until it is answered, with the same key: what a client of ours does."""

from __future__ import annotations

import threading
import uuid
from contextlib import suppress
from typing import Any

from chassis.errors import BROKER_FAULTS
from tests.support.broker import Vhost
from tests.support.rpc import Caller

OPERATION, SCOPE = "ambulance.record_contact", "ambulance:report"
ANSWER_SECONDS = 3.0


class Load:
    """Some callers in threads. `answered` holds the contact's id by the request's key."""

    def __init__(self, vhost: Vhost, callers: int = 4) -> None:
        self._vhost, self._stopping = vhost, threading.Event()
        self.answered: dict[str, str] = {}
        self.wrong: list[Any] = []
        self.repeated = 0
        self._threads = [threading.Thread(target=self._go_on, daemon=True) for _ in range(callers)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """No new request; those that were sent are answered first."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)

    def _go_on(self) -> None:
        while not self._stopping.is_set():
            with suppress(*BROKER_FAULTS), Caller(self._vhost) as caller:
                while not self._stopping.is_set():
                    self._ask(caller, str(uuid.uuid4()))

    def _ask(self, caller: Caller, key: str) -> None:
        while key not in self.answered:
            try:
                reply = caller.call(OPERATION, {"channel": "call"}, ANSWER_SECONDS, scopes=[SCOPE], idempotency_key=key)
            except TimeoutError:
                self.repeated += 1
                continue
            if reply["error"] is not None or "error" in (reply["result"] or {}):
                self.wrong.append(reply)
                return
            self.answered[key] = reply["result"]["id"]
