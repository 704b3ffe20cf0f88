"""Trips with their milestones. At most one of a booking is open: the partial unique index is the last guard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    Select,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work
from contracts.hearse.values import TripMilestone, TripState

from ..domain.trip import OPEN, MilestoneRecord, Trip
from ..domain.window import Window
from .columns import metadata, moment

trip = Table(
    "trip",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, ForeignKey("booking.id"), nullable=False, index=True),
    Column("vehicle_id", Text, ForeignKey("vehicle.id"), nullable=False),
    Column("officer_ids", ARRAY(Text), nullable=False, comment="the driver first"),
    moment("pickup_at", required=True),
    moment("arrives_at", required=True),
    moment("begins_at", required=True),
    moment("ends_at", required=True),
    Column("kilometres", Double, nullable=False),
    Column("out_of_city", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    moment("held_until"),
    Column("override_reason", Text, comment="encrypted"),
    moment("created_at", required=True),
    Column("planned_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
IS_OPEN = text("trip.state IN ({})".format(", ".join(f"'{state}'" for state in sorted(OPEN))))
IS_PLANNED = trip.c.state.not_in((TripState.HELD, TripState.RELEASED))
Index("uq_trip_open_booking", trip.c.booking_id, unique=True, postgresql_where=IS_OPEN)
Index("ix_trip_vehicle_id_begins_at", trip.c.vehicle_id, trip.c.begins_at)

milestone = Table(
    "trip_milestone",
    metadata,
    Column("trip_id", Uuid, ForeignKey("trip.id"), primary_key=True),
    Column("milestone", Text, primary_key=True),
    moment("at", required=True),
    moment("recorded_at", required=True),
    Column("recorded_by", Text, nullable=False),
)

correction = Table(
    "trip_milestone_correction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("trip_id", Uuid, ForeignKey("trip.id"), nullable=False, index=True),
    Column("milestone", Text, nullable=False),
    moment("at", required=True),
    moment("previous_at", required=True),
    Column("reason", Text, nullable=False, comment="encrypted"),
    Column("corrected_by", Text, nullable=False),
    moment("corrected_at", required=True),
)


def add(work: Work, new: Trip) -> None:
    """Store a new trip."""
    work.insert(
        trip,
        id=new.id,
        booking_id=new.booking_id,
        officer_ids=list(new.officer_ids),
        pickup_at=new.pickup_at,
        arrives_at=new.arrives_at,
        begins_at=new.window.begins_at,
        ends_at=new.window.ends_at,
        kilometres=new.kilometres,
        out_of_city=new.out_of_city,
        created_at=work.now,
        planned_by=work.actor.subject,
        **_standing(work, new),
    )


def save(work: Work, changed: Trip, recorded: TripMilestone | None = None) -> None:
    """Store what changed of a trip whose booking is locked, and the milestone just recorded."""
    work.update(trip, {"id": changed.id}, **_standing(work, changed))
    if recorded:
        done = changed.milestones[recorded]
        values = {"at": done.at, "recorded_at": done.recorded_at, "recorded_by": work.actor.subject}
        work.insert(milestone, trip_id=changed.id, milestone=recorded, **values)


def open_of(work: Work, booking_id: UUID) -> Trip | None:
    """The booking's trip that is held, planned or under way; lock the booking first to change it."""
    return next(iter(_load(work, select(trip).where(trip.c.booking_id == booking_id, IS_OPEN))), None)


def shown(work: Work, booking_ids: Collection[UUID]) -> dict[UUID, Trip]:
    """For each booking its latest trip that was not given back."""
    statement = select(trip).where(trip.c.booking_id.in_(booking_ids), trip.c.state != TripState.RELEASED)
    return {one.booking_id: one for one in _load(work, statement.order_by(trip.c.created_at, trip.c.id))}


def some(work: Work, ids: Collection[UUID]) -> dict[UUID, Trip]:
    """Several trips by id."""
    return {one.id: one for one in _load(work, select(trip).where(trip.c.id.in_(ids)))}


def correct(work: Work, of: Trip, milestone_: TripMilestone, before: datetime, reason: str) -> None:
    """Store when a milestone really happened, and what was said before."""
    done, id = of.milestones[milestone_], work.new_id()
    work.update(milestone, {"trip_id": of.id, "milestone": milestone_}, at=done.at)
    work.insert(
        correction,
        id=id,
        trip_id=of.id,
        milestone=milestone_,
        at=done.at,
        previous_at=before,
        reason=encrypt(work, reason, "trip_milestone_correction.reason", id),
        corrected_by=work.actor.subject,
        corrected_at=work.now,
    )


def under_way(work: Work) -> list[Trip]:
    """Those that are on the road."""
    return of_ids(work, trip.c.state == TripState.UNDER_WAY)


def of_ids(work: Work, condition: ColumnElement[bool]) -> list[Trip]:
    """Open trips, the earliest first."""
    return _load(work, select(trip).where(condition, IS_OPEN).order_by(trip.c.begins_at, trip.c.id))


def _load(work: Work, statement: Select[Any]) -> list[Trip]:
    trips = [_entity(work, row) for row in work.read(statement).mappings()]
    under_way = [one.id for one in trips if one.state in (TripState.UNDER_WAY, TripState.ENDED)]
    if not under_way:
        return trips
    records: dict[UUID, dict[TripMilestone, MilestoneRecord]] = defaultdict(dict)
    for row in work.read(select(milestone).where(milestone.c.trip_id.in_(under_way))).mappings():
        record = MilestoneRecord(TripMilestone(row["milestone"]), row["at"], row["recorded_at"])
        records[row["trip_id"]][record.milestone] = record
    for one in trips:
        one.milestones = records[one.id]
    return trips


def _standing(work: Work, of: Trip) -> dict[str, Any]:
    return {
        "vehicle_id": of.vehicle_id,
        "state": of.state,
        "held_until": of.held_until,
        "override_reason": encrypt(work, of.override_reason, "trip.override_reason", of.id),
        "version": of.version,
    }


def _entity(work: Work, row: RowMapping) -> Trip:
    return Trip(
        id=row["id"],
        booking_id=row["booking_id"],
        vehicle_id=row["vehicle_id"],
        officer_ids=tuple(row["officer_ids"]),
        pickup_at=row["pickup_at"],
        arrives_at=row["arrives_at"],
        window=Window(row["begins_at"], row["ends_at"]),
        kilometres=row["kilometres"],
        out_of_city=row["out_of_city"],
        state=TripState(row["state"]),
        held_until=row["held_until"],
        override_reason=decrypt(work, row["override_reason"], "trip.override_reason", row["id"]),
        version=row["version"],
    )
