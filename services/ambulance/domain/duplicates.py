"""Incidents that may be one and the same: told by two callers, or tapped twenty times. Never merged by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from contracts.ambulance.values import IncidentClass
from contracts.geography import metres

from .incident import Incident
from .refusals import wrong_state

NEAR_METRES = 250.0
WITHIN = timedelta(minutes=15)


def may_be_one(one: Incident, other: Incident) -> bool:
    """Two emergencies within 250 m and 15 minutes; without points, of the same kind in the same kelurahan. The kind is
    not asked for where points are known: a tap says little of what happened."""
    if one.id == other.id or abs(one.opened_at - other.opened_at) > WITHIN:
        return False
    if {one.incident_class, other.incident_class} != {IncidentClass.EMERGENCY}:
        return False
    here, there = one.place.location, other.place.location
    if here is not None and there is not None:
        return metres(here, there) <= NEAR_METRES
    same_kelurahan = one.place.kelurahan_code is not None and one.place.kelurahan_code == other.place.kelurahan_code
    return here is None and there is None and same_kelurahan and one.kind is other.kind


def earlier(one: Incident, others: Iterable[Incident]) -> list[Incident]:
    """Those of the others that may be the same and were told before, first told first."""
    before = [other for other in others if may_be_one(one, other) and _told(other) < _told(one)]
    return sorted(before, key=_told)


def require_original(duplicate: Incident, original: Incident) -> None:
    """Raise WrongState unless `original` stands by itself: a chain of duplicates would lead nowhere."""
    if original.duplicate_of is not None:
        raise wrong_state(
            "close",
            duplicate.state,
            ("close",),
            "the other one is itself a duplicate",
            "kejadian itu sendiri duplikat",
            original=str(original.duplicate_of),
        )


def _told(incident: Incident) -> tuple[object, ...]:
    return (incident.opened_at, incident.id)
