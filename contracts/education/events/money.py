"""What the city owes schools and pupils for waivers, and pays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import Event


class ApplicationSubmitted(Event, type="education.application-submitted.v1"):
    """Somebody applied for a child."""

    application_id: UUID
    pupil_id: UUID
    programme: str
    school_year: str
    term: int
    state: str = Field(description="submitted or evidence_needed; more may come.")


class ApplicationDecided(Event, type="education.application-decided.v1"):
    """A person has decided."""

    application_id: UUID
    decision_id: UUID
    pupil_id: UUID
    outcome: str = Field(description="granted or refused.")


class ApplicationAppealed(Event, type="education.application-appealed.v1"):
    """Another person is to decide."""

    application_id: UUID
    pupil_id: UUID


class ComplaintUpheld(Event, type="education.complaint-upheld.v1"):
    """A school has asked money for what the city pays: its agreement is reviewed."""

    complaint_id: UUID
    npsn: str
    month: date
    rupiah: int


class ReviewOpened(Event, type="education.review-opened.v1"):
    """A person is to look at an agreement, or at the waivers of these pupils; told of up to 500 at a time."""

    kind: str = Field(description="levy_upheld, agreement_suspended or agreement_ended; more may come.")
    npsn: str
    pupil_ids: tuple[UUID, ...] = ()


class ReviewClosed(Event, type="education.review-closed.v1"):
    """Somebody has looked, or the agreement holds again."""

    kind: str
    npsn: str
    state: str = Field(description="done or withdrawn.")


class CorrectionRequested(Event, type="education.correction-requested.v1"):
    """A parent says that something is wrong in a child's data."""

    request_id: UUID
    pupil_id: UUID
    due_at: AwareDatetime


class CorrectionAnswered(Event, type="education.correction-answered.v1"):
    """It was put right, or said why not."""

    request_id: UUID
    pupil_id: UUID
    corrected: bool


class RulesSet(Event, type="education.rules-set.v1"):
    """The rules of a school year have a new version."""

    programme: str
    school_year: str
    version: int


class ClaimApproved(Event, type="education.claim-approved.v1"):
    """The city owes a school, or its pupils, the months of a claim."""

    claim_id: UUID
    npsn: str
    programme: str
    school_year: str
    first_month: date
    last_month: date
    pupil_months: int
    rupiah: int


class BudgetSet(Event, type="education.budget-set.v1"):
    """What a programme may pay in a budget year."""

    programme: str
    budget_year: int
    rupiah: int


class DisbursementApproved(Event, type="education.disbursement-approved.v1"):
    """A batch of payments may go to the bank."""

    disbursement_id: UUID
    programme: str
    budget_year: int
    lines: int
    rupiah: int


class DisbursementPaid(Event, type="education.disbursement-paid.v1"):
    """The bank has paid one line. Of a pupil's line `pupil_id` is set, else it was paid to the school."""

    disbursement_id: UUID
    line_id: UUID
    programme: str
    budget_year: int
    npsn: str | None = None
    pupil_id: UUID | None = None
    rupiah: int
    paid_on: date


class DisbursementBounced(Event, type="education.disbursement-bounced.v1"):
    """The bank could not pay one line, or it came back: it is owed as before."""

    disbursement_id: UUID
    line_id: UUID
    programme: str
    budget_year: int
    npsn: str | None = None
    pupil_id: UUID | None = None
    rupiah: int
