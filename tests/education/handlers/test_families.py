"""A parent sees their own children, after saying what only they and the school's list know."""

from __future__ import annotations

from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import Forbidden
from tests.education.files import child
from tests.education.office import OFFICER, ONE, Office, citizen


def link(office: Office, who: str = "citizen-1", **more: Any) -> Any:
    """The mother of the first child."""
    told = {
        "nik": child(1)["Data Ibu > NIK"],
        "child_nisn": child(1)["NISN"],
        "birth_date": child(1)["Tanggal Lahir"],
    }
    return office.ask(asked.LinkChild.model_validate(told | more), citizen(who))


def children(office: Office, who: str = "citizen-1") -> list[str]:
    """Names."""
    return [one.name for one in office.ask(asked.ListMyChildren(), citizen(who)).items]


def test_a_mother_and_her_child(office: Office) -> None:
    office.enrol(1, 2)
    done = link(office)
    assert (done.linked, done.child.name, done.child.enrolment.npsn) == (True, child(1)["Nama"], ONE)
    assert children(office) == [child(1)["Nama"]]
    assert children(office, "citizen-2") == []
    by_nik = {"child_nisn": None, "child_nik": child(2)["NIK"], "birth_date": child(2)["Tanggal Lahir"]}
    assert link(office, nik=child(2)["Data Ayah > NIK"], **by_nik).linked
    assert len(children(office)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"nik": child(2)["Data Ibu > NIK"]},
        {"child_nisn": child(2)["NISN"]},
        {"birth_date": "2016-01-01"},
        {"child_nisn": "0099999999"},
    ],
)
def test_what_does_not_fit_says_not_why_and_is_counted(office: Office, wrong: dict[str, Any]) -> None:
    office.enrol(1, 2)
    for _ in range(5):
        assert link(office, **wrong).model_dump() == {"linked": False, "child": None}
    with pytest.raises(asked.TooManyTries):
        link(office)
    assert children(office) == []
    assert link(office, "citizen-2").linked, "another one is not hindered"
    office.later(hours=25)
    assert link(office).linked


def test_staff_have_no_children_here(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.ask(asked.ListMyChildren(), OFFICER)
