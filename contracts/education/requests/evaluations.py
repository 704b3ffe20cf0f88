"""Rules looked at for every pupil at once: to grant many in one act, or to see what other rules would do."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Query, Request
from ...identity import Npsn
from ...paging import PageQuery
from ..values import SchoolYear
from ..views import EvaluationPage, EvaluationRowPage, EvaluationView
from ..waiver_values import Advice, Change, Programme, TermNumber
from .rules import RulesGiven

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class StartEvaluation(Request, operation="education.start_evaluation", scope="education:decide", reply=EvaluationView):
    """Look at the rules for all pupils of the city, or of one school, in the background. With `rules` it is a trial:
    what these would do beside those that hold, which nobody can grant by."""

    programme: Programme
    school_year: SchoolYear
    term: TermNumber
    npsn: Npsn | None = None
    rules: RulesGiven | None = None


class GetEvaluation(Query, operation="education.get_evaluation", scope="education:decide", reply=EvaluationView):
    """State, progress, counts, money."""

    evaluation_id: UUID


class ListEvaluations(
    PageQuery, operation="education.list_evaluations", scope="education:decide", reply=EvaluationPage
):
    """Newest first."""

    programme: Programme | None = None
    school_year: SchoolYear | None = None


class ListEvaluated(PageQuery, operation="education.list_evaluated", scope="education:decide", reply=EvaluationRowPage):
    """Pupil by pupil; names masked. Kept for 30 days."""

    evaluation_id: UUID
    advice: Advice | None = None
    change: Change | None = None
    npsn: Npsn | None = None
    in_doubt: bool = Field(default=False, description="Only who holds a waiver of the term and is not eligible now.")


class GrantEvaluated(Request, operation="education.grant_evaluated", scope="education:decide", reply=EvaluationView):
    """Grant to all who are eligible and have no waiver yet, but for some, as one act of one person. `count` is how many
    those are, as typed in by whoever has looked at the exceptions. Whoever is not eligible any more when their turn
    comes is left out and counted."""

    evaluation_id: UUID
    count: StrictInt = Field(ge=1, le=1_000_000)
    leave_out: tuple[UUID, ...] = Field(default=(), max_length=2_000)
    note: Note


__all__ = ["GetEvaluation", "GrantEvaluated", "ListEvaluated", "ListEvaluations", "StartEvaluation"]
