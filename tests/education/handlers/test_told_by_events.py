"""Who has heard all events knows who goes to which school, whatever was done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from kota.simulate.reconcile.enrolments import Enrolled, Listener
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import OFFICER, ONE, THREE, TWO, Office, operator

SCHOOLS = (ONE, TWO, THREE)


def told(office: Office) -> Enrolled:
    """By the events alone, some of which come twice."""
    listener = Listener()
    for row in office.rows("SELECT id::text, type, body FROM outbox ORDER BY seq"):
        for _ in range(2):
            listener.hear(row.id, row.type, row.body)
    return listener.enrolled(SCHOOLS)


def shown(office: Office) -> Enrolled:
    """By the API."""
    return {npsn: {str(one.id) for one in office.pupils(npsn, OFFICER)} for npsn in SCHOOLS}


def applied(office: Office, npsn: str, *rows: dict[str, Any], **choices: Any) -> Any:
    """A list of these."""
    return office.apply(office.preview(by_xlsxwriter(grid(list(rows))), npsn), confirm_npsn=npsn, **choices)


def test_lists_moves_and_people_who_leave(office: Office) -> None:
    applied(office, ONE, *map(child, range(1, 13)))
    applied(office, TWO, child(20), child(1), child(2))
    (first, second) = office.ask(asked.ListTransfers(npsn=TWO), operator(TWO)).items
    office.ask(asked.ConfirmTransfers(transfer_ids=(first.id,)), operator(TWO))
    office.ask(asked.DeclineTransfer(transfer_id=second.id), operator(TWO))
    office.ask(asked.WithdrawPupil(pupil_id=office.pupils()[0].id, reason="moved_out"))
    office.ask(asked.GraduatePupils(npsn=ONE, last_day=date(2026, 11, 20), count=2))
    applied(office, ONE, *map(child, range(4, 9)), end_missing=True)
    assert told(office) == shown(office)
    office.ask(asked.MergeSchools(from_npsns=(ONE,), npsn=TWO, on=date(2026, 12, 1)), OFFICER)
    assert told(office) == shown(office)
    assert shown(office)[ONE] == set() and len(shown(office)[TWO]) > 5


def test_a_list_that_is_taken_back(office: Office) -> None:
    applied(office, ONE, child(1), child(2), child(3))
    before = shown(office)
    roster = applied(office, ONE, child(1, **{"Rombel Saat Ini": "Kelas 3 A"}), child(4), end_missing=True)
    assert told(office) == shown(office) != before
    office.ask(asked.UndoRoster(roster_id=roster.id, reason="berkas yang salah"))
    assert told(office) == shown(office) == before
    placed = office.rows("SELECT body FROM outbox WHERE type = 'education.pupils-enrolled.v1' ORDER BY seq DESC")
    assert '"grade":2' in placed[0].body.replace(" ", ""), "its grade of before is told again"


@pytest.mark.parametrize("stays", [ONE, TWO])
def test_entries_that_are_joined(office: Office, stays: str) -> None:
    applied(office, ONE, child(1, NIK=None), child(5))
    applied(office, TWO, child(1, NISN=None), child(6))
    pupil, duplicate = (next(one for one in office.pupils(at) if one.name == child(1)["Nama"]) for at in (ONE, TWO))
    told_to = {"pupil_id": pupil.id, "duplicate_id": duplicate.id, "reason": "anak yang sama", "npsn": stays}
    office.ask(asked.JoinPupils.model_validate(told_to), OFFICER)
    assert told(office) == shown(office)
    assert str(pupil.id) in shown(office)[stays]
