"""A school's people see and change their own school; the office sees all, with a purpose and masked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import Forbidden, NotFound
from tests.education.files import child
from tests.education.office import OFFICER, ONE, TWO, Office, operator

CHILDS: list[Any] = [
    lambda pupil: asked.GetPupil(pupil_id=pupil),
    lambda pupil: asked.DisclosePupil(pupil_id=pupil, reason="ingin tahu"),
    lambda pupil: asked.WithdrawPupil(pupil_id=pupil, reason="other"),
    lambda pupil: asked.CorrectPupil(pupil_id=pupil, correction=asked.Correction(sex="L"), source="school"),
]


@pytest.mark.parametrize("make", CHILDS, ids=["get", "disclose", "withdraw", "correct"])
def test_another_schools_child_is_as_if_it_were_not_there(office: Office, make: Any) -> None:
    office.enrol(1)
    (pupil,) = office.pupils()
    with pytest.raises(NotFound):
        office.ask(make(pupil.id), operator(TWO))


SCHOOLS: list[Any] = [
    asked.GetSchool(npsn=ONE),
    asked.ListPupils(npsn=ONE),
    asked.ListRosters(npsn=ONE),
    asked.ListTransfers(npsn=ONE),
    asked.ListTasks(npsn=ONE),
    asked.GraduatePupils(npsn=ONE, last_day=date(2026, 12, 1), count=1),
]


@pytest.mark.parametrize("request_", SCHOOLS, ids=lambda one: one.operation)
def test_another_school_is_refused(office: Office, request_: Any) -> None:
    office.enrol(1)
    with pytest.raises(Forbidden):
        office.ask(request_, operator(TWO))


def test_lists_of_an_operator_hold_their_own_school_only(office: Office) -> None:
    office.enrol(1, 2)
    everything = [asked.ListPupils(), asked.ListTransfers(), asked.ListTasks(), asked.ListRosters()]
    assert [len(office.ask(one, operator(TWO)).items) for one in everything] == [0, 0, 0, 0]
    assert [one.npsn for one in office.ask(asked.ListSchools(), operator(TWO)).items] == [TWO]
    assert office.ask(asked.ListPupils(search=child(1)["NISN"]), operator(TWO)).items == ()


def test_an_officer_says_why_and_sees_masks(office: Office) -> None:
    office.enrol(1)
    with pytest.raises(asked.PurposeNeeded):
        office.ask(asked.ListPupils(), OFFICER, purpose=None)
    (pupil,) = office.ask(asked.ListPupils(search=child(1)["Nama"][:5]), OFFICER).items
    assert "***" in pupil.name and child(1)["NIK"] not in pupil.model_dump_json()
    shown = office.ask(asked.DisclosePupil(pupil_id=pupil.id, reason="permintaan ibu"), OFFICER)
    assert shown.details["nik"] == child(1)["NIK"]
    (row,) = office.rows("SELECT actor, purpose FROM audit WHERE action = 'education.disclose_pupil'")
    assert tuple(row) == ("officer-1", "uji")
