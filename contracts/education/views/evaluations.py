"""Rules looked at for every pupil at once."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..waiver_values import Advice, Change, EvaluationState, Programme
from .applications import ReasonView


class EvaluationView(View):
    """`counts`: pupils by what the rules say; `reasons`: by what speaks against. `rupiah`: what the term costs if all
    who are eligible get it, `rupiah_now` the same by the rules that hold. `to_grant`: eligible ones without a waiver,
    in a list as of when it was done. `in_doubt`: how many of the `waivers` of the term belong to pupils who are not
    eligible now."""

    id: UUID
    programme: Programme
    school_year: str
    term: int
    npsn: str | None = None
    trial: bool
    rules_version: int | None = Field(description="Null in a trial.")
    state: EvaluationState
    pupils: int
    counts: dict[str, int]
    reasons: dict[str, int]
    changes: dict[str, int]
    rupiah: int
    rupiah_now: int
    to_grant: int
    waivers: int = 0
    in_doubt: int = 0
    granted: int
    left_out: int
    started_at: AwareDatetime
    started_by: str
    granted_by: str | None = None
    note: str | None = None
    version: int


class EvaluationPage(Page):
    items: tuple[EvaluationView, ...]


class EvaluationRowView(View):
    """One pupil. `change`: what a trial's rules change for them."""

    pupil_id: UUID
    name: str = Field(description="Masked.")
    npsn: str | None
    grade: int | None
    advice: Advice
    reasons: tuple[ReasonView, ...]
    change: Change


class EvaluationRowPage(Page):
    items: tuple[EvaluationRowView, ...]
