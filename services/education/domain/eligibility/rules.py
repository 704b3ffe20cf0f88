"""One version of a programme's rules for a school year. It never changes; the next one is another version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contracts.education import EvidenceKind, Level, Programme


@dataclass(frozen=True, slots=True)
class Rules:
    """`monthly`: rupiah for a month by level; empty where the rate is the agreement's."""

    programme: Programme
    school_year: str
    version: int
    residency: tuple[EvidenceKind, ...]
    partner_school: bool
    grades: tuple[int, ...]
    highest_decile: int | None
    letter_for_decile: bool
    monthly: dict[Level, int]
    note: str
    made_at: datetime
    made_by: str

    @property
    def means_tested(self) -> bool:
        """Whether the family's welfare counts."""
        return self.highest_decile is not None
