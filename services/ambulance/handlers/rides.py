"""Series of trips: each pick-up becomes a regular request a week ahead; days are skipped, series end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from chassis.masking import mask_text
from chassis.privacy import mask_phone
from chassis.timers import Timer
from chassis.work import Work
from contracts.ambulance.pickup_values import RideLeg, SeriesState
from contracts.ambulance.requests.rides import (
    EndRideSeries,
    GetRideSeries,
    ListRideSeries,
    OpenRideSeries,
    SkipRide,
)
from contracts.ambulance.values import IncidentClass, IncidentKind, IncidentState, Outcome
from contracts.ambulance.views import ComingRideView, RideSeriesPage, RideSeriesView
from contracts.base import Event
from contracts.problems import NotFound
from contracts.times import WIB, Weekday

from .. import store
from ..domain.incident import Incident
from ..domain.place import Place
from ..domain.ride_series import Ride, RideSeries, today
from ..store.ride import Kept
from . import clocks, find, planning
from .timer_kinds import RIDE_SERIES

AT = time(0, 5)
"""When a series is looked at, in WIB: just after its day of a week ahead has come into sight."""


def open_ride_series(work: Work, request: OpenRideSeries) -> RideSeriesView:
    """A new series, with the pick-ups of its first week."""
    find.require_facility(work, request.facility_id)
    place = Place.of(find.locate(work), request.location, request.kelurahan_code, request.landmark)
    times = (time.fromisoformat(request.pickup_time), _time(request.return_time))
    days = (request.begins_on, request.ends_on)
    weekdays, needs = frozenset(request.weekdays), (request.needs or "").strip() or None
    given = (request.phone, place, request.facility_id, weekdays, times, days, work.now, needs)
    series, events = RideSeries.open(work.new_id(), *given)
    due = series.take_due(work.now)
    store.ride_series.add(work, series)
    work.emit(series.id, series.version, *events)
    work.audit(series.id, facility_id=series.facility_id, begins_on=str(series.begins_on), ends_on=str(series.ends_on))
    _ask_for(work, series, due)
    return _shown(work, series)


def get_ride_series(work: Work, query: GetRideSeries) -> RideSeriesView:
    """With the pick-ups to come."""
    return _shown(work, _find(work, query.series_id))


def list_ride_series(work: Work, query: ListRideSeries) -> RideSeriesPage:
    """Newest first."""
    found, cursor = store.ride_series.pages(work, query)
    return RideSeriesPage(items=tuple(_view(one, masked=True) for one in found), next=cursor)


def skip_ride(work: Work, request: SkipRide) -> RideSeriesView:
    """Not on that day."""
    series = _find(work, request.series_id, lock=True)
    events = series.skip(request.on, work.now)
    if events:
        asked_for = store.ride.open_of_series(work, series.id, request.on)
        _cancel(work, [one for one in asked_for if one.on == request.on], "tidak dijemput hari itu")
        _keep(work, series, events, skipped=str(request.on))
    return _shown(work, series)


def end_ride_series(work: Work, request: EndRideSeries) -> RideSeriesView:
    """No more after its last day."""
    series = _find(work, request.series_id, lock=True)
    events = series.end(request.last_on, mask_text(request.reason), work.now)
    asked_for = store.ride.open_of_series(work, series.id, today(work.now))
    _cancel(work, [one for one in asked_for if one.on > series.ends_on], "jemputan rutin berakhir")
    _keep(work, series, events, last_on=str(series.ends_on))
    return _shown(work, series)


def series_due(work: Work, timer: Timer) -> None:
    """Another day has come into sight, or the last one has passed."""
    series = _find(work, UUID(timer.subject), lock=True)
    before, due, ended = series.version, series.take_due(work.now), series.run_out(work.now)
    if series.version != before:
        _keep(work, series, ended, state=series.state)
    _ask_for(work, series, due)


def _ask_for(work: Work, series: RideSeries, due: Iterable[Ride]) -> None:
    for ride in due:
        incident, events = _request(work, series, ride)
        store.incident.add(work, incident)
        store.ride.add(work, incident.id, series.id, ride.on, ride.leg)
        clocks.incident_opened(work, incident)
        work.emit(incident.id, incident.version, *events)
        work.audit(incident.id, series_id=str(series.id), leg=ride.leg)
    if series.goes_on or today(work.now) <= series.ends_on:
        tomorrow = today(work.now) + timedelta(days=1)
        work.remind(RIDE_SERIES, series.id, datetime.combine(tomorrow, AT, WIB))


def _request(work: Work, series: RideSeries, ride: Ride) -> tuple[Incident, list[Event]]:
    place, patient = series.place, work.new_id()
    if ride.leg is RideLeg.BACK:
        facility = store.facility.get(work, series.facility_id)
        assert facility is not None, "facilities are never removed"
        place = Place.of(find.locate(work), facility.location, None, facility.name)
    what = (IncidentClass.REGULAR, IncidentKind.TRANSPORT, place)
    return Incident.open(work.new_id(), *what, [patient], work.now, ride.pickup_at)


def _cancel(work: Work, rides: Iterable[Kept], reason: str) -> None:
    """Raises WrongState for one to which a unit is on its way. One that a unit has reached ends in its own way."""
    for id in sorted(ride.incident_id for ride in rides):
        incident = find.incident(work, id, lock=True)
        if incident.state in (IncidentState.ACTIVE, IncidentState.CLOSED):
            continue
        active = store.assignment.count_active(work, id)
        events = incident.close(Outcome.CANCELLED, active, work.now, reason)
        planning.request_closed(work, incident)
        clocks.incident_closed(work, incident)
        store.incident.save(work, incident)
        work.emit(id, incident.version, *events)
        work.audit(id, outcome=incident.outcome)


def _keep(work: Work, series: RideSeries, events: list[Event], **audited: str) -> None:
    store.ride_series.save(work, series)
    work.emit(series.id, series.version, *events)
    work.audit(series.id, **audited)


def _find(work: Work, series_id: UUID, *, lock: bool = False) -> RideSeries:
    found = store.ride_series.get(work, series_id, lock=lock)
    if found is None:
        raise NotFound(f"no ride series {series_id}", detail_id=f"tidak ada jemputan rutin {series_id}")
    return found


def _shown(work: Work, series: RideSeries) -> RideSeriesView:
    work.flush()
    return _view(series, store.ride.open_of_series(work, series.id, today(work.now)))


def _time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _view(series: RideSeries, coming: Iterable[Kept] = (), *, masked: bool = False) -> RideSeriesView:
    """A series; whom to ring is nobody's business once it has ended."""
    hidden = masked or series.state is SeriesState.ENDED
    return RideSeriesView(
        id=series.id,
        state=series.state,
        phone=mask_phone(series.phone) if hidden else series.phone,
        needs=series.needs,
        location=series.place.location,
        kelurahan_code=series.place.kelurahan_code,
        landmark=series.place.landmark,
        facility_id=series.facility_id,
        weekdays=tuple(one for one in Weekday if one in series.weekdays),
        pickup_time=f"{series.pickup_time:%H:%M}",
        return_time=f"{series.return_time:%H:%M}" if series.return_time else None,
        begins_on=series.begins_on,
        ends_on=series.ends_on,
        skipped=tuple(sorted(series.skipped)),
        reason=series.reason,
        coming=tuple(
            ComingRideView(
                incident_id=one.incident_id, on=one.on, leg=one.leg, pickup_at=one.pickup_at, state=one.state
            )
            for one in coming
        ),
        version=series.version,
    )
