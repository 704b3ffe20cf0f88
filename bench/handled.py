"""The service process of the handler benchmark: inbox and one row for each event, by the chassis' own means."""

from __future__ import annotations

from chassis import run  # first: it makes the process' sockets green

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from bench.handled_event import IncidentCreated
from chassis.db import new_metadata
from chassis.service import Service, subscribe
from chassis.work import Work

handled = sa.Table(
    "handled",
    new_metadata(),
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("body", JSONB, nullable=False),
)


def handle(work: Work, event: IncidentCreated) -> None:
    """One row (and the audit row that every change has)."""
    work.insert(handled, incident_id=event.incident_id, body=event.model_dump())
    work.audit(event.incident_id)


class Bench(Service):
    """Listens to one event type."""

    name = "bench"

    on_created = subscribe("bench.incident-created.v1", handle)


if __name__ == "__main__":
    run.serve(Bench)
