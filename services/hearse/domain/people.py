"""The people of a booking: who asked, who died, who decides a dispute. None of their names is in a repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who asked and answers the phone: in no repr. The name may be unknown until they have answered."""

    name: str | None = field(repr=False)
    phone: str = field(repr=False)
    relationship: str | None = None


@dataclass(frozen=True, slots=True)
class Deceased:
    """Numbers and name stay out of the repr; the keys are what other services know."""

    name: str | None = field(default=None, repr=False)
    nik: str | None = field(default=None, repr=False)
    family_card_number: str | None = field(default=None, repr=False)
    died_at: datetime | None = None
    person_key: str | None = None
    household_key: str | None = None
    name_key: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Who decides, and about what; in words, and in no repr."""

    opened_at: datetime
    opened_by: str
    responsible: str = field(repr=False)
    note: str = field(repr=False)
