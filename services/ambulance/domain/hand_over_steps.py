"""Handing an incident to another jurisdiction so that it falls through no gap: offered, then confirmed or refused.

Until the others confirm with a name it is ours: it stays open, units can be sent. Part of `Incident`; its invariants
hold here too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from contracts.ambulance.events import HandOverConfirmed, HandOverOffered, HandOverRefused
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import HandOverRefusal, IncidentState, Outcome
from contracts.base import Event

from .clock import refuse_future
from .hand_over import HandOver, Receipt
from .refusals import required_text


class HandOverSteps:
    """The part of `Incident` that deals with other jurisdictions."""

    id: UUID
    state: IncidentState
    outcome: Outcome | None
    hand_over: HandOver | None
    offered: HandOver | None
    receipt: Receipt | None
    version: int

    @property
    def receipt_due(self) -> bool:
        """True while others have not said that they have it: it was offered, or closed as handed over to them."""
        if self.receipt is not None:
            return False
        return self.offered is not None if self.state is not IncidentState.CLOSED else self.hand_over is not None

    def offer(self, to: str, now: datetime) -> list[Event]:
        """Another jurisdiction was asked to take it; the same again changes nothing, another one takes its place.
        Raises WrongState once closed, InvalidRequest."""
        self._refuse_closed("offer_hand_over")
        name = required_text("to", to, "name the agency or jurisdiction")
        if self.offered is not None and self.offered.to == name:
            return []
        self.offered = HandOver(name, now)
        self.version += 1
        return [HandOverOffered(incident_id=self.id)]

    def refuse_offer(self, reason: HandOverRefusal) -> list[Event]:
        """They do not take it: it is ours. Again it changes nothing."""
        if self.offered is None:
            return []
        self._refuse_closed("refuse_hand_over")
        self.offered = None
        self.version += 1
        return [HandOverRefused(incident_id=self.id, reason=reason)]

    def confirm(self, receipt: Receipt, active_assignments: int, now: datetime) -> list[Event]:
        """They have it: an incident that is open is closed by it; the same again changes nothing.

        Raises WrongState for one that was neither offered nor closed as handed over, while a unit is assigned, or once
        others have confirmed; InvalidRequest for a time to come.
        """
        if self.receipt is not None and replace(self.receipt, at=receipt.at) == receipt:
            return []
        refuse_future("received_at", receipt.at, now)
        if not self.receipt_due:
            why, why_id = "nothing waits for a receipt", "tidak ada serah terima yang menunggu"
            raise self._wrong_state("confirm_hand_over", why, why_id)
        events: list[Event] = []
        if self.state is not IncidentState.CLOSED:
            assert self.offered is not None, "a receipt is due"
            given = HandOver(self.offered.to, receipt.at)
            events = self.close(Outcome.HANDED_OVER, active_assignments, now, hand_over=given)
        else:
            self.version += 1
        self.receipt = receipt
        return [*events, HandOverConfirmed(incident_id=self.id, received_at=receipt.at)]

    def close(
        self,
        outcome: Outcome,
        active_assignments: int,
        now: datetime,
        reason: str | None = None,
        hand_over: HandOver | None = None,
        duplicate_of: UUID | None = None,
    ) -> list[Event]:
        """`Incident.close`."""
        raise NotImplementedError

    def _refuse_closed(self, step: str) -> None:
        raise NotImplementedError

    def _wrong_state(self, step: str, why: str, why_id: str, **extra: object) -> WrongState:
        raise NotImplementedError
