"""Schools that are taken over by another: pupils, agreements and moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import InvalidRequest
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.handlers.test_agreements import drafted
from tests.education.office import MANAGER, OFFICER, ONE, TWO, Office, operator

MERGER = asked.MergeSchools(from_npsns=(ONE,), npsn=TWO, on=date(2026, 12, 1))
COUNTED = "SELECT count(*) FROM agreement"


def listed(*numbers: int) -> bytes:
    """A file of these children."""
    return by_xlsxwriter(grid([child(number) for number in numbers]))


def signed(office: Office, npsn: str, quota: int, *grades: int) -> Any:
    """An agreement that holds."""
    places = [{"grade": grade, "quota": quota, "yearly_rupiah": 1_000_000 + quota} for grade in grades]
    draft = drafted(office, npsn=npsn, places=places)
    sign = asked.SignAgreement(agreement_id=draft.id, number=f"420/{npsn}", signed_on=date(2026, 7, 1))
    return office.ask(sign, MANAGER)


def agreements(office: Office, npsn: str) -> list[Any]:
    """Newest first."""
    return list(office.ask(asked.ListAgreements(npsn=npsn), MANAGER).items)


def test_schools_that_merge(office: Office) -> None:
    office.enrol(*range(1, 7))
    office.enrol(*range(7, 10), npsn=TWO)
    waiting = office.preview(listed(1, 2))
    heir = office.ask(MERGER, OFFICER)
    assert sum(heir.pupils.values()) == 9
    closed = office.ask(asked.GetSchool(npsn=ONE), OFFICER)
    assert (closed.closed_on, closed.merged_into, closed.pupils) == (date(2026, 11, 30), TWO, {})
    with pytest.raises(asked.RosterStale):
        office.apply(waiting)
    assert office.events()[-2:] == ["schools-merged", "pupils-enrolled"]


def test_signed_places_go_on_with_the_school_that_takes_over(office: Office) -> None:
    theirs = signed(office, ONE, 10, 1, 2)
    office.ask(MERGER, OFFICER)
    (gone,), (heirs,) = agreements(office, ONE), agreements(office, TWO)
    assert (gone.id, gone.state, gone.ends_on) == (theirs.id, "ended", date(2026, 11, 30))
    assert (heirs.state, heirs.number, heirs.places) == ("signed", theirs.number, theirs.places)
    assert [one for one in office.events() if "agreement" in one][-2:] == ["agreement-signed", "agreement-ended"]


def test_they_are_added_to_its_own_at_its_own_rate(office: Office) -> None:
    signed(office, ONE, 10, 1, 2)
    own = signed(office, TWO, 5, 2, 3)
    office.ask(MERGER, OFFICER)
    (heirs,) = agreements(office, TWO)
    assert heirs.id == own.id
    assert [(one.grade, one.quota, one.yearly_rupiah) for one in heirs.places] == [
        (1, 10, 1_000_010),
        (2, 15, 1_000_005),
        (3, 5, 1_000_005),
    ]


def test_what_is_suspended_or_a_draft_ends(office: Office) -> None:
    theirs = signed(office, ONE, 10, 1)
    office.ask(asked.SuspendAgreement(agreement_id=theirs.id, reason="ada pungutan"), MANAGER)
    office.ask(MERGER, OFFICER)
    assert agreements(office, TWO) == []
    assert [one.state for one in agreements(office, ONE)] == ["ended"]


def test_its_own_draft_is_to_be_settled_first(office: Office) -> None:
    signed(office, ONE, 10, 1)
    drafted(office, npsn=TWO)
    before = office.rows("SELECT * FROM school ORDER BY npsn")
    with pytest.raises(InvalidRequest) as refused:
        office.ask(MERGER, OFFICER)
    assert refused.value.data.errors[0].code == "draft_agreement"
    assert office.rows("SELECT * FROM school ORDER BY npsn") == before


def test_open_moves_from_and_to_closed_schools_come_to_nothing(office: Office) -> None:
    office.enrol(1, 2)
    office.enrol(3, npsn=TWO)
    for numbers, npsn in (((1,), TWO), ((2, 3), ONE)):
        office.apply(office.preview(listed(*numbers), npsn), confirm_npsn=npsn)
    assert len(office.ask(asked.ListTransfers(state="proposed"), OFFICER).items) == 2
    office.ask(MERGER, OFFICER)
    assert office.ask(asked.ListTransfers(state="proposed"), OFFICER).items == ()
    assert office.events().count("transfer-ended") == 2
    assert office.preview(listed(1, 2, 3), TWO).counts == {"unchanged": 3}


def test_a_closed_school_takes_over_none(office: Office) -> None:
    office.ask(MERGER, OFFICER)
    with pytest.raises(InvalidRequest):
        office.ask(asked.MergeSchools(from_npsns=(TWO,), npsn=ONE, on=date(2026, 12, 1)), OFFICER)


def test_an_operator_of_a_closed_school_sees_no_pupils(office: Office) -> None:
    office.enrol(1)
    office.ask(MERGER, OFFICER)
    assert office.pupils(ONE, operator(ONE)) == []
