"""The super app acting for a citizen, and row scope."""

from __future__ import annotations

import pytest

from contracts.ambulance import GetContact, GetIncident, ListContacts, OpenIncident, RecordContact
from contracts.problems import Forbidden
from gateway.security import authorize

from .conftest import Door
from .servers import IssuerServer


def super_app(issuer: IssuerServer, **claims: object) -> str:
    return issuer.staff_token("super_app", **{"sub": "super-app", "client_id": "super-app", **claims})


async def test_the_citizen_is_the_subject_and_the_only_row(door: Door, issuer: IssuerServer) -> None:
    actor = await door.actor(super_app(issuer), issuer.citizens.mint({"sub": "c-1"}))
    assert (actor.subject, actor.client, actor.rows) == ("c-1", "super-app", {"citizen": ("c-1",)})
    assert actor.may_touch("citizen", "c-1") and not actor.may_touch("citizen", "c-2")


async def test_without_a_citizen_no_citizens_rows_are_open(door: Door, issuer: IssuerServer) -> None:
    actor = await door.actor(super_app(issuer))
    assert actor.subject == "super-app" and not actor.may_touch("citizen", "c-1")


async def test_two_citizens_of_one_client_are_kept_apart(door: Door, issuer: IssuerServer) -> None:
    app = super_app(issuer)
    tokens = [issuer.citizens.mint({"sub": f"c-{n}"}) for n in (1, 2, 1)]
    assert [(await door.actor(app, token)).subject for token in tokens] == ["c-1", "c-2", "c-1"]
    assert (await door.actor(app)).subject == "super-app"


@pytest.mark.parametrize("role", ["dispatcher", "auditor", "nobody"])
async def test_no_other_client_may_name_a_citizen(door: Door, issuer: IssuerServer, role: str) -> None:
    problem = await door.refusal(issuer.staff_token(role), issuer.citizens.mint({"sub": "c-1"}))
    assert isinstance(problem, Forbidden)


async def test_each_token_opens_its_own_door_only(door: Door, issuer: IssuerServer) -> None:
    citizen = issuer.citizens.mint({"sub": "c-1", "roles": ["dispatcher"]})
    assert await door.reason(citizen) == "unknown-issuer"
    assert await door.reason(super_app(issuer), issuer.staff_token()) == "unknown-issuer"


async def test_the_staff_issuers_key_does_not_vouch_for_citizens(door: Door, issuer: IssuerServer) -> None:
    forged = issuer.people.mint({"sub": "c-1", "iss": f"{issuer.url}/citizens"})
    assert await door.reason(super_app(issuer), forged) == "unknown-key"


@pytest.mark.parametrize("name", ["c-1", "", " ", "Bearer c-1"])
async def test_a_plain_name_is_no_citizen(door: Door, issuer: IssuerServer, name: str) -> None:
    assert await door.reason(super_app(issuer), name) == "malformed"


async def test_the_pair_ends_with_its_shorter_token(door: Door, issuer: IssuerServer) -> None:
    citizen = issuer.citizens.mint({"sub": "c-1"}, 100)
    app = super_app(issuer)
    await door.actor(app, citizen)
    issuer.clock.now += 161
    assert await door.reason(app, citizen) == "expired"


async def test_the_super_app_reports_emergencies_and_reads_no_lists(door: Door, issuer: IssuerServer) -> None:
    actor = await door.actor(super_app(issuer), issuer.citizens.mint({"sub": "c-1"}))
    for allowed in (RecordContact, OpenIncident):
        authorize(actor, allowed)
    for refused in (ListContacts, GetContact, GetIncident):
        with pytest.raises(Forbidden):
            authorize(actor, refused)


async def test_the_super_apps_role_stands_alone_and_has_a_client(door: Door, issuer: IssuerServer) -> None:
    assert await door.reason(super_app(issuer, roles=["super_app", "dispatcher"])) == "claim-roles"
    assert await door.reason(super_app(issuer, client_id="")) == "claim-client_id"


@pytest.mark.parametrize(
    ("claims", "rows"),
    [
        ({"units": ["AMB-01"]}, {"unit": ("AMB-01",)}),
        ({"units": "AMB-01"}, {"unit": ("AMB-01",)}),
        ({"units": []}, {"unit": ()}),
        ({}, {"unit": ()}),
        ({"units": ["*"]}, {}),
        ({"units": ["*"], "npsn": ["20606789"]}, {"npsn": ("20606789",)}),
    ],
)
async def test_a_crew_is_limited_unless_the_claim_says_all(
    door: Door, issuer: IssuerServer, claims: dict[str, object], rows: dict[str, tuple[str, ...]]
) -> None:
    assert (await door.actor(issuer.staff_token("crew", **claims))).rows == rows
