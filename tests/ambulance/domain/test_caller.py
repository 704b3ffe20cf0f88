"""What counts against a number, and for how long."""

from __future__ import annotations

from services.ambulance.domain.caller import CALL_BACK_SCORE, UNKNOWN, Standing


def test_a_call_back_is_asked_from_a_certain_score_on() -> None:
    assert not UNKNOWN.call_back_asked
    assert not Standing(score=CALL_BACK_SCORE - 0.001, pranks=50).call_back_asked
    assert Standing(score=CALL_BACK_SCORE, pranks=2, real=9).call_back_asked
