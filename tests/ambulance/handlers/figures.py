"""What the reports should count, reckoned in Python from what the API shows of each incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts import ambulance as asked
from contracts.ambulance.report_values import Measure
from contracts.times import WIB

from .desk import Desk

ARRIVALS = ("on_scene", "patient_loaded", "at_hospital", "handed_over", "completed")


def assert_figures_are_those_of_the_rows(desk: Desk) -> None:
    """Whatever was done, and however it was corrected since."""
    ids = [row.id for row in desk.rows("SELECT id FROM incident")]
    expected = {one[0]: one[1] for id in ids for one in _of_incident(desk.ask(asked.GetIncident(incident_id=id)))}
    stored = {str(row.assignment_id): _stored(row) for row in desk.rows("SELECT * FROM response")}
    assert stored == expected


def remove_what_strangers_wrote(desk: Desk) -> None:
    """Assignments that were put in behind the service's back have no figures."""
    with desk.runtime.connect() as connection:
        connection.execute("DELETE FROM assignment WHERE id NOT IN (SELECT assignment_id FROM response)")


def _stored(row: Any) -> dict[str, Any]:
    dimensions = ("incident_class", "triage", "kecamatan", "hour", "first")
    return {name: getattr(row, name) for name in (*dimensions, *Measure)}


def _of_incident(incident: Any) -> list[tuple[str, dict[str, Any]]]:
    trips = sorted(incident.assignments, key=lambda one: (one.dispatched_at, one.id))
    times = {one.id: {step.milestone: step.at for step in one.milestones} for one in trips}
    arrivals = {one.id: at for one in trips if (at := _arrival(times[one.id]))}
    first_there = min(arrivals, key=lambda id: (arrivals[id], id)) if arrivals else None
    told = incident.pickup_at or incident.opened_at
    return [
        (
            str(one.id),
            {
                "incident_class": incident.incident_class,
                "triage": incident.triage,
                "kecamatan": incident.kelurahan_code and int(incident.kelurahan_code[:8].replace(".", "")),
                "hour": told.astimezone(WIB).hour,
                "first": place == 0,
                **_measures(
                    incident,
                    one,
                    times[one.id],
                    told,
                    place == 0,
                    arrivals.get(one.id) if one.id == first_there else None,
                ),
            },
        )
        for place, one in enumerate(trips)
    ]


def _measures(
    incident: Any, trip: Any, times: dict[str, datetime], told: datetime, first: bool, arrived: datetime | None
) -> dict[str, int | None]:
    def span(begun: datetime | None, ended: datetime | None) -> int | None:
        return None if begun is None or ended is None else max(0, round((ended - begun).total_seconds()))

    return {
        "call_to_dispatch": span(incident.opened_at, trip.dispatched_at) if first and not incident.pickup_at else None,
        "turnout": span(trip.dispatched_at, times.get("en_route")),
        "travel": span(times.get("en_route"), times.get("on_scene")),
        "response": span(told, arrived),
        "scene": span(times.get("on_scene"), times.get("patient_loaded")),
        "transport": span(times.get("patient_loaded"), times.get("at_hospital")),
        "hand_over": span(times.get("at_hospital"), times.get("handed_over")),
        "total": span(told, times.get("handed_over") or times.get("completed")),
    }


def _arrival(times: dict[str, datetime]) -> datetime | None:
    return next((times[one] for one in ARRIVALS if one in times), None)
