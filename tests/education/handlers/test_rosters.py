"""From a file to pupils: read, looked at, applied; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import NotFound
from tests.education.files import by_hand, by_open_document, by_openpyxl, by_xlsxwriter, child, grid
from tests.education.office import OFFICER, ONE, TWO, Office, operator

CHILDREN = [child(number) for number in range(1, 31)]


@pytest.mark.parametrize(
    "content",
    [
        by_openpyxl(grid(CHILDREN)),
        by_xlsxwriter(grid(CHILDREN)),
        by_xlsxwriter(grid(CHILDREN, above=3), inline=True),
        by_open_document(grid(CHILDREN)),
        by_hand(grid(CHILDREN)),
        by_hand(grid(CHILDREN), ",", "cp1252"),
    ],
    ids=["openpyxl", "xlsxwriter", "inline, rows in front", "ods", "csv ;", "csv ,"],
)
def test_a_list_becomes_pupils(office: Office, content: bytes) -> None:
    roster = office.preview(content)
    assert (roster.state, roster.rows, roster.counts, roster.school_shown) == ("preview", 30, {"new": 30}, True)
    assert office.pupils() == [], "a preview changes nothing"
    done = office.apply(roster)
    assert (done.state, done.ended) == ("applied", 0)
    pupils = office.pupils()
    assert [one.name for one in pupils] == [told["Nama"] for told in CHILDREN]
    assert {one.enrolment.grade for one in pupils} == set(range(1, 7))
    assert office.ask(asked.GetSchool(npsn=ONE)).pupils == dict.fromkeys(range(1, 7), 5)
    assert office.rows("SELECT count(*) FROM guardian")[0][0] == 60
    assert office.events()[-2:] == ["roster-applied", "pupils-enrolled"]


def test_the_same_list_again_changes_nothing(office: Office) -> None:
    office.enrol(*range(1, 31))
    before = office.rows("SELECT id, version, details FROM pupil ORDER BY id")
    again = office.preview(by_openpyxl(grid(CHILDREN)))
    assert again.counts == {"unchanged": 30}
    assert office.apply(again).state == "applied"
    assert office.rows("SELECT id, version, details FROM pupil ORDER BY id") == before


def test_what_a_list_changes(office: Office) -> None:
    office.enrol(*range(1, 31))
    changed = [
        child(1, Nama="Ahmad Ganti Nama"),
        child(2, **{"Rombel Saat Ini": "Kelas 3 B"}),
        *CHILDREN[2:25],
        child(40),
    ]
    roster = office.preview(by_xlsxwriter(grid(changed)))
    assert roster.counts == {"changed": 2, "unchanged": 23, "new": 1, "left": 5}
    assert [line.row for line in office.lines(roster, "changed")] == [7, 8]
    left = office.lines(roster, "left")
    assert all(line.row is None and line.pupil_id and "***" in line.name for line in left)
    office.apply(roster)
    pupils = {one.id: one for one in office.pupils()}
    assert len(pupils) == 31, "who is not in the file stays"
    assert "Ahmad Ganti Nama" in {one.name for one in pupils.values()}
    assert any(one.enrolment.class_name == "Kelas 3 B" for one in pupils.values())


def test_a_new_school_year_begins_a_new_time(office: Office) -> None:
    office.enrol(*range(1, 7))
    office.later(days=240)
    later = [child(number, **{"Rombel Saat Ini": f"Kelas {number % 6 + 2} A"}) for number in range(1, 5)]
    roster = office.preview(by_xlsxwriter(grid(later)), school_year="2027/2028", effective_on="2027-07-12")
    assert roster.counts["changed"] == 4
    office.apply(roster)
    pupil = office.ask(asked.GetPupil(pupil_id=office.lines(roster, "changed")[0].pupil_id))
    assert [(one.school_year, one.grade, one.ended) for one in pupil.enrolments] == [
        ("2027/2028", 3, None),
        ("2026/2027", 2, "next_year"),
    ]


def test_who_left_ends_only_if_it_is_said_and_many_only_if_counted(office: Office) -> None:
    office.enrol(*range(1, 31))
    roster = office.preview(by_xlsxwriter(grid(CHILDREN[:10])))
    with pytest.raises(asked.CountNeeded) as refused:
        office.apply(roster, end_missing=True)
    assert refused.value.data.extra == {"ending": 20, "free": 10}
    with pytest.raises(asked.CountNeeded):
        office.apply(roster, end_missing=True, end_count=19)
    assert office.apply(roster, end_missing=True, end_count=20).ended == 20
    assert len(office.pupils()) == 10
    assert office.events()[-1] == "enrolments-ended"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"Nama": None}, "Nama", "missing"),
    ({"JK": "X"}, "JK", "not_a_sex"),
    ({"Tanggal Lahir": "31/02/2016"}, "Tanggal Lahir", "not_a_date"),
    ({"Tanggal Lahir": "1980-01-01"}, "Tanggal Lahir", "date_unlikely"),
    ({"NIK": "36710112051500"}, "NIK", "wrong_length"),
    ({"NIK": 3671011205159000}, "NIK", "number_lost_digits"),
    ({"NIK": "3671013205159001"}, "NIK", "nik_birth_date"),
    ({"NISN": "12345"}, "NISN", "wrong_length"),
    ({"Rombel Saat Ini": "Kelas IX A"}, "Rombel Saat Ini", "no_grade"),
    ({"Rombel Saat Ini": None}, "Rombel Saat Ini", "missing"),
]


@pytest.mark.parametrize(("wrong", "column", "code"), REFUSED, ids=[f"{c} {code}" for _, c, code in REFUSED])
def test_a_wrong_row_is_refused_by_itself(office: Office, wrong: dict[str, Any], column: str, code: str) -> None:
    roster = office.preview(by_xlsxwriter(grid([child(1), child(2, **wrong), child(3)])))
    assert roster.counts == {"new": 2, "refused": 1}
    (line,) = office.lines(roster, "refused")
    (fault,) = [one for one in line.faults if one.refuses]
    letters = {"Nama": "B", "JK": "D", "NISN": "E", "Tanggal Lahir": "G", "NIK": "H", "Rombel Saat Ini": "N"}
    assert (fault.cell, fault.column, fault.code) == (f"{letters[column]}8", column, code)
    assert fault.fix and fault.fix_id and fault.problem_id != fault.problem
    value = str(next(iter(wrong.values())) or "")
    assert len(value) <= 4 or code == "no_grade" or value not in fault.model_dump_json(), "shown unmasked"
    office.apply(roster)
    assert len(office.pupils()) == 2


def test_a_childs_religion_and_health_are_not_kept(office: Office) -> None:
    office.enrol(1)
    (pupil,) = office.pupils()
    details = office.ask(asked.DisclosePupil(pupil_id=pupil.id, reason="periksa isi")).details
    assert "Islam" not in str(details)
    assert set(details) == {
        "name", "local_number", "sex", "nisn", "birth_place", "birth_date", "nik", "father.name", "father.nik",
        "mother.name", "mother.nik", "class_name", "family_card",
    }  # fmt: skip


def test_who_applies_first_wins_and_the_other_is_told(office: Office) -> None:
    first = office.preview(by_xlsxwriter(grid(CHILDREN[:5])))
    second = office.preview(by_xlsxwriter(grid(CHILDREN[:7])))
    assert second.others_open == (first.id,)
    assert office.apply(second).state == "applied"
    with pytest.raises(asked.RosterStale):
        office.apply(first)
    assert len(office.pupils()) == 7


def test_a_file_of_another_school_needs_its_number_typed(office: Office) -> None:
    roster = office.preview(by_xlsxwriter(grid(CHILDREN)), TWO)
    assert not roster.school_shown
    with pytest.raises(asked.SchoolToConfirm):
        office.apply(roster)
    assert office.apply(roster, confirm_npsn=TWO).state == "applied"


def test_abandoned_means_gone(office: Office) -> None:
    waiting = office.upload(by_xlsxwriter(grid(CHILDREN)))
    office.ask(asked.AbandonRoster(roster_id=waiting.id))
    office.work()
    read = office.preview(by_xlsxwriter(grid(CHILDREN)))
    office.ask(asked.AbandonRoster(roster_id=read.id))
    assert [office.roster(one.id).state for one in (waiting, read)] == ["abandoned", "abandoned"]
    assert office.rows("SELECT count(*) FROM roster_row")[0][0] == 0
    with pytest.raises(asked.RosterWrongState):
        office.apply(read)


def test_no_file_stays_after_it_was_read(office: Office, tmp_path: Any) -> None:
    office.preview(by_xlsxwriter(grid(CHILDREN)))
    office.preview(b"%PDF-1.7")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_refused_rows_come_back_and_can_be_sent_again(office: Office) -> None:
    import io

    import openpyxl

    roster = office.preview(by_xlsxwriter(grid([child(1), child(2, JK="?"), child(3, NIK="12")])))
    file = office.ask(asked.DownloadRefusedRows(roster_id=roster.id))
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    head, *rows = list(sheet.iter_rows(values_only=True))
    assert head[-1] == "Alasan ditolak" and len(rows) == 2
    assert rows[0][head.index("NISN")] == child(2)["NISN"]
    assert "D8" in rows[0][-1] and "H9" in rows[1][-1]


SCHOOL_ONLY: list[tuple[str, Callable[[Any], Any]]] = [
    ("get", lambda roster: asked.GetRoster(roster_id=roster.id)),
    ("rows", lambda roster: asked.ListRosterRows(roster_id=roster.id)),
    ("refused", lambda roster: asked.DownloadRefusedRows(roster_id=roster.id)),
    ("apply", lambda roster: asked.ApplyRoster(roster_id=roster.id)),
    ("abandon", lambda roster: asked.AbandonRoster(roster_id=roster.id)),
]


@pytest.mark.parametrize("make", [make for _, make in SCHOOL_ONLY], ids=[name for name, _ in SCHOOL_ONLY])
def test_another_school_sees_nothing_of_it(office: Office, make: Callable[[Any], Any]) -> None:
    roster = office.preview(by_xlsxwriter(grid(CHILDREN)))
    with pytest.raises(NotFound):
        office.ask(make(roster), operator(TWO))
    assert office.ask(asked.ListRosters(), operator(TWO)).items == ()
    assert office.ask(asked.GetRoster(roster_id=roster.id), OFFICER).id == roster.id
