"""What a person decided about a waiver, with all that the rules were given: never changed, judged again at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.education import Advice, NotEligible, Outcome, Programme
from contracts.problems import wrong_field

from .eligibility.inputs import Inputs
from .eligibility.judging import Judgement, judge
from .eligibility.rules import Rules


@dataclass(frozen=True, slots=True)
class Decision:
    """`judged_on`: the day for which the rules were looked at. `act_id`: the bulk approval that it was part of."""

    id: UUID
    application_id: UUID | None
    pupil_id: UUID
    programme: Programme
    school_year: str
    term: int
    outcome: Outcome
    judgement: Judgement
    inputs: Inputs
    judged_on: date
    note: str | None
    decided_at: datetime
    decided_by: str
    act_id: UUID | None = None

    def replayed(self, rules: Rules) -> Judgement:
        """What the rules of then say of the inputs of then."""
        return judge(rules, self.inputs, self.judged_on)


def require_allowed(judgement: Judgement, outcome: Outcome, note: str | None) -> None:
    """A person may grant what lacks evidence, with a note; not what the rules exclude. Refusing needs a note. Raises
    NotEligible or InvalidRequest."""
    if outcome is Outcome.GRANTED and judgement.advice is Advice.NOT_ELIGIBLE:
        raise NotEligible(reasons=[str(one) for one in judgement.against])
    if note is None and (outcome is Outcome.REFUSED or judgement.advice is not Advice.ELIGIBLE):
        raise wrong_field("note", "note_missing", "a note is needed", "say why, in words for the applicant")
