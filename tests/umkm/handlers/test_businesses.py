"""Businesses and their owners: each once, verified by a person, seen by whom they belong to."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from contracts import umkm as asked
from contracts.problems import InvalidRequest, NotFound, StaleVersion
from tests.umkm.office import OFFICER, Office, citizen, nik

NIB = "1234567890123"


def code_of(refused: Any) -> str:
    """Of the first wrong field."""
    return str(refused.value.data.errors[0].code)


def permit(office: Office, business: Any, kind: str, number: str, valid_until: str = "2028-05-31") -> Any:
    """Recorded at the counter."""
    told = {"kind": kind, "number": number, "valid_until": valid_until}
    return office.ask(asked.RecordPermit.model_validate({"business_id": business.id, "permit": told}))


def describe(office: Office, business: Any, **told: Any) -> Any:
    """By its owner."""
    return office.ask(asked.DescribeBusiness.model_validate({"business_id": business.id, **told}), citizen())


def test_registered_verified_suspended_resumed_closed(office: Office) -> None:
    business = office.register(nib=NIB)
    assert business.nib == NIB
    verified = office.ask(asked.VerifyBusiness(business_id=business.id, version=1))
    assert (verified.state, verified.version) == ("verified", 2)
    assert office.ask(asked.VerifyBusiness(business_id=business.id)).version == 2, "again changes nothing"
    with pytest.raises(StaleVersion):
        office.ask(asked.SuspendBusiness(business_id=business.id, reason="alamat tidak ditemukan", version=1))
    office.ask(asked.SuspendBusiness(business_id=business.id, reason="alamat tidak ditemukan"))
    with pytest.raises(asked.BusinessWrongState):
        office.ask(asked.VerifyBusiness(business_id=business.id))
    assert office.ask(asked.ResumeBusiness(business_id=business.id)).state == "verified"
    office.ask(asked.CloseBusiness(business_id=business.id, reason="usaha berhenti"), citizen())
    assert office.register(2, nib=NIB).nib == NIB, "the NIB of a closed business is free"
    assert office.events("business") == [
        f"business-{step}" for step in ("registered", "verified", "suspended", "resumed", "closed", "registered")
    ]


def test_what_an_officer_compared_is_compared_again_when_it_changes(office: Office) -> None:
    business = office.verified()
    assert describe(office, business, trade="drink").state == "verified"
    assert describe(office, business, nib=NIB).state == "registered"
    assert describe(office, business, nib=NIB).version == 4, "the same again changes nothing"


def test_what_owners_say_of_themselves_is_compared_again_what_an_officer_enters_is_not(office: Office) -> None:
    business = office.verified()
    correct = asked.CorrectOwner
    assert office.ask(correct(business_id=business.id, phone="+6281200000009"), citizen()).state == "verified"
    assert office.ask(correct(business_id=business.id, disability=True)).state == "verified"
    assert office.ask(correct(business_id=business.id, kelurahan_code="36.71.05.1001"), citizen()).state == "registered"
    office.ask(asked.VerifyBusiness(business_id=business.id))
    office.register(1, name="Lain", owner={"name": "Siti Lain"})
    assert office.ask(asked.GetBusiness(business_id=business.id)).state == "registered"


def test_a_nib_belongs_to_one_business(office: Office) -> None:
    office.register(1, nib=NIB)
    with pytest.raises(asked.NibTaken):
        office.register(2, nib=NIB)
    other = office.register(2)
    with pytest.raises(asked.NibTaken):
        office.ask(asked.DescribeBusiness(business_id=other.id, nib=NIB))


def test_an_owner_has_no_two_businesses_of_one_name(office: Office) -> None:
    first = office.register(1, name="Keripik Bu Siti")
    with pytest.raises(asked.BusinessKnown) as refused:
        office.register(1, name="KERIPIK  BU-SITI!")
    assert refused.value.data.extra["business_id"] == str(first.id)
    assert office.register(1, name="Kue Bu Siti").owner.id == first.owner.id
    assert office.register(2, name="Keripik Bu Siti").owner.id != first.owner.id


def test_one_nik_is_one_owner_and_one_account(office: Office) -> None:
    office.register(1)
    with pytest.raises(asked.OwnerKnown):
        office.register(1, citizen(7), name="Lain")
    with pytest.raises(InvalidRequest) as refused:
        office.register(2, citizen(1))
    assert code_of(refused) == "other_account"


def test_who_registered_at_the_counter_is_known_again_by_nik_and_telephone(office: Office) -> None:
    first = office.register(1, OFFICER)
    assert office.ask(asked.ListBusinesses(), citizen(1)).items == ()
    with pytest.raises(asked.OwnerKnown):
        office.register(1, citizen(1), owner={"phone": "+6281299999999"}, name="Lain")
    office.register(1, citizen(1), name="Lain")
    mine = office.ask(asked.ListBusinesses(), citizen(1)).items
    assert [one.id for one in mine][-1] == first.id and len(mine) == 2


def test_an_owner_sees_their_own_whole_and_nobody_elses(office: Office) -> None:
    business = office.register(1)
    own = office.ask(asked.GetBusiness(business_id=business.id), citizen(1), purpose=None)
    assert (own.owner.name, own.size.rupiah, own.owner.disability) == ("Siti Contoh 1", 180_000_000, False)
    assert nik(1) not in own.model_dump_json()
    for request in (
        asked.GetBusiness(business_id=business.id),
        asked.CloseBusiness(business_id=business.id, reason="usaha berhenti"),
        asked.DescribeBusiness(business_id=business.id, name="Bukan milik saya"),
        asked.CorrectOwner(business_id=business.id, name="Bukan Saya"),
    ):
        with pytest.raises(NotFound):
            office.ask(request, citizen(2))
    assert office.ask(asked.ListBusinesses(), citizen(2)).items == ()


def test_an_officer_says_why_and_lists_are_masked(office: Office) -> None:
    business = office.register(1)
    with pytest.raises(asked.PurposeNeeded):
        office.ask(asked.GetBusiness(business_id=business.id), purpose=None)
    shown = office.ask(asked.GetBusiness(business_id=business.id), purpose="verifikasi berkas")
    assert (shown.owner.name, shown.size.rupiah) == ("Siti Contoh 1", None)
    listed = office.ask(asked.ListBusinesses(), purpose=None).items[0]
    assert "Siti" not in listed.model_dump_json() and listed.address is None
    told = office.ask(asked.DiscloseOwner(business_id=business.id, reason="KTP dibandingkan"))
    assert told.nik == nik(1)
    looked = office.rows(
        "SELECT action, purpose FROM audit WHERE action IN ('umkm.get_business', 'umkm.disclose_owner')"
    )
    assert [tuple(row) for row in looked] == [
        ("umkm.get_business", "verifikasi berkas"),
        ("umkm.disclose_owner", "uji"),
    ]


def test_nothing_of_an_owner_lies_open_in_the_database_or_in_events(office: Office) -> None:
    office.verified(1, owner={"disability": True})
    for table in ("owner", "business", "outbox", "audit"):
        rows = str(office.rows(f"SELECT * FROM {table}"))
        for secret in (nik(1), "Siti", "+6281234500001", "Jl. Contoh", "180000000"):
            assert secret not in rows, (table, secret)


def test_a_class_is_declared_for_a_year_and_never_an_older_one(office: Office) -> None:
    business = office.register(size={"basis": "turnover", "rupiah": 2_000_000_001, "year": 2024})
    assert (business.size.size_class, business.size_notice) == ("small", None)
    size = {"basis": "turnover", "rupiah": 1, "year": 2025}
    smaller = office.ask(asked.DeclareSize.model_validate({"business_id": business.id, "size": size}))
    assert (smaller.size.size_class, smaller.size.year, smaller.size_notice) == ("micro", 2025, None)
    with pytest.raises(InvalidRequest) as refused:
        old = size | {"year": 2024}
        office.ask(asked.DeclareSize.model_validate({"business_id": business.id, "size": old}))
    assert code_of(refused) == "older"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"nib": "123456789012"}, "wrong_length"),
        ({"nib": "-"}, "placeholder"),
        ({"size": {"basis": "turnover", "rupiah": -1, "year": 2025}}, "greater_than_equal"),
        ({"size": {"basis": "turnover", "rupiah": 1.5, "year": 2025}}, "int_type"),
        ({"size": {"basis": "capital", "rupiah": 1, "year": 2025}}, "extra_forbidden"),
        ({"size": {"basis": "turnover", "rupiah": 50_000_000_001, "year": 2025}}, "above_medium"),
        ({"size": {"basis": "turnover", "rupiah": 1, "year": 2026}}, "year_not_over"),
        ({"size": {"basis": "capital", "rupiah": 1}}, "running"),
        ({"kelurahan_code": "36.74.01.1001"}, "outside_city"),
        ({"founded_on": "2026-11-24"}, "future"),
    ],
)
def test_bad_input_is_named(office: Office, told: dict[str, Any], code: str) -> None:
    with pytest.raises((InvalidRequest, ValidationError)) as refused:
        office.register(**told)
    error = refused.value
    codes = [one["type"] for one in error.errors()] if isinstance(error, ValidationError) else [code_of(refused)]
    assert codes == [code]
    assert office.rows("SELECT id FROM owner") == [], "nothing half done"


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [
        ("pirt", "P-IRT No. 2063671010001-28", "2063671010001-28"),
        ("pirt", "206367101000128", "2063671010001-28"),
        ("bpom", "BPOM RI MD 867031001234", "MD867031001234"),
        ("bpom", "NA18201234567", "NA18201234567"),
        ("halal", "ID36410000000010821", "ID36410000000010821"),
    ],
)
def test_numbers_of_permits_as_people_copy_them(office: Office, kind: str, number: str, kept: str) -> None:
    shown = permit(office, office.register(), kind, number).permits
    assert [(one.kind, one.number, one.counts) for one in shown] == [(kind, kept, True)]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("pirt", "9063671010001-28"),
        ("pirt", "2063671010001"),
        ("pirt", "-"),
        ("bpom", "MD12345"),
        ("bpom", "XX867031001234"),
        ("halal", "ID1"),
    ],
)
def test_what_is_no_number_of_a_permit_is_refused(office: Office, kind: str, number: str) -> None:
    with pytest.raises(ValidationError):
        permit(office, office.register(), kind, number)


def test_a_permit_is_renewed_by_its_number_and_belongs_to_one_business(office: Office) -> None:
    first, second = office.register(1), office.register(2)
    number = "2063671010001-28"
    permit(office, first, "pirt", number)
    assert [str(p.valid_until) for p in permit(office, first, "pirt", number, "2030-05-31").permits] == ["2030-05-31"]
    with pytest.raises(asked.PermitTaken):
        permit(office, second, "pirt", number)
    for valid_until, code in (("2026-11-22", "expired"), ("2031-12-31", "too_far")):
        with pytest.raises(InvalidRequest) as refused:
            permit(office, second, "pirt", "2063671010002-28", valid_until)
        assert code_of(refused) == code
