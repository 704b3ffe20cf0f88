"""What the dispatch method (rec2) would do now, in words for the dispatcher. Nothing is done by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import numpy as np

from contracts.ambulance.views import ProposedDispatch, ProposedRelocation, Reassignment

from .board import Board
from .priorities import WITHOUT_SIREN
from .rec2 import (
    FRUGAL,
    Movable,
    Parameters,
    Plan,
    Reason,
    best_move,
    on_new_call,
    on_several_calls,
)
from .rec2 import (
    take_overs as rec2_take_overs,
)
from .standby import Standby
from .travel import TravelTime
from .unit import Unit

TEXTS = {
    Reason.SWAP: "on its way to another call but closer to this one; the other patient gets the replacement",
    Reason.PREEMPTION: "no unit is free; taken from a call of lower priority, which waits again",
    Reason.FREED_CLOSER: "free now, and sooner there than the unit on its way",
    Reason.CLOSEST: "the closest free unit",
    Reason.MATCHED: "several calls wait: together they are served soonest so",
    Reason.MOVE: "would cover more of the city from there while it waits",
}


def reassignment_for(board: Board, incident_id: UUID, parameters: Parameters = FRUGAL) -> Reassignment | None:
    """Whether a unit on its way to another call should go to this waiting one; None if the closest idle should."""
    call = next((one for one in board.waiting() if board.calls[one.number][0].incident_id == incident_id), None)
    if call is None:
        return None
    plan = on_new_call(call, board.idle, board.en_route(), board.arrivals, parameters)
    return _reassignment(board, plan) if plan.losers else None


def take_overs(board: Board, parameters: Parameters = FRUGAL) -> Iterator[Reassignment]:
    """Idle units that would be at a patient sooner than the unit on its way, each unit at most once."""
    for plan in rec2_take_overs(board.idle, board.en_route(), board.arrivals, parameters):
        yield _reassignment(board, plan)


def dispatches(board: Board, parameters: Parameters = FRUGAL) -> Iterator[ProposedDispatch]:
    """Units for the calls that wait."""
    for sent in on_several_calls(board.waiting(), board.idle, board.arrivals, parameters).sendings:
        yield ProposedDispatch(
            incident_id=board.calls[sent.call][0].incident_id,
            unit_id=board.units[sent.unit].id,
            expected_seconds=_seconds(sent.arrives_in),
            closest_unit_id=_id(board, sent.closest),
            closest_seconds=None if sent.closest_arrives_in is None else _seconds(sent.closest_arrives_in),
            reason=sent.reason,
            reason_text=TEXTS[sent.reason],
        )


def relocation(
    board: Board, standby: Standby, travel: TravelTime, parameters: Parameters = FRUGAL
) -> ProposedRelocation | None:
    """The one move of a waiting unit that is worth its drive, or None."""
    if not len(board.idle):
        return None
    idle = [board.units[number] for number in board.idle.tolist()]
    origins = [board.origins[number] for number in board.idle.tolist()]
    bound = board.bound(standby)
    seconds = np.array([travel.to(base, origins, board.now).seconds for base in standby.bases])
    rows = seconds.reshape(-1, len(idle)) / 60 * WITHOUT_SIREN
    movable = [
        Movable(number, int(base), rows[:, number], _moved_ago(idle[number], board.now))
        for number, base in enumerate(bound.tolist())
    ]
    move = best_move(movable, bound, standby.coverage, parameters)
    if move is None:
        return None
    return ProposedRelocation(
        unit_id=idle[move.unit].id,
        base=standby.bases[move.base],
        from_base=standby.bases[int(bound[move.unit])],
        expected_seconds=_seconds(move.minutes),
        coverage_gain=round(move.gain, 6),
        reason=move.reason,
        reason_text=TEXTS[move.reason],
    )


def _moved_ago(unit: Unit, now: datetime) -> float:
    return (now - unit.standby.since).total_seconds() / 60 if unit.standby else float("inf")


def _reassignment(board: Board, plan: Plan) -> Reassignment:
    first, *others = plan.sendings
    freed = first.reason is Reason.FREED_CLOSER
    loser = board.calls[first.call if freed else plan.losers[0]][0]
    assert loser.assignment_id is not None, "only a call with a unit can lose it"
    replacement = others[0] if others else None
    changed = replacement or (first if freed else None)
    return Reassignment(
        assignment_id=loser.assignment_id,
        unit_id=board.units[first.unit].id,
        incident_id=board.calls[first.call][0].incident_id,
        expected_seconds=_seconds(first.arrives_in),
        closest_unit_id=_id(board, first.closest),
        closest_seconds=None if first.closest_arrives_in is None else _seconds(first.closest_arrives_in),
        loser_incident_id=None if freed else loser.incident_id,
        replacement_unit_id=_id(board, replacement.unit) if replacement else None,
        replacement_seconds=_seconds(replacement.arrives_in) if replacement else None,
        delay_seconds=_seconds(changed.delay) if changed else None,
        reason=first.reason,
        reason_text=TEXTS[first.reason],
    )


def _id(board: Board, unit: int | None) -> str | None:
    return None if unit is None else board.units[unit].id


def _seconds(minutes: float) -> int:
    return round(60 * minutes)
