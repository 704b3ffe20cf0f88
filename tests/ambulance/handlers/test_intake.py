"""Contacts: kept, claimed, disposed, shown without more of the phone than is needed."""

from __future__ import annotations

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import ContactClaimed, WrongState
from contracts.ambulance.values import ContactState, Disposition, IncidentClass
from contracts.context import Actor
from contracts.problems import InvalidRequest, NotFound
from tests.ambulance.domain.builders import CENTRE, uuid

from .desk import Desk

PHONE, OTHER = "+6281290009000", Actor(subject="operator-2")
TOLD = {"phone": PHONE, "complaint": "sesak napas", "landmark": "depan Pasar Anyar"}


def test_a_silent_call_is_kept(desk: Desk) -> None:
    contact = desk.ask(asked.RecordContact())
    assert desk.ask(asked.GetContact(contact_id=contact.id)) == contact
    assert contact.state is ContactState.OPEN
    assert desk.events() == ["contact-recorded"]


def test_what_was_told_is_stored_encrypted_and_the_phone_findable(desk: Desk) -> None:
    first, second = desk.ask(asked.RecordContact(**TOLD)), desk.ask(asked.RecordContact(**TOLD))
    assert (first.phone, first.complaint, first.landmark) == tuple(TOLD.values())
    stored = str(desk.rows("SELECT contact::text FROM contact"))
    assert not any(value in stored for value in TOLD.values())
    keys = desk.rows("SELECT DISTINCT phone_key FROM contact")
    assert len(keys) == 1 and keys[0].phone_key
    assert desk.ask(asked.GetContact(contact_id=second.id)).complaint == "sesak napas"


def test_lists_mask_the_phone_and_page_newest_first(desk: Desk) -> None:
    ids = []
    for _ in range(3):
        ids.append(desk.ask(asked.RecordContact(**TOLD)).id)
        desk.later(seconds=1)
    page = desk.ask(asked.ListContacts(limit=2))
    rest = desk.ask(asked.ListContacts(limit=2, cursor=page.next))
    assert [one.id for one in (*page.items, *rest.items)] == ids[::-1]
    assert rest.next is None
    assert all(PHONE not in one.model_dump_json() and "****" in one.phone for one in page.items)


def test_those_who_told_of_an_incident(desk: Desk) -> None:
    incident = desk.ask(asked.OpenIncident(**TOLD)).id
    second = desk.ask(asked.RecordContact(**TOLD)).id
    desk.ask(asked.RecordContact(**TOLD))
    desk.ask(asked.DisposeContact(contact_id=second, disposition="incident", incident_id=incident))
    told = desk.ask(asked.ListContacts(incident_id=incident)).items
    assert len(told) == 2 and {one.incident_id for one in told} == {incident} and second in {one.id for one in told}
    assert all(PHONE not in one.model_dump_json() for one in told)


def test_a_claim_keeps_others_out_until_it_is_stale(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact()).id
    assert desk.ask(asked.ClaimContact(contact_id=id)).claimed_by == "operator-1"
    with pytest.raises(ContactClaimed):
        desk.ask(asked.ClaimContact(contact_id=id), OTHER)
    assert desk.ask(asked.ListContacts(state="open")).items == ()
    desk.later(seconds=46)
    assert [one.id for one in desk.ask(asked.ListContacts(state="open")).items] == [id]
    assert desk.ask(asked.ListContacts(state="claimed")).items == ()
    assert desk.ask(asked.ClaimContact(contact_id=id), OTHER).claimed_by == "operator-2"


def test_an_incident_is_opened_from_a_contact_once(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact(**TOLD)).id
    wish = asked.DisposeContact(contact_id=id, disposition="incident", location=CENTRE, patients=2)
    first, again = desk.ask(wish), desk.ask(wish)
    assert first.incident_id == again.incident_id
    incident = desk.ask(asked.GetIncident(incident_id=first.incident_id))
    assert incident.landmark == "depan Pasar Anyar"
    assert [patient.number for patient in incident.patients] == [1, 2]
    assert sorted(desk.events()) == ["contact-disposed", "contact-recorded", "incident-opened"]
    with pytest.raises(WrongState):
        desk.ask(asked.DisposeContact(contact_id=id, disposition="test"))


def test_a_second_caller_joins_an_open_incident_only(desk: Desk) -> None:
    incident_id = desk.incident()
    id = desk.ask(asked.RecordContact()).id
    joined = desk.ask(asked.DisposeContact(contact_id=id, disposition="incident", incident_id=incident_id))
    assert joined.incident_id == incident_id
    desk.ask(asked.CloseIncident(incident_id=incident_id, outcome="unfounded"))
    late = desk.ask(asked.RecordContact()).id
    with pytest.raises(InvalidRequest):
        desk.ask(asked.DisposeContact(contact_id=late, disposition="incident", incident_id=incident_id))


def test_the_phone_is_shown_while_the_incident_is_open(desk: Desk) -> None:
    incident_id = desk.incident(phone=PHONE)
    id = desk.rows("SELECT id FROM contact")[0].id
    assert desk.ask(asked.GetContact(contact_id=id)).phone == PHONE
    desk.ask(asked.CloseIncident(incident_id=incident_id, outcome="cancelled"))
    assert "****" in desk.ask(asked.GetContact(contact_id=id)).phone


def test_a_cut_off_call_raises_three_call_backs(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact(phone=PHONE)).id
    desk.ask(asked.DisposeContact(contact_id=id, disposition=Disposition.CUT_OFF))
    raised = []
    for seconds in (14, 1, 45, 120, 600):
        desk.later(seconds=seconds)
        desk.fire()
        raised.append(desk.rows("SELECT call_backs_due FROM contact")[0].call_backs_due)
    assert raised == [0, 1, 2, 3, 3]


def test_a_hidden_number_can_not_be_called_back(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact()).id
    desk.ask(asked.DisposeContact(contact_id=id, disposition=Disposition.CUT_OFF))
    desk.later(minutes=5)
    assert desk.fire() == 0


def test_a_pick_up_time_is_refused_for_an_emergency(desk: Desk) -> None:
    at = desk.now.replace(hour=10)
    with pytest.raises(InvalidRequest):
        desk.ask(asked.OpenIncident(pickup_at=at))
    assert desk.rows("SELECT 1 FROM contact") == []
    planned = desk.ask(asked.OpenIncident(pickup_at=at, incident_class=IncidentClass.REGULAR, patients=0))
    assert desk.ask(asked.GetIncident(incident_id=planned.id)).pickup_at == at


@pytest.mark.parametrize(
    "request_",
    [
        asked.GetContact(contact_id=uuid(9)),
        asked.ClaimContact(contact_id=uuid(9)),
        asked.DisposeContact(contact_id=uuid(9), disposition="test"),
    ],
)
def test_an_unknown_contact_is_not_found(desk: Desk, request_: asked.GetContact) -> None:
    with pytest.raises(NotFound):
        desk.ask(request_)


@pytest.mark.parametrize(
    ("told", "number", "kept"),
    [
        ("62811987654", "+62811987654", False),
        ("\u202a0812\u20113456\u20117890\u202c", "+6281234567890", False),
        ("0812 3456 7890 / 0813 1111 2222", "+6281234567890", True),
        ("ibu RT 0812 3456 7890", None, True),
        ("0812-345", None, True),
        ("112", None, True),
        ("sembunyi", None, True),
        ("  ", None, False),
    ],
)
def test_a_phone_that_cannot_be_judged_is_kept_as_told_and_flagged(
    desk: Desk, told: str, number: str | None, kept: bool
) -> None:
    for request in (asked.RecordContact(phone=told), asked.OpenIncident(phone=told)):
        desk.ask(request)
        (page,) = (desk.ask(asked.ListContacts()),)
        shown = desk.ask(asked.GetContact(contact_id=page.items[0].id))
        assert (shown.phone, shown.phone_told) == (number, told if kept else None)
        assert shown.phone_doubtful == page.items[0].phone_doubtful == (kept and number is None)
        assert page.items[0].phone_told is None
    for row in desk.rows("SELECT phone_told FROM contact WHERE phone_told IS NOT NULL"):
        assert told not in row.phone_told


def test_a_cut_off_caller_whose_number_was_only_told_is_rung_back_too(desk: Desk) -> None:
    id = desk.ask(asked.RecordContact(phone="0812-345, ibu RT")).id
    desk.ask(asked.DisposeContact(contact_id=id, disposition="cut_off"))
    desk.later(seconds=16)
    desk.fire()
    assert [one.contact_id for one in desk.ask(asked.ListAlerts(kind="call_back_due")).items] == [id]
