"""The pick-ups of series: which incident is which day's way there or back. The unique key asks for each once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Row, Table, Text, UniqueConstraint, Uuid, select

from chassis.work import Work
from contracts.ambulance.pickup_values import RideLeg
from contracts.ambulance.values import IncidentState

from .columns import metadata
from .incident import IS_OPEN, incident

ride = Table(
    "ride",
    metadata,
    Column("incident_id", Uuid, ForeignKey("incident.id"), primary_key=True),
    Column("series_id", Uuid, ForeignKey("ride_series.id"), nullable=False),
    Column("service_on", Date, nullable=False),
    Column("leg", Text, nullable=False),
    UniqueConstraint("series_id", "service_on", "leg", name="uq_ride_series_id_service_on_leg"),
)


class Kept(NamedTuple):
    """A pick-up that was asked for, as its incident stands."""

    incident_id: UUID
    series_id: UUID
    on: date
    leg: RideLeg
    pickup_at: datetime
    state: IncidentState


_KEPT = select(
    ride.c.incident_id, ride.c.series_id, ride.c.service_on, ride.c.leg, incident.c.pickup_at, incident.c.state
).join(incident, incident.c.id == ride.c.incident_id)


def add(work: Work, incident_id: UUID, series_id: UUID, service_on: date, leg: RideLeg) -> None:
    """Keep to which series an incident belongs."""
    work.insert(ride, incident_id=incident_id, series_id=series_id, service_on=service_on, leg=leg)


def of_incident(work: Work, incident_id: UUID) -> Kept | None:
    """The trip that an incident is; None for one that was asked for by itself."""
    row = work.read(_KEPT.where(ride.c.incident_id == incident_id)).first()
    return _kept(row) if row else None


def open_of_series(work: Work, series_id: UUID, since: date) -> list[Kept]:
    """Those that are not closed, from that day on, the earliest first."""
    wanted = _KEPT.where(ride.c.series_id == series_id, ride.c.service_on >= since, IS_OPEN)
    return [_kept(row) for row in work.read(wanted.order_by(incident.c.pickup_at, incident.c.id))]


def _kept(row: Row[Any]) -> Kept:
    leg, state = RideLeg(row.leg), IncidentState(row.state)
    return Kept(row.incident_id, row.series_id, row.service_on, leg, row.pickup_at, state)
