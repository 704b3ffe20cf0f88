"""Every operation × every role, compared with the table that was read line by line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import contracts
from contracts.context import Actor
from contracts.problems import Forbidden
from gateway.security import authorize
from gateway.security.roles import PUBLIC, ROLES, SUPER_APP_OPERATIONS, known, scopes_of
from kota.issuer.users import DEMO_USERS, SUPER_APP

TABLE = Path(__file__).with_name("reviewed_access.csv")


def reviewed() -> dict[tuple[str, str], bool]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["operation"], role): row[role] == "yes" for row in rows for role in row if role != "operation"}


def granted(operation: str, role: str) -> bool:
    actor = Actor(subject="demo", roles=(role,), scopes=scopes_of((role,)))
    try:
        authorize(actor, contracts.REQUESTS[operation])
    except Forbidden:
        return False
    return True


def test_access_is_what_was_reviewed() -> None:
    now = {(operation, role): granted(operation, role) for operation in contracts.REQUESTS for role in ROLES}
    table = reviewed()
    differing = {pair for pair in now.keys() | table.keys() if now.get(pair) != table.get(pair)}
    assert not differing, f"review these and change {TABLE.name}: {sorted(differing)}"


def test_every_scope_is_somebodys_and_no_scope_is_invented() -> None:
    granted_scopes = {scope for scopes in ROLES.values() for scope in scopes}
    assert granted_scopes | PUBLIC == {r.scope for r in contracts.REQUESTS.values()}
    assert not granted_scopes & PUBLIC


@pytest.mark.parametrize("roles", [(), ("nobody",), ("Dispatcher",), ("dispatcher ",)])
def test_unknown_roles_grant_nothing(roles: tuple[str, ...]) -> None:
    assert known(roles) == () and scopes_of(roles) == PUBLIC


def test_what_is_public_changes_nothing() -> None:
    assert not [name for name, request in contracts.REQUESTS.items() if request.scope in PUBLIC and request.changes]


def test_who_audits_changes_nothing() -> None:
    changing = {name for name, request in contracts.REQUESTS.items() if request.changes}
    assert not {name for name in changing if granted(name, "auditor")}


def test_a_death_is_never_confirmed_from_the_dispatch_room() -> None:
    assert not any(granted("ambulance.confirm_death", role) for role in ("dispatcher", "call_taker"))


def test_what_the_super_app_may_call_exists() -> None:
    assert contracts.REQUESTS.keys() >= SUPER_APP_OPERATIONS


def test_there_is_a_demo_user_for_each_role() -> None:
    assert {user.role for user in (*DEMO_USERS, SUPER_APP)} == ROLES.keys()
