"""Where the patient of a pick-up is brought: to the facility that was told, or as the series of trips says."""

from __future__ import annotations

from typing import NamedTuple

from chassis.work import Work
from contracts.ambulance.pickup_values import RideLeg
from contracts.ambulance.problems import PlaceMissing
from contracts.ambulance.views import RideView
from contracts.geography import Point

from .. import store
from ..domain.hospital import expected_hand_over
from ..domain.incident import Incident
from ..domain.pickups import BOARDING
from ..domain.ride_series import RideSeries


class Bound(NamedTuple):
    """Where to, and how many seconds it takes there until the unit is free; no point: not known."""

    at: Point | None = None
    seconds: float = 0.0
    facility_id: str | None = None


def bound_for(work: Work, incident: Incident, facility_id: str | None) -> Bound:
    """`facility_id` if it was told; else where the series goes."""
    if facility_id is None and (found := _ride(work, incident)) is not None:
        leg, series = found
        if leg is RideLeg.BACK:
            return Bound(_home(work, series), BOARDING.total_seconds())
        facility_id = series.facility_id
    facility = store.facility.get(work, facility_id) if facility_id else None
    if facility is None:
        return Bound()
    wait = expected_hand_over(store.hand_over_time.of_facilities(work).get(facility.id))
    return Bound(facility.location, wait, facility.id)


def ride_view(work: Work, incident: Incident) -> RideView | None:
    """For the crew: what the patient needs, and where to bring them."""
    found = _ride(work, incident)
    if found is None:
        return None
    leg, series = found
    if leg is RideLeg.THERE:
        return RideView(series_id=series.id, leg=leg, facility_id=series.facility_id, needs=series.needs)
    return RideView(
        series_id=series.id,
        leg=leg,
        needs=series.needs,
        location=series.place.location,
        kelurahan_code=series.place.kelurahan_code,
        landmark=series.place.landmark,
    )


def _ride(work: Work, incident: Incident) -> tuple[RideLeg, RideSeries] | None:
    if incident.pickup_at is None or (ride := store.ride.of_incident(work, incident.id)) is None:
        return None
    series = store.ride_series.get(work, ride.series_id)
    assert series is not None, "series are never removed"
    return ride.leg, series


def _home(work: Work, series: RideSeries) -> Point | None:
    try:
        return series.place.location or store.area.MAP.locator(work).destination(series.place)
    except PlaceMissing:
        return None
