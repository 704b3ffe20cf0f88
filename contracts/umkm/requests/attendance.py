"""Attendance lists, typed in from paper, and results."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from ...base import Model, RecordedQuery, Request
from ...files import Pdf
from ..views import AttendanceView, BatchView, SeatView
from .businesses import SEEN
from .owners import Reason

MOST_SEATS = 5_000
SeatNumber = Annotated[StrictInt, Field(ge=1, le=100_000)]
SessionNumber = Annotated[int, Field(ge=1, le=60)]


def _once(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(numbers)) < len(numbers):
        raise PydanticCustomError("twice", "a number stands twice", {"fix": "send each once"})
    return numbers


class ResultGiven(Model):
    """Of somebody who came, by the number on the list."""

    number: SeatNumber
    passed: StrictBool


def _each_once(results: tuple[ResultGiven, ...]) -> tuple[ResultGiven, ...]:
    _once(tuple(one.number for one in results))
    return results


class PrintAttendance(RecordedQuery, operation="umkm.print_attendance", scope="umkm:train", reply=Pdf):
    """The list of a session, to be signed: numbers, names, businesses."""

    batch_id: UUID
    session: SessionNumber


class RecordAttendance(Request, operation="umkm.record_attendance", scope="umkm:train", reply=AttendanceView):
    """All who came to a session, by their numbers on the list; typed in again, the newer list counts."""

    batch_id: UUID
    session: SessionNumber
    present: Annotated[tuple[SeatNumber, ...], AfterValidator(_once)] = Field(max_length=MOST_SEATS)
    version: StrictInt | None = SEEN


class FinishBatch(Request, operation="umkm.finish_batch", scope="umkm:train", reply=BatchView):
    """Results of all who came: who passed gets a certificate; who never came is a no-show. Of a bazaar no results."""

    batch_id: UUID
    results: Annotated[tuple[ResultGiven, ...], AfterValidator(_each_once)] = Field(default=(), max_length=MOST_SEATS)
    version: StrictInt | None = SEEN


class CorrectResult(Request, operation="umkm.correct_result", scope="umkm:certify", reply=SeatView):
    """A result was wrong: the certificate is issued now, or revoked."""

    seat_id: UUID
    passed: StrictBool
    reason: Reason
    version: StrictInt | None = SEEN


__all__ = ["CorrectResult", "FinishBatch", "PrintAttendance", "RecordAttendance", "ResultGiven"]
