"""Every operation that the super app may call, asked by somebody whose business it is not; and without any token."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

import contracts
import contracts.umkm
from contracts.problems import Conflict, Forbidden, InvalidRequest, NotFound
from gateway.security.roles import PUBLIC as PUBLIC_SCOPES
from gateway.security.roles import SUPER_APP_OPERATIONS
from services.umkm import service
from tests.umkm.capital.desk import Desk
from tests.umkm.grants.committee import PLAN, announced, apply
from tests.umkm.handlers.test_market import seller
from tests.umkm.handlers.test_results import at_session, attend, finish
from tests.umkm.office import PUBLIC, Office, citizen, family_card

OWN = sorted(name for name in SUPER_APP_OPERATIONS if name.startswith("umkm.") and ".list_" not in name)
TABLES = ("business", "owner", "listing", "seat", "permit", "loan_group", "loan", "grant_application")
LISTS = sorted(name for name in SUPER_APP_OPERATIONS if name.startswith("umkm.list_"))
ASKED = {"rupiah": 500_000, "use": "modal", "vouches": True}
MORE: dict[str, dict[str, Any]] = {
    "umkm.form_group": {"name": "Bukan Saya", "months": 10, **ASKED},
    "umkm.join_group": ASKED,
    "umkm.apply_for_grant": {"rupiah": 3_000_000, "use": PLAN},
    "umkm.check_kur": {"rupiah": 5_000_000},
    "umkm.describe_business": {"trade": "drink"},
    "umkm.declare_size": {"size": {"basis": "turnover", "rupiah": 1, "year": 2025}},
    "umkm.record_permit": {"permit": {"kind": "halal", "number": "ID36410000000010821", "valid_until": "2028-01-01"}},
    "umkm.correct_owner": {"name": "Bukan Saya"},
    "umkm.close_business": {"reason": "bukan milik saya"},
    "umkm.describe_listing": {"price_rupiah": 1},
    "umkm.draft_listing": {
        "title": "Bukan milik saya",
        "category": "craft",
        "price_rupiah": 1,
        "unit": "buah",
    },
    "umkm.add_photo": {
        "file": {"key": f"uploadedphotos/{'0' * 64}", "name": "", "size": 0, "sha256": "0" * 64},
    },
}


@pytest.fixture
def ids(office: Office) -> dict[str, UUID]:
    """What the first citizen has, by the name of the field that names it."""
    business, batch = seller(office, 1), office.announce(quota=1)
    seat = office.request(batch, business)
    for session in (1, 2):
        at_session(office, batch, session)
        attend(office, batch, session, 1)
    finish(office, batch, s1=True)
    listing = office.submitted(business)
    certificate = office.seat(seat).certificate_id
    office.ask(contracts.umkm.CorrectOwner(business_id=business.id, family_card_number=family_card(1)))
    group = Desk(office).form(business)
    round = announced(office)
    application = apply(office, round, business, citizen(1))
    return {
        "round_id": round.id,
        "application_id": application.id,
        "business_id": business.id,
        "batch_id": office.announce().id,
        "seat_id": seat.id,
        "certificate_id": certificate,
        "listing_id": listing.id,
        "photo_id": listing.photos[0].id,
        "group_id": group.id,
        "loan_id": group.members[0].loan_id,
    }


def asked_for(operation: str, ids: dict[str, UUID]) -> Any:
    """The request, naming what the first citizen has."""
    model = contracts.REQUESTS[operation]
    told = {name: str(id) for name, id in ids.items() if name in model.model_fields}
    return model.model_validate(told | MORE.get(operation, {}))


def test_nobody_touches_what_is_another_owners(office: Office, ids: dict[str, UUID]) -> None:
    before = [office.rows(f"SELECT * FROM {table}") for table in TABLES]
    for operation in OWN:
        if operation != "umkm.register_business":
            for stranger in (citizen(2), PUBLIC):
                with pytest.raises((NotFound, Forbidden)):
                    office.ask(asked_for(operation, ids), stranger)
    for operation in LISTS:
        if operation == "umkm.list_capital_entries":  # of one loan: nobody else's is there
            with pytest.raises(NotFound):
                office.ask(asked_for(operation, ids), citizen(2))
            continue
        assert office.ask(contracts.REQUESTS[operation](), citizen(2)).items == (), operation
        assert office.ask(contracts.REQUESTS[operation](), citizen(1)).items != (), operation
    assert before == [office.rows(f"SELECT * FROM {table}") for table in TABLES]


def test_whom_the_super_app_names_as_owner_is_who_registers(office: Office, ids: dict[str, UUID]) -> None:
    """A stranger cannot take an owner's account by registering one more business with the owner's NIK."""
    for actor in (citizen(2), PUBLIC):
        with pytest.raises((Conflict, Forbidden)):
            office.register(1, actor, name="Usaha lain")
    assert [row.citizen for row in office.rows("SELECT citizen FROM owner")] == ["citizen-1"]


def test_at_once_an_account_is_one_owner_and_a_name_one_business(office: Office) -> None:
    def registered(number: int) -> bool:
        try:
            return bool(office.register(number, citizen(1), name=f"Usaha {number}"))
        except InvalidRequest:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(registered, range(1, 7))) == 1
        (owner,) = office.rows("SELECT id FROM owner")
        first = office.ask(contracts.umkm.ListBusinesses()).items[0]
        number = int(first.name.split()[1])
        others = [office.register(number, citizen(1), name=f"Lain {place}") for place in range(5)]

        def renamed(business: Any) -> bool:
            try:
                told = contracts.umkm.DescribeBusiness(business_id=business.id, name="Sama")
                return bool(office.ask(told, citizen(1)))
            except Conflict:
                return False

        assert sum(pool.map(renamed, others)) == 1 and {one.owner.id for one in others} == {owner.id}


def test_every_operation_is_answered_and_what_is_public_only_reads() -> None:
    answered = {name for name in vars(service.Umkm) if f"umkm.{name}" in contracts.REQUESTS}
    assert answered == {name.partition(".")[2] for name in contracts.REQUESTS if name.startswith("umkm.")}
    ours = {name: one for name, one in contracts.REQUESTS.items() if name.startswith("umkm.")}
    public = {name for name, request in ours.items() if request.scope in PUBLIC_SCOPES}
    assert public == {
        "umkm.check_certificate",
        "umkm.get_batch",
        "umkm.get_capital_terms",
        "umkm.get_grant_round",
        "umkm.get_grant_scoresheet",
        "umkm.get_photo",
        "umkm.list_batches",
        "umkm.list_grant_rounds",
        "umkm.search_listings",
        "umkm.show_listing",
    }
