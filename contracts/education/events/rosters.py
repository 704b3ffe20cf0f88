"""Rosters: from the upload to the end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event


class RosterUploaded(Event, type="education.roster-uploaded.v1"):
    """A school has sent its list of pupils."""

    roster_id: UUID
    npsn: str
    school_year: str


class RosterProgressed(Event, type="education.roster-progressed.v1"):
    """So many rows of the file are read."""

    roster_id: UUID
    npsn: str
    rows: int


class RosterPreviewed(Event, type="education.roster-previewed.v1"):
    """The file is read: what applying it would do, by outcome."""

    roster_id: UUID
    npsn: str
    counts: dict[str, int]


class RosterRefused(Event, type="education.roster-refused.v1"):
    """The file can't be read; nothing of it was taken."""

    roster_id: UUID
    npsn: str
    reason: str = Field(description="A code, such as macros, password or no_header; more may come.")


class RosterApplied(Event, type="education.roster-applied.v1"):
    """The school's pupils are now those of the list, in one act."""

    roster_id: UUID
    npsn: str
    school_year: str
    counts: dict[str, int]
    ended: int = 0


class RosterSuperseded(Event, type="education.roster-superseded.v1"):
    """It was to be applied, but the school's pupils were no longer those of its preview: nothing of it was."""

    roster_id: UUID
    npsn: str


class RosterAbandoned(Event, type="education.roster-abandoned.v1"):
    """It was not applied, and is gone."""

    roster_id: UUID
    npsn: str


class RosterUndone(Event, type="education.roster-undone.v1"):
    """What it had changed is as it was before."""

    roster_id: UUID
    npsn: str


class CutOffSet(Event, type="education.cut-off-set.v1"):
    """Until when a term's rosters count, and until when refused rows can be mended."""

    school_year: str
    term: int
    last_day: date
    mend_until: date
