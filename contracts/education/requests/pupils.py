"""Pupils and where they are enrolled."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ...base import RecordedQuery, Request
from ...identity import Npsn
from ...paging import PageQuery
from ..views import PupilDisclosure, PupilPage, PupilView

Search = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=100)]


class ListPupils(PageQuery, operation="education.list_pupils", scope="education:pupils", reply=PupilPage):
    """Pupils with their present school, in the order of their ids; names and numbers are masked for whoever is not of
    the school. `search` is a part of a name (the beginning of each word), a NISN or a NIK."""

    npsn: Npsn | None = None
    grade: int | None = Field(default=None, ge=1, le=9)
    class_name: str | None = Field(default=None, min_length=1, max_length=60)
    provisional: bool | None = Field(default=None, description="True: those without any number.")
    search: Search | None = Field(default=None, repr=False)


class GetPupil(RecordedQuery, operation="education.get_pupil", scope="education:pupils", reply=PupilView):
    """One pupil, masked, with all schools. Looking is recorded."""

    pupil_id: UUID


class DisclosePupil(Request, operation="education.disclose_pupil", scope="education:pupils", reply=PupilDisclosure):
    """All that is kept of a pupil, unmasked. Who, when and why is recorded, and shown to the family."""

    pupil_id: UUID
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


__all__ = ["DisclosePupil", "GetPupil", "ListPupils"]
