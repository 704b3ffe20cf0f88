"""A move between two schools of the city: proposed by a list, seen by both, confirmed by the receiving one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.education import TransferState, TransferWrongState

OPEN = (TransferState.PROPOSED, TransferState.DISPUTED)


@dataclass(slots=True)
class Transfer:
    """`roster_id` and `row_number`: the row that says so. `from_on` is the first day at the receiving school."""

    id: UUID
    pupil_id: UUID
    from_npsn: str
    to_npsn: str
    school_year: str
    grade: int
    class_name: str
    roster_id: UUID
    row_number: int
    state: TransferState
    from_on: date
    proposed_at: datetime
    objection: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    version: int = 1

    def object(self, reason: str) -> None:
        """The other school does not agree."""
        self._turn(TransferState.DISPUTED, TransferState.PROPOSED, step="object_to_transfer")
        self.objection = reason

    def decline(self, now: datetime, by: str) -> None:
        """It does not take place."""
        self._turn(TransferState.DECLINED, *OPEN, step="decline_transfer")
        self.decided_at, self.decided_by = now, by

    def confirm(self, now: datetime, by: str, from_on: date | None) -> None:
        """It has taken place."""
        self._turn(TransferState.CONFIRMED, *OPEN, step="confirm_transfers")
        self.decided_at, self.decided_by, self.from_on = now, by, from_on or self.from_on

    def _turn(self, state: TransferState, *allowed: TransferState, step: str) -> None:
        if self.state not in allowed:
            raise TransferWrongState(
                f"{step} is not possible in state {self.state}",
                detail_id=f"{step} tidak mungkin pada status {self.state}",
                state=self.state,
                allowed=sorted(allowed),
            )
        self.state = state
        self.version += 1
