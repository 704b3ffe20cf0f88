"""No hearse is free: the task ends only in one of three ways, each with a name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.work import Cause, Work
from contracts import ambulance as asked
from contracts.ambulance.problems import TransportSettled, UnitNotAvailable
from contracts.ambulance.values import UnitType
from contracts.context import SYSTEM
from contracts.hearse import VehicleUnavailable
from contracts.problems import InvalidRequest, NotFound
from services.ambulance.handlers.body_transports import raise_task
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk

NAME = "dr. Contoh"


def unavailable(desk: Desk, booking_id: UUID) -> None:
    told = VehicleUnavailable(booking_id=booking_id, facility_id="RS-1", earliest_at=desk.now)

    def task(work: Work) -> None:
        raise_task(work, told)
        work.commit()

    desk.runtime.run(task, Cause(actor=SYSTEM, action="test", correlation_id="story-1"))


@pytest.fixture
def booking(desk: Desk) -> UUID:
    """Of the hearse service."""
    id = uuid4()
    for _ in range(3):
        unavailable(desk, id)
    return id


def listed(desk: Desk, **more: Any) -> Any:
    return desk.ask(asked.ListBodyTransports(**more)).items


def test_told_again_it_is_one_task(desk: Desk, booking: UUID) -> None:
    assert [(one.booking_id, one.state) for one in listed(desk)] == [(booking, "open")]
    assert desk.events() == ["body-transport-needed"]


@pytest.mark.parametrize("way", ["partner_hearse", "transport_unit", "facility_keeps"])
def test_it_ends_in_one_way_and_not_in_another(desk: Desk, booking: UUID, way: str) -> None:
    desk.ask(asked.ImportUnits(units=({"id": "AMB-T", "type": UnitType.TRANSPORT, "base": CENTRE},)))
    until = desk.now + timedelta(hours=6)
    ways = {
        "partner_hearse": asked.EngagePartnerHearse(booking_id=booking, responsible=NAME),
        "transport_unit": asked.ApproveTransportUnit(booking_id=booking, unit_id="AMB-T", responsible=NAME),
        "facility_keeps": asked.KeepBody(booking_id=booking, until=until, responsible=NAME),
    }
    settled = desk.ask(ways[way])
    assert (settled.state, settled.outcome, settled.responsible) == ("settled", way, NAME)
    assert desk.ask(ways[way]) == settled
    for other in ways.keys() - {way}:
        with pytest.raises(TransportSettled):
            desk.ask(ways[other])
    assert listed(desk, state="open") == () and desk.events().count("body-transport-settled") == 1
    assert NAME not in str(desk.rows("SELECT * FROM body_transport")) + str(desk.rows("SELECT body FROM outbox"))


def test_a_unit_for_patients_is_no_hearse(desk: Desk, booking: UUID) -> None:
    desk.fleet("AMB-01")
    with pytest.raises(UnitNotAvailable):
        desk.ask(asked.ApproveTransportUnit(booking_id=booking, unit_id="AMB-01", responsible=NAME))


def test_what_is_wrong_is_said(desk: Desk, booking: UUID) -> None:
    with pytest.raises(InvalidRequest):
        desk.ask(asked.KeepBody(booking_id=booking, until=desk.now, responsible=NAME))
    with pytest.raises(NotFound):
        desk.ask(asked.EngagePartnerHearse(booking_id=uuid4(), responsible=NAME))
