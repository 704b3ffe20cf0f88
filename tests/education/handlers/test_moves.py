"""One child once: moves between schools, leaving, correcting, merging, taking back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import InvalidRequest, NotFound
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import OFFICER, ONE, THREE, TWO, Office, operator


def listed(*numbers: int, **more: Any) -> bytes:
    """A file of these children."""
    return by_xlsxwriter(grid([child(number, **more) for number in numbers]))


def proposed(office: Office, *numbers: int) -> list[Any]:
    """Children of the first school in the second one's list, applied."""
    office.enrol(*numbers)
    office.enrol(*numbers, npsn=TWO)
    return list(office.ask(asked.ListTransfers(), operator(TWO)).items)


def test_a_move_is_proposed_to_both_and_confirmed_by_the_receiving_school(office: Office) -> None:
    (transfer,) = proposed(office, 1)
    (seen,) = office.ask(asked.ListTransfers(npsn=ONE)).items
    assert (seen.id, seen.name, seen.state) == (transfer.id, child(1)["Nama"], "proposed")
    assert "***" in transfer.name, "not yet the receiving school's child"
    assert [len(office.pupils(ONE)), len(office.pupils(TWO))] == [1, 0]
    with pytest.raises(NotFound):
        office.ask(asked.ConfirmTransfers(transfer_ids=(transfer.id,)))
    done = office.ask(asked.ConfirmTransfers(transfer_ids=(transfer.id,), from_on=date(2026, 12, 1)), operator(TWO))
    assert done.pupils == 1
    assert [len(office.pupils(ONE)), len(office.pupils(TWO))] == [0, 1]
    pupil = office.ask(asked.GetPupil(pupil_id=transfer.pupil_id), operator(TWO))
    assert [(one.npsn, one.from_on, one.to_on, one.ended) for one in pupil.enrolments] == [
        (TWO, date(2026, 12, 1), None, None),
        (ONE, date(2026, 11, 23), date(2026, 11, 30), "transferred"),
    ]
    assert office.events()[-1] == "transfer-confirmed"
    assert office.preview(listed(1), TWO).counts == {"unchanged": 1}
    with pytest.raises(asked.TransferWrongState):
        office.ask(asked.ConfirmTransfers(transfer_ids=(transfer.id,)), operator(TWO))


def test_who_moves_brings_what_the_new_schools_list_says(office: Office) -> None:
    office.apply(office.preview(listed(1, NIK=None, **{"Data Ayah > NIK": None})))
    roster = office.enrol(1, npsn=TWO)
    assert roster.counts == {"moved_here": 1}
    (transfer,) = office.ask(asked.ListTransfers(), operator(TWO)).items
    office.ask(asked.ConfirmTransfers(transfer_ids=(transfer.id,)), operator(TWO))
    assert [row.relation for row in office.rows("SELECT relation FROM guardian ORDER BY 1")] == ["father", "mother"]
    assert [one.id for one in office.pupils(TWO, search=child(1)["NIK"])] == [transfer.pupil_id]
    assert office.preview(listed(1), TWO).counts == {"unchanged": 1}


def test_an_objection_is_for_the_office_to_decide(office: Office) -> None:
    one, other = proposed(office, 1, 2)
    office.ask(asked.ObjectToTransfer(transfer_id=one.id, reason="masih di sini"))
    with pytest.raises(asked.OfficeDecides):
        office.ask(asked.ConfirmTransfers(transfer_ids=(one.id, other.id)), operator(TWO))
    assert len(office.pupils(TWO)) == 0, "all of them or none"
    office.ask(asked.ConfirmTransfers(transfer_ids=(one.id,)), OFFICER)
    assert office.ask(asked.DeclineTransfer(transfer_id=other.id), operator(TWO)).state == "declined"
    assert [len(office.pupils(ONE)), len(office.pupils(TWO))] == [1, 1]


def test_the_same_list_again_proposes_nothing_twice(office: Office) -> None:
    proposed(office, 1, 2)
    office.enrol(1, 2, npsn=TWO)
    assert len(office.ask(asked.ListTransfers(), OFFICER).items) == 2
    assert office.events().count("transfer-proposed") == 2


def test_from_elementary_to_junior_high_is_a_graduation(office: Office) -> None:
    office.enrol(5)
    older = {"Rombel Saat Ini": "VII A"}
    roster = office.preview(listed(5, **older), THREE, school_year="2027/2028", effective_on="2027-07-12")
    office.apply(roster, confirm_npsn=THREE)
    (transfer,) = office.ask(asked.ListTransfers(), operator(THREE)).items
    office.ask(asked.ConfirmTransfers(transfer_ids=(transfer.id,)), operator(THREE))
    pupil = office.ask(asked.GetPupil(pupil_id=transfer.pupil_id), OFFICER)
    assert [(one.grade, one.ended) for one in pupil.enrolments] == [(7, None), (6, "graduated")]


def test_who_is_withdrawn_is_at_no_school_and_may_come_back(office: Office) -> None:
    office.enrol(1, 2)
    office.enrol(1, npsn=TWO)
    pupil = next(one for one in office.pupils() if one.name == child(1)["Nama"])
    ended = office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="moved_out", version=pupil.version))
    assert ended.enrolment is None
    assert office.ask(asked.ListTransfers(state="lapsed"), OFFICER).items != ()
    assert office.events()[-2:] == ["transfer-ended", "enrolments-ended"]
    with pytest.raises(NotFound):
        office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="moved_out"))
    with pytest.raises(asked.NotEnrolled):
        office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="moved_out"), OFFICER)
    office.later(days=40)
    again = office.preview(listed(1, 2))
    assert again.counts == {"new": 1, "unchanged": 1}
    office.apply(again)
    assert office.rows("SELECT count(*) FROM pupil")[0][0] == 2, "the same child"


def test_a_school_year_graduates_together_and_counted(office: Office) -> None:
    office.enrol(*range(1, 19))
    graduate = {"npsn": ONE, "last_day": date(2026, 11, 20)}
    with pytest.raises(asked.CountDiffers) as refused:
        office.ask(asked.GraduatePupils(**graduate, count=4))
    assert refused.value.data.extra == {"count": 3}
    assert office.ask(asked.GraduatePupils(**graduate, count=3)).pupils == 3
    assert {one.enrolment.grade for one in office.pupils()} == {1, 2, 3, 4, 5}


def test_a_last_day_to_come_is_refused(office: Office) -> None:
    office.enrol(1, 5)
    today, tomorrow = date(2026, 11, 23), date(2026, 11, 24)
    pupil = office.pupils()[0]
    for request in (
        asked.WithdrawPupil(pupil_id=pupil.id, reason="moved_out", last_day=tomorrow),
        asked.GraduatePupils(npsn=ONE, last_day=tomorrow, count=1),
    ):
        with pytest.raises(InvalidRequest) as refused:
            office.ask(request)
        assert [(one.pointer, one.code) for one in refused.value.data.errors] == [("/last_day", "to_come")]
    office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="moved_out", last_day=today))
    assert len(office.pupils()) == 1


def test_what_a_parent_has_put_right(office: Office) -> None:
    office.enrol(1, 2)
    pupil, other = office.pupils()
    right = asked.Correction(name="Ahmad Nama Benar", nik=child(9)["NIK"])
    done = office.ask(asked.CorrectPupil(pupil_id=pupil.id, correction=right, source="parent", note="akta"))
    assert (done.name, done.version) == ("Ahmad Nama Benar", pupil.version + 1)
    assert [one.id for one in office.pupils(search="ahmad benar")] == [pupil.id]
    assert [one.id for one in office.pupils(search=child(9)["NIK"])] == [pupil.id]
    assert office.pupils(search=child(1)["NIK"]) == []
    with pytest.raises(asked.NumberTaken):
        taken = asked.Correction(nisn=child(2)["NISN"])
        office.ask(asked.CorrectPupil(pupil_id=pupil.id, correction=taken, source="school"))
    assert "Benar" not in str(office.rows("SELECT body FROM outbox")), "a name in an event"
    assert other.version == office.pupils()[1].version


STATE = """
SELECT 'p', to_jsonb(p) - 'version' - 'changed_at' - 'changed_by' FROM pupil p
UNION ALL SELECT 'i', to_jsonb(i) FROM pupil_identifier i
UNION ALL SELECT 'g', to_jsonb(g) FROM guardian g
UNION ALL SELECT 'e', to_jsonb(e) FROM enrolment e
"""


def state(office: Office) -> list[str]:
    """Everything about pupils, but for versions."""
    return sorted(map(str, office.rows(STATE)))


def test_a_roster_is_taken_back_without_a_trace(office: Office) -> None:
    office.apply(office.preview(listed(1, 2, 3, NIK=None)))
    before = state(office)
    office.later(days=300)
    rows = [
        child(1, Nama="Nama Baru", **{"Rombel Saat Ini": "Kelas 3 A", "Data Ayah > NIK": None}),
        child(2, **{"Rombel Saat Ini": "Kelas 3 B"}),
        child(8),
    ]
    new_year = {"school_year": "2026/2027", "effective_on": "2027-06-01"}
    roster = office.preview(by_xlsxwriter(grid(rows)), **new_year)
    assert roster.counts == {"changed": 2, "new": 1, "left": 1}
    office.apply(roster, end_missing=True)
    assert state(office) != before
    done = office.ask(asked.UndoRoster(roster_id=roster.id, reason="salah berkas"))
    assert done.pupils == 4
    assert state(office) == before
    assert office.roster(roster.id).state == "undone"
    with pytest.raises(asked.RosterWrongState):
        office.ask(asked.UndoRoster(roster_id=roster.id, reason="sekali lagi"))


def test_it_is_too_late_after_72_hours_or_a_change(office: Office) -> None:
    first = office.enrol(1, 2)
    pupil = office.pupils()[0]
    office.ask(asked.WithdrawPupil(pupil_id=pupil.id, reason="other"))
    with pytest.raises(asked.UndoTooLate) as changed:
        office.ask(asked.UndoRoster(roster_id=first.id, reason="salah berkas"))
    assert changed.value.data.extra == {"why": "changed", "pupils": 1}
    second = office.enrol(3, 4)
    office.later(hours=73)
    with pytest.raises(asked.UndoTooLate) as late:
        office.ask(asked.UndoRoster(roster_id=second.id, reason="salah berkas"))
    assert late.value.data.extra == {"why": "expired"}


def test_what_was_kept_for_taking_back_is_forgotten(office: Office) -> None:
    roster = office.enrol(1, 2)
    waiting = office.preview(listed(3))
    office.later(days=15)
    assert office.fire() >= 2
    for table in ("roster_before", "roster_row"):
        assert office.rows(f"SELECT count(*) FROM {table}")[0][0] == 0
    assert [office.roster(one.id).state for one in (roster, waiting)] == ["applied", "abandoned"]
