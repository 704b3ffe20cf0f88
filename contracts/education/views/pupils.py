"""Pupils."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from ...base import View
from ...paging import Page
from ..values import EnrolmentEnd


class EnrolmentView(View):
    """A time at a school; `to_on` is the last day, null while it lasts."""

    npsn: str
    school_year: str
    grade: int
    class_name: str
    from_on: date
    to_on: date | None = None
    ended: EnrolmentEnd | None = None


class PupilView(View):
    """A pupil with the present school, if any. `nisn` and `nik` are masked; null: no number yet."""

    id: UUID
    name: str
    sex: str
    birth_year: int
    nisn: str | None = None
    nik: str | None = None
    provisional: bool
    enrolment: EnrolmentView | None = None
    enrolments: tuple[EnrolmentView, ...] | None = Field(default=None, description="All; only where one is shown.")
    version: int


class PupilPage(Page):
    items: tuple[PupilView, ...]


class PupilDisclosure(View):
    """All that is kept of a pupil, as the roster told it, by the field's name."""

    id: UUID
    details: dict[str, Any]
    version: int
