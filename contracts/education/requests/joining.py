"""Two entries of one child, made one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Request
from ...identity import Npsn
from ..values import PupilNumber
from ..views import PupilView


class JoinPupils(Request, operation="education.join_pupils", scope="education:manage", reply=PupilView):
    """The duplicate is the same child as the pupil: its times at schools, numbers, parents and tasks become the
    pupil's, and its id leads to the pupil from then on. Birth date and sex must be the same; it can't be undone."""

    pupil_id: UUID = Field(description="Who stays.")
    duplicate_id: UUID
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)] = Field(repr=False)
    npsn: Npsn | None = Field(
        default=None, description="Where the child is now; needed if the two are enrolled at different schools."
    )
    give_up: tuple[PupilNumber, ...] = Field(
        default=(), max_length=2, description="Numbers of the duplicate that are wrong: the pupil's own are kept."
    )
    version: StrictInt | None = Field(default=None, ge=1, description="The pupil's as seen; another one is refused.")
    duplicate_version: StrictInt | None = Field(default=None, ge=1, description="The same of the duplicate.")


__all__ = ["JoinPupils"]
