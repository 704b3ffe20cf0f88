"""How seats of a batch stand, by the database and by the events alone."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import create_engine, text

from .listening import listen

Seats = dict[str, str]
"""State by id of the seat."""
_OF_BATCH = text("SELECT id::text, state FROM seat WHERE batch_id = CAST(:batch AS uuid)")
TOLD = {"umkm.seat-offered.v1": "offered", "umkm.seat-accepted.v1": "accepted"}


class SeatListener:
    """Hears events in the order in which they were published; one that comes again is heard once."""

    def __init__(self, batch_id: str) -> None:
        self.seats: Seats = {}
        self._batch_id, self._heard = batch_id, set[str]()

    def hear(self, id: str, event_type: str, body: str) -> None:
        """One event."""
        if id in self._heard or not event_type.startswith("umkm.seat-"):
            return
        self._heard.add(id)
        told: dict[str, Any] = json.loads(body)
        if told["batch_id"] == self._batch_id:
            self.seats[told["seat_id"]] = TOLD.get(event_type) or told["state"]


def by_events(amqp_uri: str, batch_id: str, expected: Seats, limit: float) -> Seats:
    """What the stream tells, as soon as it is what is expected; at most `limit` seconds of reading."""
    listener = SeatListener(batch_id)
    listen(amqp_uri, listener.hear, lambda: listener.seats == expected, limit)
    return listener.seats


def by_database(url: str, batch_id: str) -> Seats:
    """What the umkm service's database holds."""
    engine = create_engine(url, connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        found = {row.id: row.state for row in connection.execute(_OF_BATCH, {"batch": batch_id})}
    engine.dispose()
    return found
