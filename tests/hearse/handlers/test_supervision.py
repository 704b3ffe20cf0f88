"""Complaints, corrections, and forgetting the people of closed bookings."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import BookingWrongState
from contracts.problems import Forbidden, InvalidRequest, NotFound
from tests.hearse.office import NOON, SUPERVISOR, Office, citizen


@pytest.fixture
def driven(office: Office) -> UUID:
    """A booking of citizen-1 that was served, with papers, a complaint and a dispute behind it."""
    deceased = {"name": "Rahasia", "nik": "3671014502809001", "family_card_number": "3671010101080001"}
    id = office.book(deceased=deceased, actor=citizen("citizen-1"), note="wasiat keluarga").id
    office.ask(asked.ApproveBooking(booking_id=id))
    office.ask(asked.DisputeBooking(booking_id=id, responsible="Kepala UPT", note="sengketa"))
    office.ask(asked.SettleDispute(booking_id=id, decided_by="Kepala UPT", note="selesai"), SUPERVISOR)
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=1)
    for step in ("en_route", "picked_up", "delivered", "completed"):
        office.report(id, step)
    return id


def test_a_complaint_reaches_the_supervisor_who_answers(office: Office, driven: UUID) -> None:
    with pytest.raises(NotFound):
        office.ask(asked.MakeComplaint(booking_id=driven, text="terlambat"), citizen("citizen-2"))
    made = [
        office.ask(asked.MakeComplaint(booking_id=driven, text=text), citizen("citizen-1"))
        for text in ("datang terlambat", "petugas kurang ramah")
    ]
    alert = office.ask(asked.ListAlerts(kind="complaint")).items[0]
    with pytest.raises(Forbidden):
        office.ask(asked.ResolveAlert(alert_id=alert.id))
    for one in made:
        assert "complaint" in office.alerts()
        answered = office.ask(asked.AnswerComplaint(complaint_id=one.id, answer="mohon maaf"), SUPERVISOR)
        assert answered.answered_by == "supervisor-1"
    assert "complaint" not in office.alerts()
    with pytest.raises(BookingWrongState):
        office.ask(asked.AnswerComplaint(complaint_id=made[0].id, answer="lain"), SUPERVISOR)
    assert office.ask(asked.ListComplaints(answered=False), SUPERVISOR).items == ()
    assert "terlambat" not in str(office.rows("SELECT * FROM complaint"))


def test_a_milestone_is_corrected_and_what_was_said_before_is_kept(office: Office, driven: UUID) -> None:
    at = NOON + timedelta(minutes=20)
    wrong = {"booking_id": driven, "milestone": "picked_up", "reason": "terlambat menekan"}
    with pytest.raises(InvalidRequest):
        office.ask(asked.CorrectTripMilestone(at=office.now + timedelta(hours=2), **wrong), SUPERVISOR)
    office.ask(asked.CorrectTripMilestone(booking_id=driven, milestone="en_route", at=NOON, reason="lupa"), SUPERVISOR)
    shown = office.ask(asked.CorrectTripMilestone(at=at, **wrong), SUPERVISOR)
    assert office.ask(asked.CorrectTripMilestone(at=at, **wrong), SUPERVISOR).version == shown.version
    times = {str(one.milestone): one.at for one in shown.trip.milestones}
    assert (times["picked_up"], times["delivered"]) == (at, office.now)
    assert len(office.rows("SELECT previous_at FROM trip_milestone_correction")) == 2
    assert office.events().count("trip-milestone-corrected") == 2


def test_what_was_never_reported_is_not_corrected(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    with pytest.raises(BookingWrongState):
        office.ask(
            asked.CorrectTripMilestone(booking_id=id, milestone="picked_up", at=NOON, reason="salah"), SUPERVISOR
        )


SECRETS = ("reporter_name", "reporter_phone", "deceased_name", "deceased_nik", "deceased_family_card", "note")


def test_a_year_after_its_end_the_people_are_forgotten_and_the_counts_stay(office: Office, driven: UUID) -> None:
    office.ask(asked.MakeComplaint(booking_id=driven, text="terlambat"))
    letter = {"letter_number": "474/1", "nik": "3671014502809001", "died_on": NOON.date()}
    office.ask(asked.VerifyDeathLetter(booking_id=driven, **letter))
    office.rows("SELECT 1")
    with office.runtime.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE timer SET due_at = '2026-11-24' WHERE kind = 'booking-retention'")
    office.later(days=364)
    office.fire()
    assert office.rows("SELECT reporter_name FROM booking")[0].reporter_name is not None
    office.later(days=2)
    office.fire()
    (row,) = office.rows("SELECT * FROM booking")
    assert [getattr(row, name) for name in SECRETS] == [None] * len(SECRETS)
    assert (row.citizen, row.dispute_note) == (None, None)
    assert (row.person_key, row.name_key, row.pickup_address, row.pickup_longitude) == (None, None, None, None)
    assert (row.state, row.pickup_kelurahan_code, row.destination_kind) == ("completed", None, "home")
    assert office.rows("SELECT text FROM complaint")[0].text is None
    (settled,) = office.rows("SELECT decided_by, note FROM dispute_settlement")
    assert (settled.decided_by, settled.note) == (None, None)
    (record,) = office.rows("SELECT * FROM death_record")
    assert (record.person_key, record.letter_number, record.died_on) == ("", None, NOON.date())
    shown = office.ask(asked.GetBooking(booking_id=driven))
    assert (shown.reporter, shown.deceased.name) == (None, None) and shown.trip.milestones
    assert office.events()[-1] == "booking-erased"


def test_a_letter_brings_back_nobody_who_was_forgotten(office: Office, driven: UUID) -> None:
    office.ask(asked.EraseBooking(booking_id=driven, reason="permintaan keluarga"), SUPERVISOR)
    letter = {"letter_number": "474/1", "nik": "3671014502809001", "died_on": NOON.date()}
    with pytest.raises(BookingWrongState):
        office.ask(asked.VerifyDeathLetter(booking_id=driven, **letter))
    assert office.rows("SELECT deceased_nik FROM booking")[0].deceased_nik is None


def test_of_who_was_forgotten_nobody_complains(office: Office, driven: UUID) -> None:
    office.ask(asked.MakeComplaint(booking_id=driven, text="terlambat"))
    office.ask(asked.EraseBooking(booking_id=driven, reason="permintaan keluarga"), SUPERVISOR)
    assert "complaint" not in office.alerts()  # nobody could answer it any more
    with pytest.raises(BookingWrongState):
        office.ask(asked.MakeComplaint(booking_id=driven, text="Siti masih mengeluh"))
    assert [row.text for row in office.rows("SELECT text FROM complaint")] == [None]


def test_erased_before_its_time_only_once_it_is_closed(office: Office, driven: UUID) -> None:
    still = office.book("Lain").id
    with pytest.raises(BookingWrongState):
        office.ask(asked.EraseBooking(booking_id=still, reason="permintaan"), SUPERVISOR)
    erased = office.ask(asked.EraseBooking(booking_id=driven, reason="permintaan keluarga"), SUPERVISOR)
    assert erased.reporter is None
    assert office.ask(asked.EraseBooking(booking_id=driven, reason="lagi saja"), SUPERVISOR).version == erased.version
    assert office.events().count("booking-erased") == 1
