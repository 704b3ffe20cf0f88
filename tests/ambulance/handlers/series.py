"""What tests of recurring pick-ups do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from contracts import ambulance as asked
from contracts.times import WIB
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk
from .test_hospitals import hospital

THRICE = ("monday", "wednesday", "friday")
DAILY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def with_hospital(desk: Desk) -> Desk:
    """One that dialyses, and two units."""
    desk.ask(asked.ImportFacilities(facilities=(hospital("RS-1", 0.03, "dialysis"),)))
    desk.fleet("AMB-01", "AMB-02")
    return desk


def today(desk: Desk) -> date:
    return desk.now.astimezone(WIB).date()


def next_monday(desk: Desk) -> date:
    return today(desk) + timedelta(days=7 - today(desk).weekday())


def opened(desk: Desk, **more: Any) -> Any:
    told = {"phone": "0812 3456 7890", "needs": "kursi roda", "location": CENTRE, "landmark": "pagar hijau"}
    times = {"weekdays": THRICE, "pickup_time": "05:30", "return_time": "11:00", "begins_on": next_monday(desk)}
    return desk.ask(asked.OpenRideSeries(**{**told, **times, "facility_id": "RS-1", **more}))


def to(desk: Desk, day: date, clock: str = "00:10") -> None:
    """The clock of that day, in WIB; what has run out meanwhile fires."""
    desk.now = datetime.fromisoformat(f"{day}T{clock}+07:00")
    desk.fire()
