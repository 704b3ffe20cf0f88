"""Incidents. Their patients are rows of patient.py's table, loaded and saved together with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    select,
    text,
)

from chassis.encrypted import decrypt, encrypt
from chassis.question import Question, given
from chassis.work import Work
from contracts.ambulance.values import IncidentClass, IncidentKind, IncidentState, Outcome, Triage

from ..domain.duplicates import WITHIN
from ..domain.incident import Incident
from ..domain.patient import Patient
from ..domain.place import Place
from . import patient as patients
from . import response
from .columns import Row, from_point, locked, metadata, moment, point, to_point
from .hand_over import from_hand_over, from_offer, to_hand_over, to_offer, to_receipt

RED_WAITING_SECONDS = """
SELECT coalesce(extract(epoch FROM now() - min(opened_at)), 0) FROM incident
 WHERE triage = 'merah' AND incident_class = 'emergency' AND state IN ('received', 'triaged')
"""
"""How long the red call that waits longest has been without a unit; 0 when none waits."""

incident = Table(
    "incident",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("incident_class", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("triage", Text),
    Column("triage_provisional", Boolean, nullable=False),
    Column("protocol_version", Text),
    *point(),
    Column("kelurahan_code", Text),
    Column("landmark", Text, comment="encrypted"),
    Column("outside_city", Boolean, nullable=False),
    moment("pickup_at"),
    Column("outcome", Text),
    Column("close_reason", Text, comment="encrypted"),
    moment("opened_at", required=True),
    moment("closed_at"),
    Column("handed_over_to", Text, comment="encrypted"),
    moment("handed_over_at"),
    Column("offered_to", Text, comment="encrypted"),
    moment("offered_at"),
    Column("received_by", Text, comment="encrypted"),
    moment("received_at"),
    Column("receipt_reference", Text, comment="encrypted"),
    Column("duplicate_of", Uuid, ForeignKey("incident.id"), index=True),
    Column("version", Integer, nullable=False),
    Index("ix_incident_opened_at_id", "opened_at", "id"),
)
# A literal: with a parameter a generic plan could not use the partial index.
IS_OPEN = text(f"incident.state <> '{IncidentState.CLOSED}'")
Index("ix_incident_open", incident.c.opened_at, incident.c.id, postgresql_where=IS_OPEN)

MOST_AROUND = 200
_ONE = Question(select(incident).where(incident.c.id == given("id", Uuid())))
_ONE_LOCKED = Question(locked(select(incident).where(incident.c.id == given("id", Uuid())), True))
_AROUND = Question(
    select(incident)
    .where(
        incident.c.opened_at.between(given("begin"), given("end")),
        incident.c.incident_class == IncidentClass.EMERGENCY,
        incident.c.state != IncidentState.CLOSED,
        incident.c.id != given("id", Uuid()),
    )
    .order_by(incident.c.opened_at, incident.c.id)
    .limit(MOST_AROUND)
)
_DUPLICATES = Question(
    select(incident.c.id)
    .where(incident.c.duplicate_of == given("id", Uuid()))
    .order_by(incident.c.opened_at, incident.c.id)
)


def add(work: Work, new: Incident) -> None:
    """Store a new incident and its patients."""
    work.insert(incident, id=new.id, opened_at=new.opened_at, **_values(work, new))
    for one in new.patients:
        patients.add(work, new.id, one)


def save(work: Work, changed: Incident, *patients_changed: Patient) -> None:
    """Store what changed of an incident that was loaded with a lock, and of the patients named."""
    work.update(incident, {"id": changed.id}, **_values(work, changed))
    response.changed(work, changed.id)
    for one in patients_changed:
        patients.save(work, one)


def get(work: Work, incident_id: UUID, *, lock: bool = False) -> Incident | None:
    """One incident with its patients."""
    return next(iter(entities(work, work.ask(_ONE_LOCKED if lock else _ONE, id=incident_id))), None)


def get_both(work: Work, one: UUID, other: UUID) -> dict[UUID, Incident]:
    """Two incidents, locked in the order of their ids so that two diversions can't block each other."""
    return get_many(work, [one, other])


def get_many(work: Work, incident_ids: Collection[UUID]) -> dict[UUID, Incident]:
    """Several incidents, locked in the order of their ids."""
    statement = select(incident).where(incident.c.id.in_(sorted(incident_ids))).order_by(incident.c.id)
    return {found.id: found for found in _load(work, locked(statement, True))}


def is_open(work: Work, incident_id: UUID) -> bool:
    """True if it is there and not closed."""
    state = work.read(select(incident.c.state).where(incident.c.id == incident_id)).scalar()
    return state is not None and state != IncidentState.CLOSED


def opened_around(work: Work, at: datetime, but: UUID) -> list[Incident]:
    """The open emergencies told at about that time, but for one: what may be the same is among them."""
    return entities(work, work.ask(_AROUND, id=but, begin=at - WITHIN, end=at + WITHIN))


def duplicates_of(work: Work, incident_id: UUID) -> list[UUID]:
    """The incidents that were closed as being this one, first told first."""
    return [row["id"] for row in work.ask(_DUPLICATES, id=incident_id)]


def original_of(work: Work, found: Incident) -> Incident:
    """The incident of which this one is a duplicate, perhaps of a duplicate in turn; itself if it is none."""
    seen = {found.id}
    while found.duplicate_of is not None and found.duplicate_of not in seen:
        seen.add(found.duplicate_of)
        following = get(work, found.duplicate_of)
        assert following is not None, "incidents are never removed"
        found = following
    return found


def waiting_red(work: Work) -> list[UUID]:
    """The red incidents that no unit has reached, longest waiting first. Whether one is going is for the caller to
    look at, under the incident's lock."""
    waits = incident.c.state.in_([IncidentState.TRIAGED, IncidentState.DISPATCHING])
    red = incident.c.triage == Triage.MERAH
    return list(work.read(select(incident.c.id).where(waits, red).order_by(incident.c.opened_at)).scalars())


def _load(work: Work, statement: Select[Any]) -> list[Incident]:
    return entities(work, work.read(statement).mappings().all())


def entities(work: Work, rows: Iterable[Row]) -> list[Incident]:
    """The incidents of rows of this table, in their order."""
    rows = list(rows)
    theirs = patients.of_incidents(work, [row["id"] for row in rows])
    return [_entity(work, row, theirs.get(row["id"], [])) for row in rows]


def _values(work: Work, of: Incident) -> dict[str, Any]:
    return {
        "incident_class": of.incident_class,
        "kind": of.kind,
        "state": of.state,
        "triage": of.triage,
        "triage_provisional": of.triage_provisional,
        "protocol_version": of.protocol_version,
        **from_point(of.place.location),
        "kelurahan_code": of.place.kelurahan_code,
        "landmark": encrypt(work, of.place.landmark, "incident.landmark", of.id),
        "outside_city": of.place.outside_city,
        "pickup_at": of.pickup_at,
        "outcome": of.outcome,
        "close_reason": encrypt(work, of.close_reason, "incident.close_reason", of.id),
        "closed_at": of.closed_at,
        **from_hand_over(work, of.hand_over, "incident", of.id),
        **from_offer(work, of),
        "duplicate_of": of.duplicate_of,
        "version": of.version,
    }


def _entity(work: Work, row: Row, theirs: list[Patient]) -> Incident:
    landmark = decrypt(work, row["landmark"], "incident.landmark", row["id"])
    return Incident(
        id=row["id"],
        incident_class=IncidentClass(row["incident_class"]),
        kind=IncidentKind(row["kind"]),
        opened_at=row["opened_at"],
        place=Place(to_point(row), row["kelurahan_code"], landmark, row["outside_city"]),
        patients=theirs,
        pickup_at=row["pickup_at"],
        state=IncidentState(row["state"]),
        triage=Triage(row["triage"]) if row["triage"] else None,
        triage_provisional=row["triage_provisional"],
        protocol_version=row["protocol_version"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        close_reason=decrypt(work, row["close_reason"], "incident.close_reason", row["id"]),
        closed_at=row["closed_at"],
        hand_over=to_hand_over(work, row, "incident"),
        offered=to_offer(work, row),
        receipt=to_receipt(work, row),
        duplicate_of=row["duplicate_of"],
        version=row["version"],
    )
