"""A household that is offered training first. Only that it has priority is kept, never the programme that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.education import WaiverGranted


@dataclass(frozen=True, slots=True)
class PriorityHousehold:
    """Known by its key alone."""

    id: UUID
    household_key: str
    since: datetime


def household_of(waiver: WaiverGranted) -> str | None:
    """The household's key, if the waiver is means-tested (only then does it carry one)."""
    return waiver.household_key
