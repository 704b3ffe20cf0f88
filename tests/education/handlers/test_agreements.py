"""Agreements with private schools, a school year each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts import education as asked
from contracts.problems import Forbidden, InvalidRequest, StaleVersion
from tests.education.office import MANAGER, OFFICER, ONE, TWO, Office, operator

PLACES = [{"grade": grade, "quota": 28, "yearly_rupiah": 2_000_000} for grade in range(1, 7)]


def drafted(office: Office, **more: Any) -> Any:
    """For the first school."""
    told = {"npsn": ONE, "school_year": "2026/2027", "places": PLACES, "covered": ["tuition", "textbooks"]}
    return office.ask(asked.DraftAgreement.model_validate(told | more), MANAGER)


def test_from_draft_to_end(office: Office) -> None:
    draft = drafted(office)
    assert drafted(office).version == draft.version, "the same again changes nothing"
    assert drafted(office, covered=["tuition"]).version == 2
    with pytest.raises(asked.AgreementWrongState):
        office.ask(asked.SuspendAgreement(agreement_id=draft.id, reason="belum berlaku"), MANAGER)
    with pytest.raises(StaleVersion):
        office.ask(
            asked.SignAgreement(agreement_id=draft.id, number="420/1", signed_on=date(2026, 7, 1), version=1), MANAGER
        )
    signed = office.ask(asked.SignAgreement(agreement_id=draft.id, number="420/1", signed_on=date(2026, 7, 1)), MANAGER)
    assert (signed.state, signed.number) == ("signed", "420/1")
    with pytest.raises(asked.AgreementWrongState):
        drafted(office)
    office.ask(asked.SuspendAgreement(agreement_id=draft.id, reason="ada pungutan"), MANAGER)
    assert office.ask(asked.ResumeAgreement(agreement_id=draft.id), MANAGER).state == "signed"
    end = asked.EndAgreement(agreement_id=draft.id, reason="sekolah tutup", ends_on=date(2027, 6, 30))
    assert office.ask(end, MANAGER).state == "ended"
    assert [one for one in office.events() if one.startswith("agreement")] == [
        "agreement-signed",
        "agreement-suspended",
        "agreement-signed",
        "agreement-ended",
    ]
    assert drafted(office).id != draft.id, "a new one may follow"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": [{"grade": 7, "quota": 1, "yearly_rupiah": 1}]}, "/places/0/grade"),
        ({"places": [PLACES[0], PLACES[0]]}, "/places/1/grade"),
    ],
)
def test_what_can_not_be_agreed(office: Office, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        drafted(office, **wrong)
    assert [error.pointer for error in refused.value.data.errors] == [field]


def test_a_state_school_needs_none(office: Office) -> None:
    row = {"npsn": "99000009", "name": "SDN CONTOH", "level": "SD", "ownership": "state", "kecamatan_code": "36.71.01"}
    office.ask(asked.ImportSchools.model_validate({"schools": [row]}), MANAGER)
    with pytest.raises(InvalidRequest) as refused:
        drafted(office, npsn="99000009")
    assert refused.value.data.errors[0].code == "state_school"


def test_an_operator_sees_their_own(office: Office) -> None:
    drafted(office)
    drafted(office, npsn=TWO)
    assert [one.npsn for one in office.ask(asked.ListAgreements(), operator(TWO)).items] == [TWO]
    assert len(office.ask(asked.ListAgreements(), OFFICER).items) == 2
    with pytest.raises(Forbidden):
        office.ask(asked.ListAgreements(npsn=ONE), operator(TWO))


def test_schools_are_updated_by_number(office: Office) -> None:
    row = {"npsn": ONE, "name": "SD NAMA BARU", "level": "SD", "ownership": "private", "kecamatan_code": "36.71.02"}
    done = office.ask(asked.ImportSchools.model_validate({"schools": [row]}), MANAGER)
    assert (done.created, done.updated, done.unchanged) == (0, 1, 0)
    done = office.ask(asked.ImportSchools.model_validate({"schools": [row]}), MANAGER)
    assert done.unchanged == 1
    with pytest.raises(InvalidRequest):
        office.ask(asked.ImportSchools.model_validate({"schools": [row, row]}), MANAGER)
    assert office.ask(asked.GetSchool(npsn=ONE)).name == "SD NAMA BARU"
