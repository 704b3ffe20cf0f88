"""Rules of who gets a waiver, as data: a version never changes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ..values import Level, SchoolYear
from ..views import RulesList, RulesView
from ..waiver_values import RESIDENCY, EvidenceKind, Programme

Grade = Annotated[StrictInt, Field(ge=1, le=9)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len({getattr(one, "level", one) for one in values}) < len(values):
        raise PydanticCustomError("twice", "an entry stands twice", {"fix": "send each once"})
    return values


def _shows_residency(kinds: tuple[EvidenceKind, ...]) -> tuple[EvidenceKind, ...]:
    if set(kinds) - set(RESIDENCY):
        raise PydanticCustomError(
            "no_residency", "this shows nothing of where a child lives", {"fix": "leave out social_letter"}
        )
    return _distinct(kinds)


class MonthlyRate(Model):
    """What a pupil of a level gets for a month, in rupiah."""

    level: Level
    rupiah: StrictInt = Field(ge=0, le=10_000_000)


class RulesGiven(Model):
    """`residency`: any of these shows that the child lives in the city. `highest_decile`: of the welfare register
    (DTSEN), 1 the poorest; null asks for none. Without `monthly` the rate is that of the school's agreement."""

    residency: Annotated[tuple[EvidenceKind, ...], AfterValidator(_shows_residency)] = Field(min_length=1, max_length=4)
    partner_school: StrictBool = Field(description="Only at a private school with an agreement that has places.")
    grades: Annotated[tuple[Grade, ...], AfterValidator(_distinct)] = Field(min_length=1, max_length=9)
    highest_decile: StrictInt | None = Field(default=None, ge=1, le=10)
    letter_for_decile: StrictBool = Field(
        default=False, description="A letter of the social office stands in for a decile."
    )
    monthly: Annotated[tuple[MonthlyRate, ...], AfterValidator(_distinct)] = Field(default=(), max_length=4)


class SetRules(Request, operation="education.set_rules", scope="education:manage", reply=RulesView):
    """Write the next version of a programme's rules for a school year. Decisions of before stay as they were."""

    programme: Programme
    school_year: SchoolYear
    rules: RulesGiven
    note: Note = Field(description="The decree or decision that it follows.")
    version: StrictInt | None = Field(default=None, ge=0, description="The newest as seen; another one is refused.")


class ListRules(Query, operation="education.list_rules", scope="education:read", reply=RulesList):
    """All versions, the newest first."""

    programme: Programme | None = None
    school_year: SchoolYear | None = None


__all__ = ["ListRules", "MonthlyRate", "RulesGiven", "SetRules"]
