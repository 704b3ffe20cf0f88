"""A service starts, migrates and answers in a checkout that holds no other service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kota.engines import PostgresServer, provision_databases
from tests.support.broker import Vhost
from tests.support.checkout import copy_checkout, run_module
from tests.support.databases import select
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller

SERVICES = ("education", "hearse", "umkm")
ROLES = {name: f"pw-{name}" for name in SERVICES}
QUERIES = {
    "education": ("education.list_death_notices", "education:deaths"),
    "hearse": ("hearse.list_bookings", "hearse:bookings"),
    "umkm": ("umkm.list_priority_households", "umkm:read"),
}


@pytest.fixture(scope="module")
def provisioned(postgres: PostgresServer) -> Iterator[Callable[[str], str]]:
    """Databases and roles as the operator makes them."""
    provision_databases(postgres.plain_url("postgres"), ROLES)
    postgres.passwords.update(ROLES)
    yield lambda name: postgres.url(name, name)
    for name in SERVICES:
        select(postgres.url("postgres"), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_needs_no_other_services_code(
    name: str, provisioned: Callable[[str], str], vhost: Vhost, tmp_path: Path
) -> None:
    root, url = copy_checkout(tmp_path / "checkout", name), provisioned(name)
    assert [each.name for each in (root / "services").iterdir() if each.is_dir()] == [name]
    migrated = run_module(root, "chassis.migrate", name, **{f"DATABASE_URL_{name.upper()}": url})
    assert migrated.returncode == 0, migrated.stderr
    process = ServiceProcess(name, url, vhost.uri(name), tmp_path / "log", {}, root)
    try:
        process.start()
        operation, scope = QUERIES[name]
        with Caller(vhost) as caller:
            reply = caller.call(operation, {}, scopes=[scope])
        assert reply["error"] is None and reply["result"]["items"] == [], reply
    finally:
        process.end()


def test_a_second_migration_changes_nothing(provisioned: Callable[[str], str], tmp_path: Path) -> None:
    root = copy_checkout(tmp_path / "checkout", "hearse")
    for _ in range(2):
        done = run_module(root, "chassis.migrate", "hearse", DATABASE_URL_HEARSE=provisioned("hearse"))
        assert done.returncode == 0, done.stderr
