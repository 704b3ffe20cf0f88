"""Rules of who gets a waiver."""

from __future__ import annotations

from pydantic import AwareDatetime

from ...base import View
from ..values import Level
from ..waiver_values import EvidenceKind, Programme


class MonthlyRateView(View):
    """For a month, in rupiah."""

    level: Level
    rupiah: int


class RulesView(View):
    """One version."""

    programme: Programme
    school_year: str
    version: int
    residency: tuple[EvidenceKind, ...]
    partner_school: bool
    grades: tuple[int, ...]
    highest_decile: int | None
    letter_for_decile: bool
    monthly: tuple[MonthlyRateView, ...]
    note: str
    made_at: AwareDatetime
    made_by: str


class RulesList(View):
    items: tuple[RulesView, ...]
