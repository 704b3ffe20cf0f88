"""Capital: groups, loans, what the bank told. Sums are whole rupiah; people appear by their keys alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event

OTHERS = Field(description="Keys of the other members who are to be told.")


class CapitalTermsSet(Event, type="umkm.capital-terms-set.v1"):
    """For groups that are formed from now on."""

    version: int


class GroupFormed(Event, type="umkm.group-formed.v1"):
    """Members can join."""

    group_id: UUID
    terms: int = Field(description="Version of the terms.")


class GroupJoined(Event, type="umkm.group-joined.v1"):
    """One more member, who vouches for the others."""

    group_id: UUID
    loan_id: UUID
    person_key: str
    rupiah: int
    step: int


class GroupLeft(Event, type="umkm.group-left.v1"):
    """Before anything was paid out; `state` is left or refused."""

    group_id: UUID
    loan_id: UUID
    person_key: str
    state: str


class GroupMoved(Event, type="umkm.group-moved.v1"):
    """The group is in another state; `due_at`: until when office or bank are to have checked."""

    group_id: UUID
    state: str
    members: int
    due_at: AwareDatetime | None = None


class CheckOverdue(Event, type="umkm.check-overdue.v1"):
    """Office or bank have not checked in time; nothing is decided by that."""

    group_id: UUID
    state: str
    waiting: int


class CapitalDisbursed(Event, type="umkm.capital-disbursed.v1"):
    """The bank has paid a loan out."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    rupiah: int
    administration_rupiah: int
    step: int
    disbursed_on: date


class BankFileBooked(Event, type="umkm.bank-file-booked.v1"):
    """All lines were read; `waiting` of them wait for a person."""

    bank_file_id: UUID
    covers_until: date
    lines: int
    booked: int
    waiting: int
    already: int
    booked_rupiah: int


class BankFileRefused(Event, type="umkm.bank-file-refused.v1"):
    """Nothing of it was booked."""

    bank_file_id: UUID
    reason: str


class BankLineClosed(Event, type="umkm.bank-line-closed.v1"):
    """A person has settled what waited of a line."""

    bank_file_id: UUID
    row: int
    settlement: str
    rupiah: int


class ArrearsRaised(Event, type="umkm.arrears-raised.v1"):
    """By the bank's file that covers the due date. The group is told, and may cover."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    rupiah: int
    until: date = Field(description="The last day that the bank's files cover.")
    others: tuple[str, ...] = OTHERS


class ArrearsCleared(Event, type="umkm.arrears-cleared.v1"):
    """Nothing that was due is missing any more."""

    loan_id: UUID
    group_id: UUID
    person_key: str


class LoanFrozen(Event, type="umkm.loan-frozen.v1"):
    """Its owner has died: nothing is asked of the family or the group until a person has looked."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    others: tuple[str, ...] = OTHERS


class LoanThawed(Event, type="umkm.loan-thawed.v1"):
    """The death was taken back."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    state: str


class LoanInRecourse(Event, type="umkm.loan-in-recourse.v1"):
    """The member has disappeared; the others' own standing stays as it is."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    rupiah: int
    others: tuple[str, ...] = OTHERS


class RecourseLifted(Event, type="umkm.recourse-lifted.v1"):
    """The member is back."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    state: str


class LoanSettled(Event, type="umkm.loan-settled.v1"):
    """All is paid. `timely`: each instalment by its day and by the member: the next step of the ladder is open."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    step: int
    timely: bool
    settled_on: date


class LoanReopened(Event, type="umkm.loan-reopened.v1"):
    """A payment of a settled loan came back."""

    loan_id: UUID
    group_id: UUID
    person_key: str
    state: str
    rupiah: int


__all__ = [
    "ArrearsCleared",
    "ArrearsRaised",
    "BankFileBooked",
    "BankFileRefused",
    "BankLineClosed",
    "CapitalDisbursed",
    "CapitalTermsSet",
    "CheckOverdue",
    "GroupFormed",
    "GroupJoined",
    "GroupLeft",
    "GroupMoved",
    "LoanFrozen",
    "LoanInRecourse",
    "LoanReopened",
    "LoanSettled",
    "LoanThawed",
    "RecourseLifted",
]
