"""What the sample answers, listens to and reminds itself of; every application leaves one row in `seen`."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from chassis.service import Service, answers, on_timer, subscribe
from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.events import UnitStatusChanged
from contracts.base import Query, Request, View
from contracts.hearse import BookingDrafted, DeathRecorded

GATE = sa.text("SELECT pg_advisory_xact_lock_shared(4711)")
seen = sa.Table(
    "seen",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
)


class Seen(View):
    id: UUID


class Note(Request, operation="sample.note", scope="sample:write", reply=Seen):
    """Notes that it was seen; `publish` events tell of it; `remind_in` seconds later a timer notes it again."""

    subject: str
    publish: int = Field(default=0, le=100)
    remind_in: float | None = None
    kind: str = "ring"


class Count(Query, operation="sample.count", scope="sample:read", reply=Seen):
    """Breaks, with personal data in the fault's text."""

    name: str


def mark(work: Work, kind: str, subject: str) -> UUID:
    work.read(GATE)
    identifier = work.new_id()
    work.insert(seen, id=identifier, kind=kind, subject=subject)
    work.audit(subject)
    return identifier


def note(work: Work, request: Note) -> Seen:
    identifier = mark(work, "request", request.subject)
    for number in range(request.publish):
        work.emit(
            identifier, number, BookingDrafted(booking_id=identifier, incident_id=identifier, patient_id=work.new_id())
        )
    if request.remind_in is not None:
        work.remind(request.kind, request.subject, work.now + timedelta(seconds=request.remind_in))
    return Seen(id=identifier)


def count(work: Work, request: Count) -> Seen:
    raise LookupError(f"no such person: {request.name}")


def on_drafted(work: Work, event: BookingDrafted) -> None:
    mark(work, "fact", str(event.patient_id))


def on_unit(work: Work, event: UnitStatusChanged) -> None:
    mark(work, "snapshot", f"{event.unit_id} {event.state}")


def on_death(work: Work, event: DeathRecorded) -> None:
    work.read(sa.text("SELECT CAST(:key AS integer)"), {"key": event.person_key})


def ring(work: Work, timer: Timer) -> None:
    mark(work, "timer", timer.subject)


def broken(work: Work, timer: Timer) -> None:
    mark(work, "never", timer.subject)
    raise RuntimeError("broken")


class Sample(Service):
    """Free of any business."""

    name = "sample"
    note = answers(Note, note)
    count = answers(Count, count)
    on_drafted = subscribe("hearse.booking-drafted.v1", on_drafted)
    on_unit = subscribe("ambulance.unit-status-changed.v1", on_unit)
    on_death = subscribe("hearse.death-recorded.v1", on_death)
    ring = on_timer("ring", ring)
    broken = on_timer("broken", broken)
