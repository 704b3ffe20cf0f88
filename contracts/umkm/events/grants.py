"""Grants: rounds, applications, what was granted. Sums are whole rupiah; people appear by their keys alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from ...base import Event


class GrantScoresheetSet(Event, type="umkm.grant-scoresheet-set.v1"):
    """For rounds that are announced from now on."""

    version: int


class GrantRoundAnnounced(Event, type="umkm.grant-round-announced.v1"):
    """Owners can apply between these moments."""

    round_id: UUID
    title: str
    places: int
    budget_rupiah: int
    opens_at: AwareDatetime
    closes_at: AwareDatetime


class GrantRoundCancelled(Event, type="umkm.grant-round-cancelled.v1"):
    """Nothing is granted; all applications are refused by that."""

    round_id: UUID


class GrantApplied(Event, type="umkm.grant-applied.v1"):
    """An application was made."""

    application_id: UUID
    round_id: UUID
    person_key: str
    rupiah: int


class GrantMoved(Event, type="umkm.grant-moved.v1"):
    """An application is a step further, was refused at the desk or after the visit, or was withdrawn."""

    application_id: UUID
    round_id: UUID
    person_key: str
    state: str


class GrantAssessed(Event, type="umkm.grant-assessed.v1"):
    """One more assessor has scored; the scores are nobody else's business yet."""

    application_id: UUID
    given: int
    needed: int


class GrantDecided(Event, type="umkm.grant-decided.v1"):
    """Of one applicant. `rupiah` is 0 if nothing was granted."""

    application_id: UUID
    round_id: UUID
    person_key: str
    state: str
    rupiah: int


class GrantRoundDecided(Event, type="umkm.grant-round-decided.v1"):
    """All of a round were decided at once."""

    round_id: UUID
    granted: int
    refused: int
    rupiah: int


class GrantHandedOver(Event, type="umkm.grant-handed-over.v1"):
    """The owner has it."""

    application_id: UUID
    person_key: str
    rupiah: int
    handed_on: date
