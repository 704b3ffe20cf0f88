"""Contact: every call, tap or relay. Keeping one demands nothing; few of them become an incident.

Invariants: the version rises by one per change; a disposed contact never changes; an incident's contact names
its incident, any other names none; a live claim keeps other operators out, a stale one (45 s) keeps out
nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from contracts.ambulance.events import ContactDisposed, ContactRecorded
from contracts.ambulance.problems import ContactClaimed
from contracts.ambulance.values import Channel, ContactState, Disposition
from contracts.base import Event
from contracts.identity import phones_in
from contracts.problems import wrong_field

from .place import NOWHERE, Place
from .refusals import required_text, wrong_state

CLAIM_LASTS = timedelta(seconds=45)


@dataclass(slots=True)
class Contact:
    """`phone`, `complaint` and `place` stay out of the repr, and so out of logs: they are personal data. `phone_told`
    is what was said, where it is not simply the number."""

    id: UUID
    channel: Channel
    received_at: datetime
    phone: str | None = field(default=None, repr=False)
    phone_told: str | None = field(default=None, repr=False)
    complaint: str | None = field(default=None, repr=False)
    place: Place = field(default=NOWHERE, repr=False)
    state: ContactState = ContactState.OPEN
    claimed_by: str | None = None
    claimed_at: datetime | None = None
    disposition: Disposition | None = None
    reason: str | None = field(default=None, repr=False)
    incident_id: UUID | None = None
    disposed_by: str | None = None
    disposed_at: datetime | None = None
    call_backs_due: int = 0
    version: int = 1

    @classmethod
    def record(
        cls,
        id: UUID,
        channel: Channel,
        now: datetime,
        *,
        received_at: datetime | None = None,
        phone: str | None = None,
        complaint: str | None = None,
        place: Place = NOWHERE,
    ) -> tuple[Contact, list[Event]]:
        """Keep a contact. A `received_at` in the future becomes `now`, a phone that can't be judged is kept as told:
        neither a wrong clock nor a wrong digit must lose a call for help."""
        at = min(received_at or now, now)
        number, told = _judged(phone)
        contact = cls(id, channel, at, number, told, complaint, place)
        return contact, [ContactRecorded(contact_id=id, channel=channel, received_at=at)]

    @property
    def phone_doubtful(self) -> bool:
        """Something was told, and no number could be read in it."""
        return self.phone is None and self.phone_told is not None

    @property
    def claimed_until(self) -> datetime | None:
        """When the claim goes stale; None if there is none or the contact is disposed."""
        if self.state is not ContactState.CLAIMED or self.claimed_at is None:
            return None
        return self.claimed_at + CLAIM_LASTS

    def holder(self, now: datetime) -> str | None:
        """The operator whose claim is live."""
        until = self.claimed_until
        return self.claimed_by if until is not None and now < until else None

    def state_at(self, now: datetime) -> ContactState:
        """The state to show: a stale claim is open again."""
        stale = self.state is ContactState.CLAIMED and self.holder(now) is None
        return ContactState.OPEN if stale else self.state

    def claim(self, by: str, now: datetime) -> list[Event]:
        """Take the contact for 45 s; the holder may renew. Raises ContactClaimed, or WrongState once
        disposed."""
        if self.state is ContactState.DISPOSED:
            raise wrong_state("claim", self.state, ())
        self._refuse_others(by, now)
        if self.claimed_by == by and self.claimed_at is not None and now <= self.claimed_at:
            return []
        self.state, self.claimed_by, self.claimed_at = ContactState.CLAIMED, by, now
        self.version += 1
        return []

    def dispose(
        self, disposition: Disposition, reason: str | None, incident_id: UUID | None, by: str, now: datetime
    ) -> list[Event]:
        """Decide what the contact was. The holder of a live claim may, or anybody when there is none.

        The same decision again changes nothing. Raises WrongState for another one, ContactClaimed,
        InvalidRequest.
        """
        if self.settled(disposition, reason, incident_id):
            return []
        self._refuse_others(by, now)
        _check(disposition, reason, incident_id)
        self.state, self.disposition = ContactState.DISPOSED, disposition
        self.reason, self.incident_id = _text(reason), incident_id
        self.disposed_by, self.disposed_at = by, now
        self.version += 1
        return [ContactDisposed(contact_id=self.id, disposition=disposition, incident_id=incident_id)]

    def settled(self, disposition: Disposition, reason: str | None, incident_id: UUID | None) -> bool:
        """True if exactly this was decided already, so that no second incident is opened for a repeated
        request.

        For `incident` an `incident_id` of None means "the one that it has". Raises WrongState if something
        else was.
        """
        if self.state is not ContactState.DISPOSED:
            return False
        same_incident = incident_id in (None, self.incident_id)
        if (disposition, _text(reason)) == (self.disposition, self.reason) and same_incident:
            return True
        raise wrong_state(
            "dispose",
            self.state,
            (),
            f"it was already disposed as {self.disposition}",
            f"sudah diputus sebagai {self.disposition}",
        )

    def _refuse_others(self, by: str, now: datetime) -> None:
        holder, until = self.holder(now), self.claimed_until
        if holder is None or holder == by or until is None:
            return
        raise ContactClaimed(
            "another operator has claimed this contact",
            detail_id="operator lain sedang menangani kontak ini",
            claimed_by=holder,
            free_at=until.isoformat(),
        )


def _check(disposition: Disposition, reason: str | None, incident_id: UUID | None) -> None:
    if disposition is Disposition.PRANK:
        required_text("reason", reason, "say how it showed that the call was a prank")
    if (disposition is Disposition.INCIDENT) == (incident_id is not None):
        return
    if incident_id is None:
        raise wrong_field(
            "incident_id",
            "missing",
            "an incident's contact names its incident",
            "open or choose the incident first",
        )
    raise wrong_field(
        "incident_id", "unexpected", f"a contact disposed as {disposition} has no incident", "leave it out"
    )


def _judged(told: str | None) -> tuple[str | None, str | None]:
    """The first number that was told, and what was told if that is more, or something else."""
    text = (told or "").strip()
    numbers = phones_in(text)
    simple = len(numbers) == 1 and not any(sign in text for sign in "/,;|&")
    return (numbers[0] if numbers else None), (None if simple or not text else text)


def _text(reason: str | None) -> str | None:
    return (reason or "").strip() or None
