"""Decisions shown."""

from __future__ import annotations

from contracts.education import DecisionView

from ..domain.decision import Decision
from . import judging


def decision_view(one: Decision) -> DecisionView:
    """What is shown of it."""
    return DecisionView(
        id=one.id,
        application_id=one.application_id,
        pupil_id=one.pupil_id,
        programme=one.programme,
        school_year=one.school_year,
        term=one.term,
        outcome=one.outcome,
        advice=judging.advice_view(one.judgement),
        inputs=one.inputs.frozen(),
        note=one.note,
        decided_at=one.decided_at,
        decided_by=one.decided_by,
    )
