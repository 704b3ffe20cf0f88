"""Others bring the body, or it stays: what becomes of the booking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts import hearse as asked
from contracts.ambulance.events import BodyTransportSettled
from tests.hearse.office import Office


def test_kept_by_the_facility_it_is_looked_at_again_when_that_is_over(office: Office) -> None:
    for vehicle in ("JNZ-1", "JNZ-2"):
        office.ask(asked.SetVehicleState(vehicle_id=vehicle, state="out_of_service"))
    id = office.approved()
    office.fire()
    assert "no_vehicle" in office.alerts()
    until = office.now + timedelta(hours=8)
    office.tell(BodyTransportSettled(booking_id=id, outcome="facility_keeps", until=until), "transport_settled")
    office.later(hours=7)
    office.fire()
    assert "no_vehicle" not in office.alerts()
    office.later(hours=1)
    office.fire()
    assert "no_vehicle" in office.alerts()


@pytest.mark.parametrize("outcome", ["partner_hearse", "transport_unit", "facility_keeps"])
@pytest.mark.parametrize("step", ["approved", "scheduled", "picked_up"])
def test_brought_by_others_it_ends_and_kept_it_waits(office: Office, outcome: str, step: str) -> None:
    id = office.approved()
    if step != "approved":
        office.confirm(id, office.slots(id)[0].pickup_at)
    if step == "picked_up":
        office.later(hours=1)
        office.report(id, "picked_up")
    for _ in range(2):
        office.tell(BodyTransportSettled(booking_id=id, outcome=outcome), "transport_settled")
    shown = office.ask(asked.GetBooking(booking_id=id))
    if outcome == "facility_keeps" or step == "picked_up":
        assert shown.state == step
        return
    assert (shown.state, shown.reason, office.reserved()) == ("cancelled", outcome, [])
    assert office.events().count("booking-cancelled") == 1
