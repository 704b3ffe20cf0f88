"""Papers, and the death that one of them proves."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from ...base import Request
from ...identity import FamilyCardNumber, Nik
from ...times import Day
from ..ids import SeenVersion
from ..values import DeathCorrection, DocumentKind, DocumentState
from ..views import BookingView


class RecordDocument(Request, operation="hearse.record_document", scope="hearse:schedule", reply=BookingView):
    """A paper was brought, is to follow, or was refused. A death letter is verified by a request of its own."""

    booking_id: UUID
    kind: DocumentKind
    state: Literal[DocumentState.TO_FOLLOW, DocumentState.RECEIVED, DocumentState.VERIFIED, DocumentState.REFUSED]
    reason: str | None = Field(default=None, max_length=300, repr=False, description="Why it was refused.")
    version: SeenVersion | None = None


class VerifyDeathLetter(Request, operation="hearse.verify_death_letter", scope="hearse:schedule", reply=BookingView):
    """The letter was read and holds: other services are told, by keys and date only. Refused for another person than
    the booking's."""

    booking_id: UUID
    letter_number: str = Field(min_length=1, max_length=80, repr=False)
    nik: Nik = Field(repr=False, description="Of the deceased, as the letter says.")
    family_card_number: FamilyCardNumber | None = Field(default=None, repr=False)
    died_on: Day = Field(examples=["2026-12-01"])
    version: SeenVersion | None = None


class CorrectDeath(Request, operation="hearse.correct_death", scope="hearse:supervise", reply=BookingView):
    """A recorded death does not hold as it was told; whoever was told of it is told of this. After `wrong_person` or
    `not_dead` a letter may be verified again."""

    booking_id: UUID
    reason: DeathCorrection
    died_on: Day | None = Field(default=None, description="With `wrong_date`: the date that holds.")
    note: str = Field(min_length=3, max_length=500, repr=False)
    version: SeenVersion | None = None
