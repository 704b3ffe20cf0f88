"""Applications for a waiver, and what is decided on them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from ...base import Query, RecordedQuery, Request
from ...identity import Npsn
from ...paging import PageQuery
from ..values import SchoolYear
from ..views import ApplicationPage, ApplicationView, DecisionPage, ReplayPage, ReplayView
from ..waiver_values import ApplicationState, Outcome, Programme, TermNumber

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class SubmitApplication(
    Request, operation="education.submit_application", scope="education:apply", reply=ApplicationView
):
    """Apply for a pupil: the school for its own, the office for any. The rules are looked at right away: what is
    missing is said, with what would help."""

    pupil_id: UUID
    programme: Programme
    school_year: SchoolYear
    term: TermNumber


class GetApplication(
    RecordedQuery, operation="education.get_application", scope="education:apply", reply=ApplicationView
):
    """With what the rules say now."""

    application_id: UUID


class ListApplications(
    PageQuery, operation="education.list_applications", scope="education:apply", reply=ApplicationPage
):
    """Oldest first; a school's operator sees those of their pupils. Of those who are not of the school the names are
    masked."""

    npsn: Npsn | None = None
    programme: Programme | None = None
    school_year: SchoolYear | None = None
    state: ApplicationState | None = None


class DecideApplication(
    Request, operation="education.decide_application", scope="education:decide", reply=ApplicationView
):
    """Grant or refuse, as a person. Refusing needs a note, and that the applicant was told before what would help and
    has sent more, or had 14 days to. Granting where evidence is missing needs a note; against the rules it is refused.
    """

    application_id: UUID
    outcome: Outcome
    note: Note | None = Field(default=None, repr=False, description="Shown to the applicant.")
    version: StrictInt | None = Field(default=None, ge=1, description="As seen; another one is refused.")


class ListDecisions(PageQuery, operation="education.list_decisions", scope="education:decide", reply=DecisionPage):
    """Newest first, with rule version, frozen inputs and reasons."""

    pupil_id: UUID | None = None
    programme: Programme | None = None
    school_year: SchoolYear | None = None


class ReplayDecision(Query, operation="education.replay_decision", scope="education:decide", reply=ReplayView):
    """Judge the frozen inputs of a decision again by the rules of then: the answer must be the same."""

    decision_id: UUID


class ReplayDecisions(PageQuery, operation="education.replay_decisions", scope="education:decide", reply=ReplayPage):
    """The same for many, newest first: a page says how many were judged again, and names those that differ."""

    programme: Programme | None = None
    school_year: SchoolYear | None = None


__all__ = [
    "DecideApplication",
    "GetApplication",
    "ListApplications",
    "ListDecisions",
    "ReplayDecision",
    "ReplayDecisions",
    "SubmitApplication",
]
