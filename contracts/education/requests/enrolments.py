"""Where a pupil goes to school, changed one by one: withdrawn, graduated, corrected; schools that merge."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from ...base import Model, Request
from ...identity import FamilyCardNumber, Nik, Nisn, Npsn
from ...times import Day
from ..values import CorrectionSource, WithdrawalReason
from ..views import ActView, PupilView, SchoolView

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class WithdrawPupil(Request, operation="education.withdraw_pupil", scope="education:enrol", reply=PupilView):
    """The pupil is no longer at the school: dropped out, moved out of the city, died. `last_day` is the last one there,
    by default today; a day to come is refused."""

    pupil_id: UUID
    reason: WithdrawalReason
    last_day: Day | None = None
    note: Note | None = Field(default=None, repr=False)
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class GraduatePupils(Request, operation="education.graduate_pupils", scope="education:enrol", reply=ActView):
    """All pupils of a school's last grade have finished. `count` is typed in and must be theirs."""

    npsn: Npsn
    last_day: Day
    count: StrictInt = Field(ge=1, le=100_000)


class Correction(Model):
    """What is right; fields that are left out stay."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)] | None = None
    birth_date: Day | None = None
    sex: Annotated[str, StringConstraints(pattern=r"^[LP]$")] | None = None
    nisn: Nisn | None = None
    nik: Nik | None = None
    family_card: FamilyCardNumber | None = None

    @model_validator(mode="after")
    def _something(self) -> Correction:
        if not self.model_dump(exclude_none=True):
            raise PydanticCustomError("nothing_to_correct", "nothing is corrected", {"fix": "send what is right"})
        return self


class CorrectPupil(Request, operation="education.correct_pupil", scope="education:enrol", reply=PupilView):
    """Put right what is kept of a pupil, at a parent's request or by the school's papers. Numbers that another child
    has are refused. The school's own system is to be corrected too: its next list would say the old again."""

    pupil_id: UUID
    correction: Correction = Field(repr=False)
    source: CorrectionSource
    note: Note | None = Field(default=None, repr=False)
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class MergeSchools(Request, operation="education.merge_schools", scope="education:manage", reply=SchoolView):
    """Schools that are taken over by one: their pupils go on there from that day, in their grades, and so do the places
    of their signed agreements, in one act. The pupils are in the other school's lists at once."""

    from_npsns: tuple[Npsn, ...] = Field(min_length=1, max_length=20)
    npsn: Npsn = Field(description="Which takes them over.")
    on: Day


class UndoRoster(Request, operation="education.undo_roster", scope="education:rosters", reply=ActView):
    """Within 72 hours: everything that applying the roster changed is as it was before. Moves that it proposed come to
    nothing; those that were confirmed meanwhile are acts of their own and stay."""

    roster_id: UUID
    reason: Note = Field(repr=False)


__all__ = [
    "CorrectPupil",
    "Correction",
    "GraduatePupils",
    "MergeSchools",
    "UndoRoster",
    "WithdrawPupil",
]
