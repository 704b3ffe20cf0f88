"""The words of the education office: levels, states and codes, as used in requests, events and views."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


class Level(StrEnum):
    """SD and SMP are the city's; MI and MTs belong to the religious affairs ministry and bring EMIS files."""

    SD = "SD"
    SMP = "SMP"
    MI = "MI"
    MTS = "MTs"


class Ownership(StrEnum):
    """State schools (negeri) are free already; private ones (swasta) may have an agreement."""

    STATE = "state"
    PRIVATE = "private"


class RosterState(StrEnum):
    """Of an uploaded file. `refused`: the whole file can't be read; `superseded`: another roster was applied first."""

    UPLOADED = "uploaded"
    PARSING = "parsing"
    PREVIEW = "preview"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"
    ABANDONED = "abandoned"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class Timeliness(StrEnum):
    """Of a roster by its upload's time. `mended_in_time`: it sends again what was refused in one that was on time."""

    ON_TIME = "on_time"
    MENDED_IN_TIME = "mended_in_time"
    LATE = "late"


class RowOutcome(StrEnum):
    """What applying a roster does with a row. `left`: no row, but a pupil of the school who is not in the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MOVED_HERE = "moved_here"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    LEFT = "left"


class EnrolmentEnd(StrEnum):
    """Why a pupil's time at a school ended."""

    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    GRADUATED = "graduated"
    DECEASED = "deceased"
    NEXT_YEAR = "next_year"
    MERGED = "merged"
    JOINED = "joined"
    UNDONE = "undone"


class WithdrawalReason(StrEnum):
    """Why a pupil leaves a school for none of the city's."""

    MOVED_OUT = "moved_out"
    DROPPED_OUT = "dropped_out"
    DECEASED = "deceased"
    OTHER = "other"


class CorrectionSource(StrEnum):
    """Who says what is right: a parent (UU PDP, 3 x 24 hours), or the school's papers."""

    PARENT = "parent"
    SCHOOL = "school"


class PupilNumber(StrEnum):
    """By which a child is known: the ministry's number of pupils, or the civil registry's of persons."""

    NISN = "nisn"
    NIK = "nik"


class TransferState(StrEnum):
    """`disputed`: the other school objects. `lapsed`: another school has confirmed, or the child has left."""

    PROPOSED = "proposed"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    LAPSED = "lapsed"


class TaskKind(StrEnum):
    """A pupil has died, or a parent or guardian of one; a pupil has neither NISN nor NIK."""

    PUPIL_DECEASED = "pupil_deceased"
    GUARDIAN_DECEASED = "guardian_deceased"
    NUMBERS_MISSING = "numbers_missing"


class TaskState(StrEnum):
    """`withdrawn`: the death was taken back, the numbers are there, or the pupil has left."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class AgreementState(StrEnum):
    """Between the city and a partner school, for one school year."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUSPENDED = "suspended"
    ENDED = "ended"


class FeeLine(StrEnum):
    """What a school does not ask of parents under an agreement (Setda Kota Tangerang, June 2023)."""

    REGISTRATION = "registration"
    RE_REGISTRATION = "re_registration"
    TUITION = "tuition"
    TESTS = "tests"
    EXAMS = "exams"
    PRACTICE = "practice"
    BUILDING = "building"
    STUDENT_COUNCIL = "student_council"
    TEXTBOOKS = "textbooks"


def _two_years(value: str) -> str:
    if int(value[5:]) != int(value[:4]) + 1:
        raise PydanticCustomError(
            "school_year", "a school year spans two years that follow each other", {"fix": "send 2026/2027"}
        )
    return value


def ascii_digits(value: str) -> str:
    """A pattern's \\d takes the digits of every script; banks and our own searches know 0 to 9."""
    if not value.isascii():
        raise PydanticCustomError(
            "not_ascii", "it holds characters outside ASCII", {"fix": "type it with the digits 0 to 9"}
        )
    return value


SchoolYear = Annotated[
    str,
    Field(pattern=r"^20\d{2}/20\d{2}$", examples=["2026/2027"]),
    AfterValidator(ascii_digits),
    AfterValidator(_two_years),
]
"""July to June."""

__all__ = [
    "AgreementState",
    "CorrectionSource",
    "EnrolmentEnd",
    "FeeLine",
    "Level",
    "Ownership",
    "PupilNumber",
    "RosterState",
    "RowOutcome",
    "SchoolYear",
    "TaskKind",
    "TaskState",
    "Timeliness",
    "TransferState",
    "WithdrawalReason",
]
