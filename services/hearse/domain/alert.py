"""Alert: a booking that somebody must look at: open -> acknowledged -> resolved.

It resolves by itself when its cause ends. Invariants: the version rises by one per change; a resolved alert never
changes; a booking has at most one unresolved alert of a kind (partial unique index); it holds ids, codes and figures,
never what people said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contracts.base import Event
from contracts.hearse.events import AlertRaised, AlertResolved
from contracts.hearse.values import AlertKind, AlertState

from .refusals import wrong_state

Detail = dict[str, str | int]


@dataclass(slots=True)
class Alert:
    id: UUID
    kind: AlertKind
    booking_id: UUID
    raised_at: datetime
    detail: Detail = field(default_factory=dict)
    state: AlertState = AlertState.OPEN
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    version: int = 1

    @classmethod
    def raised(
        cls, id: UUID, kind: AlertKind, booking_id: UUID, now: datetime, detail: Detail
    ) -> tuple[Alert, list[Event]]:
        """A new alert."""
        return cls(id, kind, booking_id, now, detail), [AlertRaised(alert_id=id, kind=kind, booking_id=booking_id)]

    def acknowledge(self, by: str, now: datetime) -> None:
        """Somebody has it in hand; who was first stays. Raises BookingWrongState once resolved."""
        if self.state is AlertState.RESOLVED:
            raise wrong_state("acknowledge", self.state, [AlertState.OPEN])
        if self.state is AlertState.OPEN:
            self.state, self.acknowledged_by, self.acknowledged_at = AlertState.ACKNOWLEDGED, by, now
            self.version += 1

    def resolve(self, by: str, now: datetime, *, by_itself: bool = False) -> list[Event]:
        """Settled by a person, or its cause has ended. Again it changes nothing."""
        if self.state is AlertState.RESOLVED:
            return []
        self.state, self.resolved_by, self.resolved_at = AlertState.RESOLVED, by, now
        self.version += 1
        return [AlertResolved(alert_id=self.id, kind=self.kind, by_itself=by_itself)]
