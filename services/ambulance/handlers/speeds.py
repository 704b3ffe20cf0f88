"""Speeds learned from our own trips: anew each night, and when a manager asks."""

from __future__ import annotations

from datetime import timedelta

from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.requests.speeds import GetTravelSpeeds, LearnTravelSpeeds
from contracts.ambulance.views import TravelSpeedsView, TravelSpeedView

from .. import store
from ..domain.speeds import ASSUMED, DIRECTIONS, LEARNED, TRIPS_NEEDED, LearnedSpeed, learn
from ..domain.travel import HOURS
from .timer_kinds import LEARN_SPEEDS

EVERY = timedelta(days=1)


def get_travel_speeds(work: Work, query: GetTravelSpeeds) -> TravelSpeedsView:
    """The speeds that are reckoned with now."""
    return _view(store.travel_speed.get(work))


def learn_travel_speeds(work: Work, request: LearnTravelSpeeds) -> TravelSpeedsView:
    """Learn now instead of tonight."""
    _learn(work)
    work.flush()
    return _view(store.travel_speed.get(work))


def learn_nightly(work: Work, timer: Timer) -> None:
    """Once a day."""
    _learn(work)
    work.remind(LEARN_SPEEDS, timer.subject, work.now + EVERY)


def _learn(work: Work) -> None:
    trips = store.trip.finished(work)
    cells = learn(trips)
    store.travel_speed.replace(work, cells)
    work.afterwards(store.travel_speed.CACHE.forget)
    work.audit("travel-speed", trips=len(trips), cells=len(cells))


def _view(learned: store.travel_speed.Learned) -> TravelSpeedsView:
    cells = learned.speeds.cells
    rows = [
        _cell(hour, DIRECTIONS[number], cells[number][hour])
        for hour in range(HOURS)
        for number in range(len(DIRECTIONS))
    ]
    return TravelSpeedsView(speeds=tuple(rows), trips_needed=TRIPS_NEEDED, learned_at=learned.learned_at)


def _cell(hour: int, direction: str, cell: LearnedSpeed) -> TravelSpeedView:
    return TravelSpeedView(
        hour=hour,
        direction=direction,
        kilometres_per_hour=cell.kilometres_per_hour,
        trips=cell.trips,
        every_direction=cell.direction is None,
        source=LEARNED if cell.trips else ASSUMED,
    )
