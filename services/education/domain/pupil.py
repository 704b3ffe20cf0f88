"""A pupil (peserta didik) and the times at schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from contracts.education import EnrolmentEnd


@dataclass(slots=True)
class Enrolment:
    """`to_on` is the last day; None while it lasts."""

    id: UUID
    npsn: str
    school_year: str
    grade: int
    class_name: str
    from_on: date
    to_on: date | None = None
    ended: EnrolmentEnd | None = None


@dataclass(slots=True)
class Pupil:
    """`details` is what the roster told, by the names of its mapping. `provisional`: without any number."""

    id: UUID
    sex: str
    birth_date: date
    provisional: bool
    details: dict[str, Any]
    enrolment: Enrolment | None
    version: int
