"""An application for a waiver of a term: submitted ⇄ evidence needed → decided (→ appealed → decided)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contracts.education import AppealTooLate, ApplicationState, Channel, EvidenceFirst, Programme

from .waiver import wrong_state

TIME_TO_ANSWER = timedelta(days=14)
TIME_TO_APPEAL = timedelta(days=30)
OPEN = (ApplicationState.SUBMITTED, ApplicationState.EVIDENCE_NEEDED, ApplicationState.APPEALED)


@dataclass(slots=True)
class Application:
    """`told_on`: when the applicant was told what would help; `shown`: whether something was shown since."""

    id: UUID
    pupil_id: UUID
    programme: Programme
    school_year: str
    term: int
    channel: Channel
    applicant: str
    submitted_at: datetime
    state: ApplicationState = ApplicationState.SUBMITTED
    told_on: date | None = None
    shown: bool = False
    decided_on: date | None = None
    decision_id: UUID | None = None
    version: int = 1

    @property
    def answer_until(self) -> date | None:
        """The last day on which the applicant may show what would help."""
        return self.told_on + TIME_TO_ANSWER if self.told_on else None

    def tell(self, today: date) -> None:
        """What is missing is said to the applicant."""
        if self.state is ApplicationState.SUBMITTED:
            self.state, self.told_on = ApplicationState.EVIDENCE_NEEDED, self.told_on or today
            self.version += 1

    def show(self, *, enough: bool) -> None:
        """Something was shown for this child; `enough`: the rules are content now."""
        if self.state in (ApplicationState.SUBMITTED, ApplicationState.EVIDENCE_NEEDED):
            self.shown = True
            self.state = ApplicationState.SUBMITTED if enough else ApplicationState.EVIDENCE_NEEDED
            self.version += 1

    @property
    def appeal_until(self) -> date | None:
        """The last day on which a refusal can be appealed."""
        return self.decided_on + TIME_TO_APPEAL if self.decided_on else None

    def appeal(self, today: date) -> None:
        """Another person is to decide. Raises AppealTooLate."""
        if self.state is not ApplicationState.DECIDED:
            raise wrong_state("appeal", self.state, [ApplicationState.DECIDED])
        if self.appeal_until is not None and today > self.appeal_until:
            raise AppealTooLate(last_day=self.appeal_until.isoformat())
        self.state = ApplicationState.APPEALED
        self.version += 1

    def grant(self, decision_id: UUID, today: date) -> None:
        """A person says yes."""
        self._decide("grant", decision_id, today)

    def refuse(self, decision_id: UUID, today: date) -> None:
        """A person says no: not before the applicant could show what would help. Raises EvidenceFirst."""
        until = self.answer_until
        if self.state in OPEN and (until is None or (today <= until and not self.shown)):
            until = until or today + TIME_TO_ANSWER
            raise EvidenceFirst(
                f"the applicant may show what would help until {until}",
                detail_id=f"pemohon dapat menunjukkan bukti sampai {until}",
                answer_until=until.isoformat(),
            )
        self._decide("refuse", decision_id, today)

    def _decide(self, step: str, decision_id: UUID, today: date) -> None:
        if self.state not in OPEN:
            raise wrong_state(step, self.state, OPEN)
        self.state, self.decision_id, self.decided_on = ApplicationState.DECIDED, decision_id, today
        self.version += 1
