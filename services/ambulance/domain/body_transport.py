"""A body for which no hearse is free in time: an open task, until one of three things is true.

A partner's hearse brings it, a transport unit does (a supervisor's word), or the facility keeps it (who, how long).
What a hearse does meanwhile does not end the task: a person does. Settled, it stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import BodyTransportNeeded, BodyTransportSettled
from contracts.ambulance.problems import TransportSettled, UnitNotAvailable
from contracts.ambulance.values import BodyTransportOutcome, BodyTransportState, UnitType
from contracts.base import Event
from contracts.hearse import VehicleUnavailable
from contracts.problems import wrong_field

from .unit import Unit


@dataclass(slots=True)
class BodyTransport:
    """Known by the booking of the hearse service. `responsible` is a name and not in the repr."""

    booking_id: UUID
    raised_at: datetime
    incident_id: UUID | None
    patient_id: UUID | None
    facility_id: str | None
    kelurahan_code: str | None
    earliest_at: datetime
    state: BodyTransportState = BodyTransportState.OPEN
    outcome: BodyTransportOutcome | None = None
    unit_id: str | None = None
    responsible: str | None = field(default=None, repr=False)
    until: datetime | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    version: int = 1

    @classmethod
    def needed(cls, told: VehicleUnavailable, now: datetime) -> tuple[BodyTransport, list[Event]]:
        """The hearse service has no vehicle."""
        task = cls(
            told.booking_id,
            now,
            told.incident_id,
            told.patient_id,
            told.facility_id,
            told.kelurahan_code,
            told.earliest_at,
        )
        return task, [BodyTransportNeeded(booking_id=told.booking_id, incident_id=told.incident_id)]

    def engage_partner(self, responsible: str, by: str, now: datetime) -> list[Event]:
        """A partner's hearse."""
        return self._settle(BodyTransportOutcome.PARTNER_HEARSE, responsible, by, now)

    def approve_unit(self, unit: Unit, responsible: str, by: str, now: datetime) -> list[Event]:
        """A transport unit; no other type. Raises UnitNotAvailable."""
        if unit.type is not UnitType.TRANSPORT:
            raise UnitNotAvailable(
                f"{unit.id} is no transport unit", detail_id=f"{unit.id} bukan unit transportasi", unit_id=unit.id
            )
        return self._settle(BodyTransportOutcome.TRANSPORT_UNIT, responsible, by, now, unit_id=unit.id)

    def keep(self, responsible: str, until: datetime, by: str, now: datetime) -> list[Event]:
        """The facility keeps it. Raises InvalidRequest for a time that has passed."""
        if until <= now:
            raise wrong_field("until", "in_the_past", "the time has passed", "send how long the facility keeps it")
        return self._settle(BodyTransportOutcome.FACILITY_KEEPS, responsible, by, now, until=until)

    def _settle(
        self,
        outcome: BodyTransportOutcome,
        responsible: str,
        by: str,
        now: datetime,
        unit_id: str | None = None,
        until: datetime | None = None,
    ) -> list[Event]:
        """The same again changes nothing; another way raises TransportSettled."""
        name = responsible.strip()
        if self.state is BodyTransportState.SETTLED:
            if (self.outcome, self.responsible, self.unit_id, self.until) == (outcome, name, unit_id, until):
                return []
            raise TransportSettled(outcome=str(self.outcome))
        self.state, self.outcome, self.responsible = BodyTransportState.SETTLED, outcome, name
        self.unit_id, self.until, self.settled_at, self.settled_by = unit_id, until, now, by
        self.version += 1
        return [BodyTransportSettled(booking_id=self.booking_id, outcome=outcome, unit_id=unit_id, until=until)]
