"""The rules looked at for pupils as they are now, and the answer in words."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chassis.work import Work
from contracts.education import AdviceView, ReasonView
from contracts.times import WIB

from .. import store
from ..domain.eligibility.inputs import Inputs
from ..domain.eligibility.judging import Judgement, judge
from ..domain.eligibility.reasons import HELP, TEXTS
from ..domain.eligibility.rules import Rules


def judged(work: Work, rules: Rules, pupils: Collection[UUID]) -> dict[UUID, tuple[Inputs, Judgement]]:
    """What is known of each, and what the rules say of it."""
    today = work.now.astimezone(WIB).date()
    found = store.known.some(work, rules, pupils)
    return {pupil_id: (known, judge(rules, known, today)) for pupil_id, known in found.items()}


def advice_view(judgement: Judgement) -> AdviceView:
    """In words."""
    return AdviceView(
        advice=judgement.advice,
        rules_version=judgement.rules_version,
        reasons=tuple(ReasonView(code=code, text=TEXTS[code], help=HELP.get(code)) for code in judgement.reasons),
    )
