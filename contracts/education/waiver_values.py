"""The words of fee waivers: who gets them, and the money."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt
from pydantic_core import PydanticCustomError

from ..times import Day


class Programme(StrEnum):
    """Two that people mix up. `bop`: the city pays the partner school (sekolah swasta gratis); `tangerang_cerdas`:
    personal costs, paid to the pupil, means-tested."""

    BOP = "bop"
    TANGERANG_CERDAS = "tangerang_cerdas"


class EvidenceKind(StrEnum):
    """What was shown of a pupil: the first three say where the child lives, the last stands in for a welfare decile."""

    SCHOOL_ATTESTATION = "school_attestation"
    FAMILY_CARD = "family_card"
    CIVIL_REGISTRY = "civil_registry"
    SOCIAL_LETTER = "social_letter"


RESIDENCY = (EvidenceKind.CIVIL_REGISTRY, EvidenceKind.FAMILY_CARD, EvidenceKind.SCHOOL_ATTESTATION)
"""The weightiest first."""


class Advice(StrEnum):
    """What the rules say; a person decides. `evidence_needed`: what is missing can still be shown."""

    ELIGIBLE = "eligible"
    EVIDENCE_NEEDED = "evidence_needed"
    NOT_ELIGIBLE = "not_eligible"


class ReasonCode(StrEnum):
    """Why the rules say so."""

    FULFILLED = "fulfilled"
    NOT_ENROLLED = "not_enrolled"
    GRADE_OUTSIDE = "grade_outside"
    STATE_SCHOOL = "state_school"
    NO_AGREEMENT = "no_agreement"
    NO_PLACES = "no_places"
    AGREEMENT_SUSPENDED = "agreement_suspended"
    RESIDENCY_MISSING = "residency_missing"
    LIVES_ELSEWHERE = "lives_elsewhere"
    DECILE_MISSING = "decile_missing"
    DECILE_ABOVE = "decile_above"
    DECILE_OLD = "decile_old"


class Change(StrEnum):
    """What other rules would do to one pupil."""

    SAME = "same"
    GAINS = "gains"
    LOSES = "loses"


class EvaluationState(StrEnum):
    """`granting`: school after school; `failed`: it was tried three times, see the log."""

    RUNNING = "running"
    DONE = "done"
    GRANTING = "granting"
    GRANTED = "granted"
    FAILED = "failed"


class ApplicationState(StrEnum):
    """`evidence_needed`: the applicant has been told what would help; nobody is refused before that."""

    SUBMITTED = "submitted"
    EVIDENCE_NEEDED = "evidence_needed"
    DECIDED = "decided"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """Who applied for the child."""

    PARENT = "parent"
    SCHOOL = "school"
    OFFICE = "office"


class Outcome(StrEnum):
    """Of a decision."""

    GRANTED = "granted"
    REFUSED = "refused"


class WaiverState(StrEnum):
    """Of a term; at most one of a pupil, programme and term is not ended."""

    ACTIVE = "active"
    ENDED = "ended"


class WaiverEnd(StrEnum):
    """Why a waiver ends before its term."""

    LEFT_CITY = "left_city"
    LEFT_SCHOOL = "left_school"
    DECEASED = "deceased"
    NOT_ELIGIBLE = "not_eligible"
    DUPLICATE = "duplicate"
    GIVEN_UP = "given_up"
    DECIDED_ANEW = "decided_anew"


class ComplaintState(StrEnum):
    """`upheld`: the school has asked for what the city pays."""

    RECEIVED = "received"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


class ReviewKind(StrEnum):
    """`levy_upheld` is about an agreement, the others about each pupil with a waiver at the school."""

    LEVY_UPHELD = "levy_upheld"
    AGREEMENT_SUSPENDED = "agreement_suspended"
    AGREEMENT_ENDED = "agreement_ended"


class ReviewState(StrEnum):
    """`withdrawn`: the agreement holds again."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class ClaimState(StrEnum):
    """`returned`: the office asks the school to look at it again."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class LedgerKind(StrEnum):
    """`due` and `clawback` say what the city owes; `paid`, `returned` (by the bank) and `repaid` what was moved."""

    DUE = "due"
    CLAWBACK = "clawback"
    PAID = "paid"
    RETURNED = "returned"
    REPAID = "repaid"


class DisbursementState(StrEnum):
    """Of a batch of payments. `reconciled`: the bank has answered for every line."""

    DRAFT = "draft"
    VERIFIED = "verified"
    APPROVED = "approved"
    EXPORTED = "exported"
    RECONCILED = "reconciled"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    """Of one payment."""

    WAITING = "waiting"
    PAID = "paid"
    BOUNCED = "bounced"
    REMOVED = "removed"


def _first(value: date) -> date:
    if value.day != 1:
        raise PydanticCustomError("month", "must be the first day of a month", {"fix": "send 2026-09-01"})
    return value


Month = Annotated[Day, AfterValidator(_first), Field(examples=["2026-09-01"])]
"""A month, by its first day."""
TermNumber = Annotated[StrictInt, Field(ge=1, le=2)]
"""1: July to December (ganjil); 2: January to June (genap)."""
BudgetYear = Annotated[StrictInt, Field(ge=2020, le=2099, examples=[2026])]
"""January to December; a school year spans two."""

__all__ = [
    "RESIDENCY",
    "Advice",
    "ApplicationState",
    "BudgetYear",
    "Change",
    "Channel",
    "ClaimState",
    "ComplaintState",
    "DisbursementState",
    "EvaluationState",
    "EvidenceKind",
    "LedgerKind",
    "LineState",
    "Month",
    "Outcome",
    "Programme",
    "ReasonCode",
    "ReviewKind",
    "ReviewState",
    "TermNumber",
    "WaiverEnd",
    "WaiverState",
]
