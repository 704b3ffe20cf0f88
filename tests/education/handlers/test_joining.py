"""Two entries of one child, made one by the office."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from contracts import education as asked
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import OFFICER, ONE, TWO, Office, citizen, died, operator


def entries(office: Office, first: dict[str, Any], second: dict[str, Any], npsn: str = TWO) -> tuple[Any, Any]:
    """One child as two schools have it."""
    for at, row in ((ONE, first), (npsn, second)):
        office.apply(office.preview(by_xlsxwriter(grid([row])), at), confirm_npsn=at)
    return office.pupils(ONE)[0], office.pupils(npsn)[-1]


def join(office: Office, pupil: Any, duplicate: Any, **more: Any) -> Any:
    """By the office."""
    told = {"pupil_id": pupil.id, "duplicate_id": duplicate.id, "reason": "KK dibandingkan"} | more
    return office.ask(asked.JoinPupils.model_validate(told), OFFICER)


def details(office: Office, pupil: UUID) -> dict[str, Any]:
    """Unmasked."""
    found: dict[str, Any] = office.ask(asked.DisclosePupil(pupil_id=pupil, reason="periksa isi"), OFFICER).details
    return found


def test_a_child_known_by_nisn_here_and_by_nik_there_is_one(office: Office) -> None:
    by_nisn = child(1, NIK=None, **{"Data Ayah > NIK": None})
    pupil, duplicate = entries(office, by_nisn, child(1, NISN=None, Nama="NAMA LAIN"))
    office.later(days=30)
    joined = join(office, pupil, duplicate, npsn=TWO)
    assert (joined.id, joined.enrolment.npsn, joined.provisional) == (pupil.id, TWO, False)
    kept = details(office, pupil.id)
    assert (kept["nisn"], kept["nik"]) == (child(1)["NISN"], child(1)["NIK"])
    assert kept["name"] == child(1)["Nama"], "the pupil's own values stay"
    assert kept["father.nik"] == child(1)["Data Ayah > NIK"]
    for number in (child(1)["NISN"], child(1)["NIK"]):
        assert [one.id for one in office.pupils(TWO, search=number)] == [pupil.id]
    assert office.rows("SELECT count(*) FROM pupil")[0].count == 1
    assert [row.relation for row in office.rows("SELECT relation FROM guardian ORDER BY 1")] == ["father", "mother"]
    assert office.events()[-3:] == ["enrolments-ended", "pupils-enrolled", "pupils-joined"]
    assert office.preview(by_xlsxwriter(grid([child(1)])), TWO).counts in ({"unchanged": 1}, {"changed": 1})


def test_its_old_id_leads_to_the_pupil_and_only_for_the_office(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    join(office, pupil, duplicate, npsn=ONE)
    with pytest.raises(NotFound) as refused:
        office.ask(asked.GetPupil(pupil_id=duplicate.id), OFFICER)
    assert refused.value.data.extra == {"joined_into": str(pupil.id)}
    with pytest.raises(NotFound) as refused:
        office.ask(asked.GetPupil(pupil_id=duplicate.id), operator(TWO))
    assert refused.value.data.extra == {}


@pytest.mark.parametrize(("stays", "ended"), [(ONE, TWO), (TWO, ONE)])
def test_no_day_is_at_two_schools(office: Office, stays: str, ended: str) -> None:
    office.apply(office.preview(by_xlsxwriter(grid([child(1, NIK=None)])), effective_on="2026-07-13"))
    there = by_xlsxwriter(grid([child(1, NISN=None)]))
    office.apply(office.preview(there, TWO, effective_on="2026-09-01"), confirm_npsn=TWO)
    pupil, duplicate = office.pupils(ONE)[0], office.pupils(TWO)[0]
    join(office, pupil, duplicate, npsn=stays)
    times = {
        one.npsn: (one.from_on, one.to_on, one.ended)
        for one in office.ask(asked.GetPupil(pupil_id=pupil.id), OFFICER).enrolments
    }
    assert times[stays][1:] == (None, None)
    assert times[ended] == (
        (date(2026, 7, 13), date(2026, 8, 31), "joined")
        if ended == ONE
        else (date(2026, 9, 1), date(2026, 8, 31), "joined")
    ), "the earlier time ends before the later begins; the later one alone never was"


def test_twice_at_one_school_needs_no_answer(office: Office) -> None:
    rows = [child(1, NIK=None), child(1, NISN=None)]
    office.apply(office.preview(by_xlsxwriter(grid(rows))))
    pupil, duplicate = office.pupils(ONE)
    assert join(office, pupil, duplicate).enrolment.npsn == ONE
    assert len(office.pupils(ONE)) == 1


def test_it_must_be_said_where_the_child_is(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    for npsn, code in ((None, "two_schools"), ("99000003", "not_there")):
        with pytest.raises(InvalidRequest) as refused:
            join(office, pupil, duplicate, npsn=npsn)
        assert refused.value.data.errors[0].code == code


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"JK": "P"}, ["sex"]),
        ({"Tanggal Lahir": "2016-05-11"}, ["birth_date"]),
        ({"NISN": "0099999999"}, ["nisn"]),
    ],
    ids=["sex", "birth date", "number"],
)
def test_who_differs_is_not_joined(office: Office, other: dict[str, Any], fields: list[str]) -> None:
    second = child(1, **{"NISN": None, "NIK": "3671011205159777", "JK": "L", "Tanggal Lahir": "2016-05-10"} | other)
    first = child(1, NIK=None, **{"JK": "L", "Tanggal Lahir": "2016-05-10"})
    pupil, duplicate = entries(office, first, second)
    before = office.rows("SELECT * FROM pupil ORDER BY id")
    with pytest.raises(asked.PupilsDiffer) as refused:
        join(office, pupil, duplicate, npsn=ONE)
    assert refused.value.data.extra == {"fields": fields}
    assert office.rows("SELECT * FROM pupil ORDER BY id") == before


def test_a_wrong_number_of_the_duplicate_is_given_up(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN="0099999999"))
    join(office, pupil, duplicate, npsn=ONE, give_up=["nisn"])
    assert details(office, pupil.id)["nisn"] == child(1)["NISN"]
    assert office.pupils(ONE, search="0099999999") == []


def test_versions_and_the_same_id_twice_are_refused(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    with pytest.raises(InvalidRequest):
        join(office, pupil, pupil)
    for stale in ({"version": 9}, {"duplicate_version": 9}):
        with pytest.raises(StaleVersion):
            join(office, pupil, duplicate, npsn=ONE, **stale)


def test_a_preview_of_before_does_not_hold(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    preview = office.preview(by_xlsxwriter(grid([child(1, NIK=None), child(2)])))
    join(office, pupil, duplicate, npsn=TWO)
    with pytest.raises(asked.RosterStale):
        office.apply(preview)


def test_both_into_each_other_at_the_same_moment(office: Office) -> None:
    one, other = entries(office, child(1, NIK=None), child(1, NISN=None))
    gate = Barrier(2)

    def try_(pair: tuple[Any, Any]) -> str:
        gate.wait()
        try:
            join(office, *pair, npsn=ONE)
        except NotFound as refused:
            return str(refused.data.extra.get("joined_into"))
        return "joined"

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(try_, [(one, other), (other, one)]))
    (left,) = office.rows("SELECT id FROM pupil")
    assert sorted(done) == sorted(["joined", str(left.id)])
    assert office.rows("SELECT count(*) FROM pupil_identifier WHERE pupil_id = :id", id=left.id)[0][0] == 2


def test_an_entry_that_was_joined_into_one_that_is_joined_leads_to_the_last(office: Office) -> None:
    rows = [child(1, NIK=None), child(1, NISN=None), child(1, NISN="0077777777", NIK=None)]
    office.apply(office.preview(by_xlsxwriter(grid(rows))))
    first, second, third = office.pupils()
    join(office, second, first)
    join(office, third, second, give_up=["nisn"])
    assert office.rows("SELECT count(*) FROM pupil")[0][0] == 1
    for old in (first, second):
        with pytest.raises(NotFound) as refused:
            office.ask(asked.GetPupil(pupil_id=old.id), OFFICER)
        assert refused.value.data.extra == {"joined_into": str(third.id)}


def test_parents_tasks_and_notes_come_along_once(office: Office) -> None:
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    mother = child(1)["Data Ibu > NIK"]
    told = {"nik": mother, "birth_date": child(1)["Tanggal Lahir"]}
    for number in ({"child_nisn": child(1)["NISN"]}, {"child_nik": child(1)["NIK"]}):
        office.ask(asked.LinkChild.model_validate(told | number), citizen("citizen-1"))
    office.tell(died(office, mother), "note_death")
    details(office, duplicate.id)
    assert len(office.ask(asked.ListTasks(), OFFICER).items) == 2
    join(office, pupil, duplicate, npsn=ONE)
    (task,) = office.ask(asked.ListTasks(), OFFICER).items
    assert task.pupil_id == pupil.id
    assert len(office.ask(asked.ListMyChildren(), citizen("citizen-1")).items) == 1
    assert {row.act for row in office.rows("SELECT act FROM note WHERE subject_id = :id", id=pupil.id)} == {
        "disclosed",
        "joined",
    }
    for table in ("enrolment", "pupil_identifier", "guardian", "family_link", "transfer", "task"):
        assert office.rows(f"SELECT 1 FROM {table} WHERE pupil_id = :id", id=duplicate.id) == [], table


def test_a_death_that_was_told_before_is_found_by_the_number_that_comes(office: Office) -> None:
    office.tell(died(office, child(1)["NIK"]), "note_death")
    pupil, duplicate = entries(office, child(1, NIK=None), child(1, NISN=None))
    assert [one.pupil_id for one in office.ask(asked.ListTasks(), OFFICER).items] == [duplicate.id]
    join(office, pupil, duplicate, npsn=ONE)
    assert [one.pupil_id for one in office.ask(asked.ListTasks(), OFFICER).items] == [pupil.id]


def test_nothing_is_awaited_of_a_child_whose_other_entry_has_the_numbers(office: Office) -> None:
    rows = [child(1), child(1, NISN="-", NIK="-")]
    office.apply(office.preview(by_xlsxwriter(grid(rows))))
    pupil, duplicate = sorted(office.pupils(), key=lambda one: one.provisional)
    for one in (pupil, duplicate):
        office.ask(asked.WithdrawPupil(pupil_id=one.id, reason="moved_out"))
    join(office, pupil, duplicate)
    assert office.rows("SELECT 1 FROM task WHERE state = 'open'") == []


def test_a_roster_that_made_one_of_them_is_not_taken_back(office: Office) -> None:
    first = office.apply(office.preview(by_xlsxwriter(grid([child(1, NIK=None)]))))
    second = office.apply(office.preview(by_xlsxwriter(grid([child(1, NISN=None)])), TWO), confirm_npsn=TWO)
    join(office, office.pupils(ONE)[0], office.pupils(TWO)[0], npsn=ONE)
    for roster in (first, second):
        with pytest.raises(asked.UndoTooLate):
            office.ask(asked.UndoRoster(roster_id=roster.id, reason="salah berkas"), OFFICER)
