"""An incident of another jurisdiction: ours until somebody there says that they have it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.problems import InvalidRequest

from .desk import Desk

TO = "PSC 119 Kabupaten Contoh"


def offer(desk: Desk, id: UUID, to: str = TO) -> Any:
    return desk.ask(asked.OfferHandOver(incident_id=id, to=to))


def confirm(desk: Desk, id: UUID, **more: Any) -> Any:
    return desk.ask(
        asked.ConfirmHandOver(**{"incident_id": id, "received_by": "operator 4", "reference": "K-77", **more})
    )


def alerts(desk: Desk) -> list[str]:
    shown = desk.ask(asked.ListAlerts(state="open")).items
    return [one.kind for one in shown if one.kind == "hand_over_unconfirmed"]


def test_it_is_closed_by_the_receipt_and_by_nothing_before(desk: Desk) -> None:
    id = desk.incident()
    offered = offer(desk, id)
    assert (offered.state, offered.offered_to, offered.offered_at, offered.receipt_due) == (
        "received",
        TO,
        desk.now,
        True,
    )
    assert offer(desk, id) == offered
    desk.later(minutes=2)
    received = desk.now - timedelta(minutes=1)
    closed = confirm(desk, id, received_at=received)
    assert (closed.state, closed.outcome, closed.handed_over_to, closed.handed_over_at) == (
        "closed",
        "handed_over",
        TO,
        received,
    )
    assert (closed.receipt.received_by, closed.receipt.reference, closed.receipt_due) == ("operator 4", "K-77", False)
    assert confirm(desk, id) == closed
    desk.later(minutes=10)
    desk.fire()
    assert alerts(desk) == []
    names = desk.events()
    assert [names.count(f"hand-over-{one}") for one in ("offered", "confirmed")] == [1, 1]
    assert names.count("incident-closed") == 1


def test_without_an_answer_somebody_is_told_and_it_stays_ours(desk: Desk) -> None:
    desk.fleet("AMB-01")
    id = desk.incident()
    offer(desk, id)
    desk.later(seconds=179)
    desk.fire()
    assert alerts(desk) == []
    desk.later(seconds=2)
    desk.fire()
    assert alerts(desk) == ["hand_over_unconfirmed"]
    sent = desk.send(id, "AMB-01")  # nobody waits for them
    with pytest.raises(WrongState) as refused:
        confirm(desk, id)
    assert refused.value.data.extra["active_assignments"] == 1
    desk.ask(asked.ReleaseUnit(assignment_id=sent.id, reason="diterima wilayah lain"))
    assert confirm(desk, id).state == "closed" and alerts(desk) == []


def test_who_refuses_is_not_waited_for_and_another_may_be_asked(desk: Desk) -> None:
    id = desk.incident()
    offer(desk, id)
    desk.later(minutes=4)
    desk.fire()
    refused = desk.ask(asked.RefuseHandOver(incident_id=id, reason="no_unit"))
    assert (refused.state, refused.offered_to, refused.receipt_due, alerts(desk)) == ("received", None, False, [])
    assert desk.ask(asked.RefuseHandOver(incident_id=id, reason="no_unit")) == refused
    with pytest.raises(WrongState):
        confirm(desk, id)
    first, second = offer(desk, id, "PSC 119 Kota Satu"), offer(desk, id, "PSC 119 Kota Dua")
    assert second.offered_to == "PSC 119 Kota Dua" and second.version == first.version + 1
    assert confirm(desk, id).handed_over_to == "PSC 119 Kota Dua"


def test_one_that_was_closed_as_handed_over_waits_for_its_receipt_too(desk: Desk) -> None:
    id = desk.incident()
    closed = desk.ask(asked.CloseIncident(incident_id=id, outcome="handed_over", handed_over_to=TO))
    assert closed.receipt_due
    desk.later(minutes=4)
    desk.fire()
    assert alerts(desk) == ["hand_over_unconfirmed"]
    received = confirm(desk, id)
    assert (received.state, received.receipt_due, received.version) == ("closed", False, closed.version + 1)
    assert (alerts(desk), desk.events().count("incident-closed")) == ([], 1)


def test_what_has_ended_otherwise_is_not_offered_and_needs_no_receipt(desk: Desk) -> None:
    id = desk.incident()
    offer(desk, id)
    closed = desk.ask(asked.CloseIncident(incident_id=id, outcome="cancelled"))
    assert not closed.receipt_due
    desk.later(minutes=4)
    desk.fire()
    assert alerts(desk) == []
    for step in (lambda: offer(desk, id, "PSC 119 Kota Satu"), lambda: confirm(desk, id)):
        with pytest.raises(WrongState):
            step()


def test_a_receipt_is_not_changed_and_not_of_tomorrow(desk: Desk) -> None:
    id = desk.incident()
    offer(desk, id)
    with pytest.raises(InvalidRequest) as refused:
        confirm(desk, id, received_at=desk.now + timedelta(hours=1))
    assert [one.pointer for one in refused.value.data.errors] == ["/received_at"]
    confirm(desk, id)
    with pytest.raises(WrongState):
        confirm(desk, id, received_by="operator 5")


def test_names_are_encrypted_and_numbers_masked(desk: Desk) -> None:
    id = desk.incident()
    offer(desk, id, "PSC Contoh 0812-9000-9000")
    shown = confirm(desk, id, received_by="Sari, 0812-9000-9000", reference="K-77-Sari")
    assert "9000-9000" not in shown.model_dump_json()
    kept = str(desk.rows("SELECT incident::text FROM incident")) + str(desk.rows("SELECT body FROM outbox"))
    kept += str(desk.rows("SELECT detail FROM audit"))
    assert not any(text in kept for text in ("Sari", "PSC Contoh", "K-77"))
