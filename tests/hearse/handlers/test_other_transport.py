"""Others bring the body, or it stays: what becomes of the booking."""

from __future__ import annotations

import pytest

from contracts import hearse as asked
from contracts.ambulance.events import BodyTransportSettled
from tests.hearse.office import Office


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
