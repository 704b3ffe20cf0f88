"""What operators watch of the dispatch itself. Labels hold colours, never places, ids or persons."""

from __future__ import annotations

from prometheus_client import Gauge, Histogram

from chassis.work import Work
from contracts.ambulance.values import IncidentClass, Triage

from ..domain.incident import Incident

DISPATCH_SECONDS = Histogram(
    "kota_ambulance_dispatch_seconds",
    "Time from an emergency's opening to its first unit",
    ("triage",),
    buckets=(15, 30, 60, 90, 120, 180, 300, 600, 1200, 3600),
)
for _triage in Triage:
    DISPATCH_SECONDS.labels(_triage)  # a count that appears with a 1 has not increased, in the eyes of Prometheus
RED_WAITING = Gauge("kota_ambulance_red_waiting_seconds", "Age of the oldest red call without a unit, 0 for none")


def first_unit(work: Work, incident: Incident) -> None:
    """The first unit was sent to an incident; counted once that is committed."""
    if incident.incident_class is IncidentClass.EMERGENCY:
        waited = (work.now - incident.opened_at).total_seconds()
        colour = incident.triage or "none"
        work.afterwards(lambda: DISPATCH_SECONDS.labels(colour).observe(max(waited, 0)))
