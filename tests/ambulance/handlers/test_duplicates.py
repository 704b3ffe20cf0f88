"""Twenty taps for one crash: one unit, the others asked about; closed as duplicates, both kept and linked."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import WrongState
from contracts.ambulance.values import IncidentState, Outcome
from contracts.geography import Point
from contracts.problems import InvalidRequest
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk


def near(metres: float) -> Point:
    return Point(coordinates=(CENTRE.longitude, CENTRE.latitude + metres / 111_195))


def red(desk: Desk, location: Point = CENTRE, **more: Any) -> UUID:
    id = desk.incident(location=location, **more)
    desk.ask(asked.TriageIncident(incident_id=id, triage="merah"))
    return id


def shown(desk: Desk, id: UUID) -> Any:
    return desk.ask(asked.GetIncident(incident_id=id))


@pytest.fixture
def auto(desk: Desk) -> Desk:
    """Mode auto, and units enough for everybody."""
    desk.fleet(*(f"AMB-{number:02d}" for number in range(1, 25)))
    desk.ask(asked.SetSiagaMode(mode="auto"))
    return desk


def sent(desk: Desk, ids: list[UUID]) -> list[int]:
    return [len(shown(desk, id).assignments) for id in ids]


def test_twenty_taps_send_one_unit_and_ask_about_the_others(auto: Desk) -> None:
    ids = []
    for tap in range(20):
        ids.append(red(auto, near(10 * tap), kind="traffic" if tap % 2 else "medical"))
        auto.later(seconds=5)
    auto.fire()
    assert sent(auto, ids) == [1] + [0] * 19
    alerts = auto.ask(asked.ListAlerts(kind="possible_duplicate", limit=50)).items
    assert {one.incident_id for one in alerts} == set(ids[1:])
    assert {one.detail["may_be_same"] for one in alerts} == {str(ids[0])}
    assert all(one.proposed_unit_id for one in alerts)


@pytest.mark.parametrize(("metres", "minutes", "units"), [(240, 14, 0), (270, 1, 1), (10, 16, 1)])
def test_only_what_is_near_in_place_and_time_is_asked_about(
    auto: Desk, metres: float, minutes: float, units: int
) -> None:
    first = red(auto)
    auto.fire()
    auto.later(minutes=minutes)
    second = red(auto, near(metres))
    auto.fire()
    assert sent(auto, [first, second]) == [1, units]


def test_a_regular_request_or_one_without_a_unit_holds_nobody_up(auto: Desk) -> None:
    auto.incident(incident_class="regular")
    auto.incident()  # no colour: no unit goes there by itself
    assert sent(auto, [red(auto)]) == [0]
    auto.fire()
    assert auto.rows("SELECT count(*) FROM assignment")[0].count == 1


def test_the_dispatcher_sends_one_all_the_same_and_the_question_is_settled(auto: Desk) -> None:
    ids = [red(auto), red(auto)]
    auto.fire()
    (alert,) = auto.ask(asked.ListAlerts(state="open", kind="possible_duplicate")).items
    auto.send(ids[1], alert.proposed_unit_id)
    assert auto.ask(asked.ListAlerts(state="open")).items == ()


def test_a_duplicate_is_closed_kept_and_linked_both_ways(desk: Desk) -> None:
    first, second = desk.incident(), desk.incident()
    assert (shown(desk, first).may_be_same, shown(desk, second).may_be_same) == ((second,), (first,))
    close = asked.CloseIncident(incident_id=second, outcome=Outcome.CANCELLED, duplicate_of=first)
    assert desk.ask(close).state is IncidentState.CLOSED
    assert desk.ask(close).duplicate_of == first  # told twice
    assert (shown(desk, first).duplicates, shown(desk, first).may_be_same) == ((second,), ())
    assert shown(desk, second).duplicate_of == first
    assert desk.events().count("incident-closed") == 1


def test_what_cannot_be_a_duplicate_is_refused(desk: Desk) -> None:
    first, second, third = desk.incident(), desk.incident(), desk.incident()

    def close(id: UUID, of: UUID, outcome: Outcome = Outcome.CANCELLED) -> Any:
        return desk.ask(asked.CloseIncident(incident_id=id, outcome=outcome, duplicate_of=of))

    for id, of, outcome in ((first, first, "cancelled"), (first, uuid4(), "cancelled"), (first, second, "unfounded")):
        with pytest.raises(InvalidRequest):
            close(id, of, Outcome(outcome))
    close(second, first)
    with pytest.raises(WrongState) as refusal:
        close(third, second)
    assert refusal.value.data.extra["original"] == str(first)
    desk.fleet("AMB-01")
    desk.send(third, "AMB-01")
    with pytest.raises(WrongState):
        close(third, first)


def test_without_points_the_kind_and_the_kelurahan_count(desk: Desk) -> None:
    def told(kind: str, code: str) -> UUID:
        place = {"location": None, "kelurahan_code": code, "landmark": "pasar"}
        return desk.incident(**place, kind=kind)

    first, same = told("fire", "36.71.01.1001"), told("fire", "36.71.01.1001")
    told("medical", "36.71.01.1001")
    told("fire", "36.71.01.1002")
    assert shown(desk, first).may_be_same == (same,)


def test_what_was_closed_as_a_duplicate_and_is_none_waits_again(auto: Desk) -> None:
    first, second = red(auto), red(auto)
    auto.fire()
    auto.ask(asked.CloseIncident(incident_id=second, outcome=Outcome.CANCELLED, duplicate_of=first))
    auto.later(minutes=20)
    separate = asked.SeparateIncident(incident_id=second, reason="dua kecelakaan berbeda")
    opened = auto.ask(separate)
    assert (opened.state, opened.duplicate_of, opened.outcome) == (IncidentState.TRIAGED, None, None)
    assert shown(auto, first).duplicates == ()
    assert auto.events().count("incident-reopened") == 1
    assert not auto.rows("SELECT 1 FROM audit WHERE detail::text LIKE '%kecelakaan%'"), "what people write is no detail"
    auto.fire()
    over = [one.incident_id for one in auto.ask(asked.ListAlerts(kind="over_target")).items]
    assert second in over, "its target has run out meanwhile"
    with pytest.raises(WrongState):
        auto.ask(separate)
    with pytest.raises(WrongState):
        auto.ask(asked.SeparateIncident(incident_id=first, reason="bukan duplikat"))


def test_at_intake_the_operator_sees_what_it_may_be(desk: Desk) -> None:
    first = desk.incident(kind="traffic")
    desk.incident(location=near(400))
    desk.incident(incident_class="regular")

    def candidates(**told: Any) -> tuple[UUID, ...]:
        contact = desk.ask(asked.RecordContact(**told)).id
        claimed: tuple[UUID, ...] = desk.ask(asked.ClaimContact(contact_id=contact)).may_be_same
        assert claimed == desk.ask(asked.GetContact(contact_id=contact)).may_be_same
        return claimed

    assert candidates(location=near(100)) == (first,)
    assert candidates(location=near(700)) == candidates() == ()
    desk.later(minutes=16)
    assert candidates(location=near(100)) == ()


def test_who_joins_an_incident_is_asked_about_no_more(desk: Desk) -> None:
    first = desk.incident()
    contact = desk.ask(asked.RecordContact(location=CENTRE)).id
    desk.ask(asked.DisposeContact(contact_id=contact, disposition="incident", incident_id=first))
    assert desk.ask(asked.GetContact(contact_id=contact)).may_be_same == ()
