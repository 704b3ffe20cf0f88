"""Waivers as parents see them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ..waiver_values import ApplicationState, Outcome, Programme
from .applications import ReasonView


class MyApplicationView(View):
    """Of one's own child."""

    id: UUID
    pupil_id: UUID
    name: str
    programme: Programme
    school_year: str
    term: int
    state: ApplicationState
    submitted_at: AwareDatetime
    reasons: tuple[ReasonView, ...]
    outcome: Outcome | None = None
    note: str | None = Field(default=None, description="Of whoever decided.")
    answer_until: date | None = None
    appeal_until: date | None = Field(default=None, description="The last day for an appeal against a refusal.")


class MyApplicationList(View):
    items: tuple[MyApplicationView, ...]


class CorrectionAsked(View):
    """Answered until then."""

    id: UUID
    due_at: AwareDatetime


class ComplaintReceipt(View):
    """To ask for it later."""

    id: UUID
