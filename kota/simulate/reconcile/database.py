"""What the services' databases hold of a run, read with each service's own role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Engine, create_engine, text

from .findings import Published

_OUTBOX = text(
    "SELECT id::text, type, subject, headers->>'ce-correlationid', published_at IS NOT NULL FROM outbox"
    " WHERE headers->>'ce-correlationid' LIKE :prefix ORDER BY seq"
)
_INBOX = text("SELECT message_id FROM inbox WHERE consumer = :consumer AND message_id = ANY(:ids)")
_BOOKINGS = text(
    "SELECT patient_id::text, count(*) FROM booking WHERE patient_id = ANY(CAST(:ids AS uuid[])) GROUP BY 1"
)
_OVERLAPS = text(
    "SELECT DISTINCT one.resource FROM reservation one JOIN reservation other"
    " ON one.resource = other.resource AND one.id < other.id"
    " AND tstzrange(one.begins_at, one.ends_at) && tstzrange(other.begins_at, other.ends_at)"
)
_POOL = {"pool_pre_ping": True, "pool_size": 1}


class Database:
    """One service's database."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = create_engine(url, connect_args={"connect_timeout": 5}, **_POOL)  # type: ignore[arg-type]

    def outbox(self, prefix: str) -> list[Published]:
        """The events of the stories whose correlation ids begin with `prefix`."""
        with self._engine.connect() as connection:
            return [Published(*row) for row in connection.execute(_OUTBOX, {"prefix": f"{prefix}%"})]

    def applied(self, consumer: str, ids: Sequence[str]) -> set[str]:
        """Those of the messages that the consumer has applied."""
        with self._engine.connect() as connection:
            return set(connection.execute(_INBOX, {"consumer": consumer, "ids": list(ids)}).scalars())

    def bookings(self, patients: Sequence[str]) -> Counter[str]:
        """Hearse bookings by patient."""
        with self._engine.connect() as connection:
            rows = connection.execute(_BOOKINGS, {"ids": list(patients)})
            return Counter({patient: count for patient, count in rows})

    def overlaps(self) -> list[str]:
        """Vehicles and officers of the hearse service that are in two places at once: there must be none."""
        with self._engine.connect() as connection:
            return list(connection.execute(_OVERLAPS).scalars())

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()
