"""Facts that the education service publishes: no names or numbers of children or parents."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ..base import Event, View


class WaiverGranted(Event, type="education.waiver-granted.v1"):
    """A fee waiver was decided; the means-tested programme carries the family's key."""

    waiver_id: UUID
    programme: str = Field(description="bop or tangerang_cerdas")
    school_year: str = Field(pattern=r"^\d{4}/\d{4}$")
    term: int = Field(ge=1, le=2)
    person_key: str
    household_key: str | None = None


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


class CutOffSet(Event, type="education.cut-off-set.v1"):
    """Until when a term's rosters count, and until when refused rows can be mended."""

    school_year: str
    term: int
    last_day: date
    mend_until: date


class RosterUndone(Event, type="education.roster-undone.v1"):
    """What it had changed is as it was before."""

    roster_id: UUID
    npsn: str


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


class SchoolsImported(Event, type="education.schools-imported.v1"):
    """The list of schools has changed."""

    npsns: tuple[str, ...] = Field(description="Those that are new or changed.")


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


class NumbersAwaited(Event, type="education.numbers-awaited.v1"):
    """These pupils have neither NISN nor NIK: they are kept for the term, with a task; told of up to 500 at a time."""

    npsn: str
    due_on: date = Field(description="The last day of the term.")
    pupil_ids: tuple[UUID, ...]


class NumbersArrived(Event, type="education.numbers-arrived.v1"):
    """These pupils have a number now, or are at no school any more: nothing is awaited of them."""

    pupil_ids: tuple[UUID, ...]


class NumbersOverdue(Event, type="education.numbers-overdue.v1"):
    """The term is over, and these pupils still have no number. They stay; a person decides."""

    npsn: str
    due_on: date
    pupil_ids: tuple[UUID, ...]


class PupilsJoined(Event, type="education.pupils-joined.v1"):
    """Two entries were of one child: whatever was told of the duplicate is the pupil's."""

    pupil_id: UUID
    duplicate_id: UUID
    npsn: str | None = Field(default=None, description="Where the child is now.")


class SchoolsMerged(Event, type="education.schools-merged.v1"):
    """One school has taken over others, from a day on; their pupils follow as enrolled there."""

    from_npsns: tuple[str, ...]
    npsn: str
    on: date


class TaskOpened(Event, type="education.task-opened.v1"):
    """Somebody is to look at a pupil."""

    task_id: UUID
    kind: str = Field(description="pupil_deceased or guardian_deceased; more may come.")
    pupil_id: UUID
    npsn: str | None = None


class TaskClosed(Event, type="education.task-closed.v1"):
    """Somebody did, or the death was taken back."""

    task_id: UUID
    kind: str
    state: str = Field(description="done or withdrawn; more may come.")


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
