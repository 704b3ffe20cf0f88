"""Rules and inputs give what the rules say, and every reason for it. Nothing else is read: no clock, no database.

A reason that something shown could turn (`CURABLE`) leads to `evidence_needed`; any other to `not_eligible`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.education import Advice, AgreementState, Ownership, ReasonCode

from .inputs import Inputs
from .rules import Rules

CURABLE = frozenset(
    {ReasonCode.RESIDENCY_MISSING, ReasonCode.DECILE_MISSING, ReasonCode.AGREEMENT_SUSPENDED, ReasonCode.NOT_ENROLLED}
)
REMARKS = frozenset({ReasonCode.FULFILLED, ReasonCode.DECILE_OLD})
"""Said beside an answer; they change none."""
FRESH = timedelta(days=100)
"""The welfare register is renewed every three months; an older decile still counts, and is said to be old."""
_NO_AGREEMENT = {
    AgreementState.SUSPENDED: ReasonCode.AGREEMENT_SUSPENDED,
    AgreementState.SIGNED: ReasonCode.NO_PLACES,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say."""

    advice: Advice
    reasons: tuple[ReasonCode, ...]
    rules_version: int

    @property
    def against(self) -> tuple[ReasonCode, ...]:
        """Reasons that speak against it."""
        return tuple(one for one in self.reasons if one not in REMARKS)


def judge(rules: Rules, known: Inputs, on: date) -> Judgement:
    """`on`: the day for which the age of a decile is judged."""
    against = tuple(dict.fromkeys(_against(rules, known)))
    remarks = tuple(_remarks(rules, known, on))
    if not against:
        return Judgement(Advice.ELIGIBLE, (ReasonCode.FULFILLED, *remarks), rules.version)
    advice = Advice.EVIDENCE_NEEDED if CURABLE.issuperset(against) else Advice.NOT_ELIGIBLE
    return Judgement(advice, (*against, *remarks), rules.version)


def _against(rules: Rules, known: Inputs) -> Iterator[ReasonCode]:
    if known.grade is None:
        yield ReasonCode.NOT_ENROLLED
    else:
        yield from _school(rules, known)
    yield from _residency(rules, known)
    if rules.highest_decile is not None:
        yield from _welfare(rules, rules.highest_decile, known)


def _school(rules: Rules, known: Inputs) -> Iterator[ReasonCode]:
    if known.grade not in rules.grades:
        yield ReasonCode.GRADE_OUTSIDE
    if not rules.partner_school:
        return
    if known.ownership is Ownership.STATE:
        yield ReasonCode.STATE_SCHOOL
    elif known.agreement is not AgreementState.SIGNED or not known.places:
        yield _NO_AGREEMENT.get(known.agreement or AgreementState.DRAFT, ReasonCode.NO_AGREEMENT)


def _residency(rules: Rules, known: Inputs) -> Iterator[ReasonCode]:
    """What was shown last counts: a family that has moved away shows it, or one that has come."""
    here = known.resident_on if known.resident_by in rules.residency else None
    if known.elsewhere_on is not None and (here is None or known.elsewhere_on >= here):
        yield ReasonCode.LIVES_ELSEWHERE
    elif here is None:
        yield ReasonCode.RESIDENCY_MISSING


def _welfare(rules: Rules, limit: int, known: Inputs) -> Iterator[ReasonCode]:
    if known.decile is not None and known.decile <= limit:
        return
    if rules.letter_for_decile and known.letter_on is not None:
        return
    yield ReasonCode.DECILE_MISSING if known.decile is None else ReasonCode.DECILE_ABOVE


def _remarks(rules: Rules, known: Inputs, on: date) -> Iterator[ReasonCode]:
    if rules.means_tested and known.decile_on is not None and on - known.decile_on > FRESH:
        yield ReasonCode.DECILE_OLD
