"""Time as devices and people tell it: a clock may run ahead a little, never far; a plan lies ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.ambulance.values import IncidentClass
from contracts.problems import wrong_field

CLOCK_SKEW = timedelta(minutes=2)
"""How far a device's clock may be off before what it says is refused."""


def refuse_future(field: str, at: datetime, now: datetime) -> None:
    """Raise InvalidRequest naming `field` if `at` lies more than the clock skew ahead of `now`."""
    if at > now + CLOCK_SKEW:
        raise wrong_field(
            field,
            "in_the_future",
            "the time lies in the future",
            "set the device's clock, or send the time when it happened",
        )


def check_pickup(incident_class: IncidentClass, pickup_at: datetime | None, now: datetime) -> None:
    """Raise InvalidRequest for a pick-up time that has passed, or for one at an emergency."""
    if pickup_at is None:
        return
    if incident_class is IncidentClass.EMERGENCY:
        raise wrong_field("pickup_at", "unexpected", "an emergency is fetched at once", "leave it out")
    if pickup_at < now - CLOCK_SKEW:
        raise wrong_field("pickup_at", "in_the_past", "the pick-up time has passed", "send a time to come")
