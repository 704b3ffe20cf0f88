"""Papers by destination, and the death that a letter proves."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from contracts import hearse as asked
from contracts.hearse.problems import DeathRecordedOtherwise, PapersMissing
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.hearse.handlers.test_same_death import death, retraction_of
from tests.hearse.office import FAR, SUPERVISOR, Office

NIK, OTHER = "3671014502809001", "3671010101800002"
TODAY = date(2026, 11, 23)


def states(view: Any) -> dict[str, str]:
    return {str(one.kind): str(one.state) for one in view.documents}


def verify(office: Office, id: UUID, **more: Any) -> Any:
    given = {"letter_number": "474/1", "nik": NIK, "died_on": TODAY, **more}
    return office.ask(asked.VerifyDeathLetter(booking_id=id, **given))


def correct(office: Office, id: UUID, reason: str, **more: Any) -> Any:
    return office.ask(asked.CorrectDeath(booking_id=id, reason=reason, note="salah baca", **more), SUPERVISOR)


def test_each_destination_asks_for_its_papers(office: Office) -> None:
    home = office.book()
    assert states(home) == {"death_letter": "needed", "reporter_id_card": "needed"}
    away = {"kind": "out_of_city", "location": FAR}
    assert "neighbourhood_letter" in states(office.book("Jauh", destination=away))
    morgue = office.book("RS", destination=away, pickup={"facility_id": "RS-1"})
    assert "hospital_letter" in states(morgue) and "hospital_letter" not in states(home)


def test_at_night_no_paper_that_may_follow_stands_in_the_way(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    shown = office.ask(asked.RecordDocument(booking_id=id, kind="death_letter", state="to_follow"))
    assert (shown.state, states(shown)["death_letter"]) == ("scheduled", "to_follow")


def test_what_the_city_wants_before_it_approves(office: Office) -> None:
    rule = {"kind": "neighbourhood_letter", "may_follow": False}
    office.ask(asked.SetPapers.model_validate({"home": [rule], "version": 1}))
    id = office.book().id
    with pytest.raises(PapersMissing) as refused:
        office.ask(asked.ApproveBooking(booking_id=id))
    assert refused.value.data.extra["documents"] == ["neighbourhood_letter"]
    office.ask(asked.RecordDocument(booking_id=id, kind="neighbourhood_letter", state="received"))
    assert office.ask(asked.ApproveBooking(booking_id=id)).state == "approved"
    with pytest.raises(StaleVersion):
        office.ask(asked.SetPapers(version=1))


def test_a_refusal_has_its_reason_and_the_same_again_changes_nothing(office: Office) -> None:
    id = office.book().id
    paper: dict[str, Any] = {"booking_id": id, "kind": "family_card", "state": "refused"}
    with pytest.raises(InvalidRequest):
        office.ask(asked.RecordDocument(**paper))
    refused = office.ask(asked.RecordDocument(**paper, reason="KK milik orang lain"))
    assert office.ask(asked.RecordDocument(**paper, reason="KK milik orang lain")).version == refused.version
    assert "KK milik" not in str(office.rows("SELECT * FROM document"))
    with pytest.raises(InvalidRequest):
        office.ask(asked.RecordDocument(booking_id=id, kind="death_letter", state="verified"))


def test_a_verified_letter_is_told_once_by_keys_and_date(office: Office) -> None:
    id = office.book(deceased={"name": "Bapak", "family_card_number": "3671010101080001"}).id
    shown = verify(office, id)
    assert (states(shown)["death_letter"], shown.death_record.died_on) == ("verified", TODAY)
    assert verify(office, id).version == shown.version
    bodies = office.rows("SELECT body FROM outbox WHERE type = 'hearse.death-recorded.v1'")
    assert len(bodies) == 1 and NIK not in str(bodies) and "3671010101080001" not in str(bodies)
    assert '"household_key":"' in str(bodies) and NIK not in str(office.rows("SELECT * FROM death_record"))


def test_the_letter_of_another_person_is_refused(office: Office) -> None:
    id = office.book(deceased={"name": "Bapak", "nik": NIK}).id
    with pytest.raises(InvalidRequest) as refused:
        verify(office, id, nik=OTHER)
    assert [(one.pointer, one.code) for one in refused.value.data.errors] == [("/nik", "another_person")]
    verify(office, id)
    with pytest.raises(DeathRecordedOtherwise):
        verify(office, id, died_on=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("died_on", "code"), [(date(2026, 11, 24), "in_the_future"), (date(2025, 11, 21), "too_long_ago")]
)
def test_the_date_of_a_letter_can_be_wrong(office: Office, died_on: date, code: str) -> None:
    id = office.book().id
    with pytest.raises(InvalidRequest) as refused:
        verify(office, id, died_on=died_on)
    assert refused.value.data.errors[0].code == code


def test_a_day_in_the_city_is_a_day_in_its_own_time(office: Office) -> None:
    office.now = office.now.replace(hour=17, minute=30)  # 00:30 WIB of the 24th
    assert verify(office, office.book().id, died_on=date(2026, 11, 24)).death_record.holds


def test_what_was_recorded_wrongly_is_corrected_and_told(office: Office) -> None:
    id = office.book().id
    with pytest.raises(NotFound):
        correct(office, id, "wrong_date", died_on=date(2026, 11, 22))
    verify(office, id)
    for wrong in ({"reason": "wrong_date"}, {"reason": "not_dead", "died_on": TODAY}):
        with pytest.raises(InvalidRequest):
            correct(office, id, **wrong)
    dated = correct(office, id, "wrong_date", died_on=date(2026, 11, 22))
    assert (dated.death_record.died_on, dated.death_record.revision) == (date(2026, 11, 22), 2)
    person = correct(office, id, "wrong_person")
    assert (person.death_record.holds, states(person)["death_letter"], person.deceased.nik) == (False, "received", None)
    assert correct(office, id, "wrong_person").version == person.version
    again = verify(office, id, nik=OTHER)
    assert (again.death_record.holds, again.death_record.revision) == (True, 4)
    told = [one for one in office.events() if one.startswith("death-")]
    assert told == ["death-recorded", "death-corrected", "death-corrected", "death-recorded"]


def test_papers_may_follow_after_the_farewell(office: Office) -> None:
    id = office.approved()
    office.confirm(id, office.slots(id)[0].pickup_at)
    office.later(hours=1)
    office.report(id, "completed")
    assert verify(office, id).state == "completed"


def test_a_death_taken_back_takes_back_what_was_told_of_it(office: Office) -> None:
    told = death(None)
    office.tell(told, "draft_from_death")
    id = office.ask(asked.ListBookings()).items[0].id
    verify(office, id)
    for _ in range(2):
        office.tell(retraction_of(told), "cancel_for_the_living")
    assert [one for one in office.events() if one.startswith("death-")] == ["death-recorded", "death-corrected"]
    assert not office.ask(asked.GetBooking(booking_id=id)).death_record.holds
