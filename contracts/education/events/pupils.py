"""Pupils and where they go to school."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event, View


class PupilPlaced(View):
    """One of many."""

    pupil_id: UUID
    grade: int


class PupilsEnrolled(Event, type="education.pupils-enrolled.v1"):
    """These pupils are at the school in this grade, from a day on; told of up to 500 at a time. It holds for those who
    are new there and for those whose grade or school year changed."""

    npsn: str
    school_year: str
    from_on: date
    pupils: tuple[PupilPlaced, ...]


class EnrolmentsEnded(Event, type="education.enrolments-ended.v1"):
    """These pupils are no longer at the school; told of up to 500 at a time."""

    npsn: str
    to_on: date = Field(description="The last day.")
    reason: str = Field(
        description="transferred, withdrawn, graduated, deceased, merged, joined or undone; more may come."
    )
    pupil_ids: tuple[UUID, ...]


class TransferProposed(Event, type="education.transfer-proposed.v1"):
    """A list of one school names a pupil of another; the receiving school is to confirm."""

    transfer_id: UUID
    pupil_id: UUID
    from_npsn: str
    to_npsn: str


class TransferConfirmed(Event, type="education.transfer-confirmed.v1"):
    """The pupil moved: the last day at one school is the day before `from_on` at the other."""

    transfer_id: UUID
    pupil_id: UUID
    from_npsn: str
    to_npsn: str
    from_on: date
    reason: str = Field(description="transferred, or graduated from SD or MI to SMP or MTs; more may come.")


class TransferEnded(Event, type="education.transfer-ended.v1"):
    """It does not take place."""

    transfer_id: UUID
    pupil_id: UUID
    state: str = Field(description="declined or lapsed; more may come.")


class TransferDisputed(Event, type="education.transfer-disputed.v1"):
    """The other school says that the child is still there: the office decides."""

    transfer_id: UUID
    pupil_id: UUID
    from_npsn: str
    to_npsn: str


class PupilCorrected(Event, type="education.pupil-corrected.v1"):
    """What is kept of a pupil was put right; the values stay with the service."""

    pupil_id: UUID
    fields: tuple[str, ...]
    source: str = Field(description="parent or school; more may come.")


class PupilsJoined(Event, type="education.pupils-joined.v1"):
    """Two entries were of one child: whatever was told of the duplicate is the pupil's."""

    pupil_id: UUID
    duplicate_id: UUID
    npsn: str | None = Field(default=None, description="Where the child is now.")
