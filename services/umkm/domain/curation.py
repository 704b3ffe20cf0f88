"""Curation of listings: scored by assessors, decided by somebody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contracts.problems import wrong_field
from contracts.umkm import SizeClass

from .scoring import Assessment, Scored, Scoresheet


@dataclass(slots=True)
class Curation(Scored):
    """One round of a listing; class and kecamatan are those of the business then, for the year's figures."""

    id: UUID
    listing_id: UUID
    round: int
    scoresheet: Scoresheet
    begun_at: datetime
    size_class: SizeClass
    kecamatan_code: str
    assessments: tuple[Assessment, ...] = ()
    published: bool | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = field(default=None, repr=False)

    def decide(self, who: str, publish: bool, reason: str | None, now: datetime) -> None:
        """By somebody who has not scored; other than the sheet advises only with a reason."""
        self.require_may_decide(who)
        advised = (self.percent or 0) >= self.scoresheet.pass_percent
        if reason is None and not (publish and advised):
            raise wrong_field(
                "reason", "missing", "it is not what the sheet advises, or its owner has to know why", "send a reason"
            )
        self.published, self.decided_by, self.decided_at, self.reason = publish, who, now, reason
