"""Applications and decisions."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..waiver_values import Advice, ApplicationState, Channel, Outcome, Programme, ReasonCode


class ReasonView(View):
    """Why, and what would help; in Indonesian and English."""

    code: ReasonCode
    text: dict[str, str]
    help: dict[str, str] | None = None


class AdviceView(View):
    """What the rules say; a person decides."""

    advice: Advice
    rules_version: int
    reasons: tuple[ReasonView, ...]


class DecisionView(View):
    """Never changed: an appeal leads to another one. `inputs` are those of its time."""

    id: UUID
    application_id: UUID | None
    pupil_id: UUID
    programme: Programme
    school_year: str
    term: int
    outcome: Outcome
    advice: AdviceView
    inputs: dict[str, Any]
    note: str | None = None
    decided_at: AwareDatetime
    decided_by: str


class DecisionPage(Page):
    items: tuple[DecisionView, ...]


class ReplayView(View):
    """`same` is false only if something is broken: look into it at once."""

    decision_id: UUID
    same: bool
    then: AdviceView
    again: AdviceView


class ReplayPage(Page):
    """`items` holds those that differ: it must be empty."""

    judged: int
    items: tuple[ReplayView, ...]


class ApplicationView(View):
    """`advice` is of now while nothing is decided, else that of the decision."""

    id: UUID
    pupil_id: UUID
    name: str = Field(description="Masked for whoever is not of the school.")
    programme: Programme
    school_year: str
    term: int
    npsn: str | None = Field(description="The pupil's present school.")
    state: ApplicationState
    channel: Channel
    submitted_at: AwareDatetime
    answer_until: date | None = Field(default=None, description="Until when the applicant may show what would help.")
    advice: AdviceView | None = None
    decision: DecisionView | None = None
    version: int


class ApplicationPage(Page):
    items: tuple[ApplicationView, ...]
