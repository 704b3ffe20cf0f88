"""Who a row is, by its numbers: a child known by one number and later by another is one, twins are two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from chassis.jobs import give_back, lease, perform
from contracts import education as asked
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import JOBS, ONE, TWO, Office, operator

APPLY = "roster-apply"


def test_numbers_that_lost_their_zeros_are_mended_where_that_is_sure(office: Office) -> None:
    born = 42500  # 2016-05-10
    rows = [child(1, NISN=12345678, NIK=3671011205159001, **{"Tanggal Lahir": born}), child(2, NISN="12345679")]
    office.apply(office.preview(by_xlsxwriter(grid(rows))))
    told = [office.ask(asked.DisclosePupil(pupil_id=one.id, reason="periksa nomor")).details for one in office.pupils()]
    assert [one["nisn"] for one in told] == ["0012345678", "0012345679"]
    assert (told[0]["nik"], told[0]["birth_date"]) == ("3671011205159001", "2016-05-10")


def test_a_row_twice_is_taken_once(office: Office) -> None:
    roster = office.preview(by_xlsxwriter(grid([child(1), child(2), child(1, NIK=None), child(2, NISN="-")])))
    assert roster.counts == {"new": 2, "duplicate": 2}
    assert [(line.row, line.first_row) for line in office.lines(roster, "duplicate")] == [(9, 7), (10, 8)]


@pytest.mark.parametrize("nothing", [None, "0", "-", "0000000000", "0000000000000000", 0, "tidak ada"])
def test_children_without_a_number_stay_children_of_their_own(office: Office, nothing: Any) -> None:
    none = {"NISN": nothing, "NIK": nothing}
    rows = [child(1, **none), child(2, **none), child(1, **none)]
    content = by_xlsxwriter(grid(rows))
    roster = office.preview(content)
    assert roster.counts == {"new": 3}
    assert all(line.provisional and line.faults[0].code == "no_number" for line in office.lines(roster))
    office.apply(roster)
    assert len(office.pupils(provisional=True)) == 3
    assert office.preview(content).counts == {"unchanged": 3}, "the same again are the same children"


def test_a_number_that_comes_later_finds_its_child(office: Office) -> None:
    office.apply(office.preview(by_xlsxwriter(grid([child(1, NISN=None, NIK=None), child(2, NIK=None)]))))
    both = office.preview(by_xlsxwriter(grid([child(1), child(2)])))
    assert both.counts == {"changed": 2}
    office.apply(both)
    assert [one.provisional for one in office.pupils()] == [False, False]
    only_nik = office.preview(by_xlsxwriter(grid([child(1, NISN=None), child(2, NISN=None)])))
    assert "new" not in only_nik.counts


@pytest.mark.parametrize("left_out", ["NISN", "NIK"])
def test_a_number_that_a_list_leaves_out_stays_known(office: Office, left_out: str) -> None:
    office.enrol(1, 2)
    without = by_xlsxwriter(grid([child(1, **{left_out: "-"}), child(2)]))
    roster = office.preview(without)
    assert roster.counts == {"unchanged": 2}
    office.apply(office.preview(by_xlsxwriter(grid([child(1, Nama="Nama Baru", **{left_out: "-"}), child(2)]))))
    pupil = next(one for one in office.pupils() if one.name == "Nama Baru")
    details = office.ask(asked.DisclosePupil(pupil_id=pupil.id, reason="periksa nomor")).details
    assert (details["nisn"], details["nik"]) == (child(1)["NISN"], child(1)["NIK"])


def test_two_children_under_one_row_are_for_a_person(office: Office) -> None:
    office.apply(office.preview(by_xlsxwriter(grid([child(1, NIK=None), child(2, NISN=None)]))))
    mixed = office.preview(by_xlsxwriter(grid([child(1, NIK=child(2)["NIK"])])))
    (line,) = office.lines(mixed, "refused")
    assert line.faults[0].code == "two_children"
    other = office.preview(by_xlsxwriter(grid([child(2, NIK=child(3)["NIK"], NISN=None), child(1, NIK=None)])))
    assert other.counts["new"] == 1, "another number alone is another child"


def test_twins_are_two(office: Office) -> None:
    same = {name: child(1)[name] for name in ("No KK", "Tanggal Lahir", "Data Ibu > NIK", "Data Ayah > NIK")}
    roster = office.enrol(1)
    twin = child(7, NIK="3671010202189777", **same)
    roster = office.preview(by_xlsxwriter(grid([child(1), twin])))
    assert roster.counts["new"] == 1


def test_a_child_of_another_school_is_not_taken_by_a_list(office: Office) -> None:
    office.enrol(1, 2)
    roster = office.preview(by_xlsxwriter(grid([child(1), child(5)])), TWO)
    assert roster.counts == {"moved_here": 1, "new": 1}
    (line,) = office.lines(roster, "moved_here")
    assert line.elsewhere == ONE


def test_two_schools_with_one_new_child(office: Office) -> None:
    here, there = (office.preview(by_xlsxwriter(grid([child(1)])), npsn) for npsn in (ONE, TWO))
    for roster in (here, there):
        confirm = None if roster.school_shown else roster.npsn
        office.ask(asked.ApplyRoster(roster_id=roster.id, confirm_npsn=confirm), operator(roster.npsn))
    office.work()
    assert sorted(office.roster(one.id, one.npsn).state for one in (here, there)) == ["applied", "superseded"]
    assert office.rows("SELECT count(*) FROM pupil")[0][0] == 1
    assert office.events()[-1] == "roster-superseded"


def test_schools_that_enrol_the_same_children_at_the_same_moment(office: Office) -> None:
    """Whoever is second fails on a number that is taken, is tried again, and is superseded: no child is there twice."""
    content = by_xlsxwriter(grid([child(number) for number in range(1, 41)]))
    waiting = [office.preview(content, npsn) for npsn in (ONE, TWO)]
    for roster in waiting:
        office.ask(asked.ApplyRoster(roster_id=roster.id, confirm_npsn=roster.npsn), operator(roster.npsn))
    timers = [lease(office.runtime, (APPLY,)) for _ in waiting]
    assert all(timers)
    gate = Barrier(len(timers))

    def try_(timer: Any) -> bool:
        gate.wait()
        try:
            perform(office.runtime, JOBS[APPLY], timer)
        except IntegrityError:
            give_back(office.runtime, timer)
            return False
        return True

    with ThreadPoolExecutor(len(timers)) as pool:
        done = list(pool.map(try_, timers))
    assert any(done)
    office.later(seconds=30)
    office.work()
    states = sorted(office.roster(one.id, one.npsn).state for one in waiting)
    assert states == ["applied", "superseded"]
    assert office.rows("SELECT count(*), count(DISTINCT pupil_id) FROM enrolment WHERE to_on IS NULL")[0] == (40, 40)
    assert office.rows("SELECT count(*) FROM pupil")[0][0] == 40
