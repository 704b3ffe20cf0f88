"""Incidents that may be one and the same: told by two callers, or tapped twenty times. Never merged by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from contracts.ambulance.values import IncidentClass
from contracts.geography import metres

from .contact import Contact
from .incident import Incident
from .place import Place
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
    pointed = one.place.location is not None and other.place.location is not None
    return _near(one.place, other.place) and (pointed or one.kind is other.kind)


def told_of(contact: Contact, incident: Incident) -> bool:
    """Whether a contact that nobody has judged yet may be about this emergency: near in place and time, of any kind."""
    if abs(incident.opened_at - contact.received_at) > WITHIN:
        return False
    return incident.incident_class is IncidentClass.EMERGENCY and _near(contact.place, incident.place)


def _near(one: Place, other: Place) -> bool:
    """Within 250 m; without points in the same kelurahan."""
    here, there = one.location, other.location
    if here is not None and there is not None:
        return metres(here, there) <= NEAR_METRES
    same_kelurahan = one.kelurahan_code is not None and one.kelurahan_code == other.kelurahan_code
    return here is None and there is None and same_kelurahan


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
