"""Schools, and what the city has agreed with them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event


class SchoolsImported(Event, type="education.schools-imported.v1"):
    """The list of schools has changed."""

    npsns: tuple[str, ...] = Field(description="Those that are new or changed.")


class SchoolsMerged(Event, type="education.schools-merged.v1"):
    """One school has taken over others, from a day on; their pupils follow as enrolled there."""

    from_npsns: tuple[str, ...]
    npsn: str
    on: date


class AgreementSigned(Event, type="education.agreement-signed.v1"):
    """The city and a school have agreed for a school year; also when it is resumed."""

    agreement_id: UUID
    npsn: str
    school_year: str
    quota: dict[int, int] = Field(description="Pupils by grade.")


class AgreementSuspended(Event, type="education.agreement-suspended.v1"):
    """Nothing new under it for now."""

    agreement_id: UUID
    npsn: str
    school_year: str


class AgreementEnded(Event, type="education.agreement-ended.v1"):
    """It does not hold after that day."""

    agreement_id: UUID
    npsn: str
    school_year: str
    ends_on: date
