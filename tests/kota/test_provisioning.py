"""`kota provision`: the same broker as `kota up` makes, databases, and secrets as files."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import contracts
from kota.engines import PostgresServer, RabbitmqNode
from kota.engines.definitions import all_rights
from kota.errors import OperatorError
from kota.provisioning.broker import broker_users
from kota.provisioning.databases import provision_all_databases
from kota.provisioning.files import write_files
from tests.support.broker import PASSWORDS, Vhost
from tests.support.processes import ROOT

OBJECTS = ("exchanges", "queues", "bindings", "policies")


def kota(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kota", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def fresh(broker: RabbitmqNode) -> Iterator[str]:
    """The name of a vhost that is not there yet."""
    name = f"p{uuid.uuid4().hex[:12]}"
    yield name
    with broker.management as management:
        management.delete_vhost(name)


def management_url(broker: RabbitmqNode, password: str) -> str:
    return f"http://admin:{password}@127.0.0.1:{broker.ports['management']}"


def passwords() -> dict[str, str]:
    return {f"AMQP_PASSWORD_{user.upper()}": PASSWORDS[user] for user in broker_users()}


def sorted_objects(document: dict[str, Any], vhost: str) -> dict[str, list[str]]:
    return {kind: sorted(str({**each, "vhost": ""}) for each in document[kind]) for kind in OBJECTS}


def test_it_makes_the_broker_that_kota_up_makes(broker: RabbitmqNode, fresh: str, vhost: Vhost) -> None:
    url = management_url(broker, PASSWORDS["admin"])
    for _ in range(2):
        done = kota("provision", "broker", AMQP_MANAGEMENT_URL=url, AMQP_VHOST=fresh, **passwords())
        assert done.returncode == 0, done.stdout + done.stderr
    with broker.management as management:
        made, wanted = management.definitions(fresh), management.definitions(vhost.name)
        rights = {each["user"]: each for each in management.request("GET", f"/vhosts/{fresh}/permissions")}
        topics = management.request("GET", f"/vhosts/{fresh}/topic-permissions")
    assert sorted_objects(made, fresh) == sorted_objects(wanted, vhost.name)
    expected = all_rights(contracts.subscriptions())
    assert set(rights) - {"admin"} == set(broker_users()) == set(expected) - {"admin"}
    for user in broker_users():
        right = expected[user]
        assert [rights[user][one] for one in ("configure", "write", "read")] == [
            right.configure,
            right.write,
            right.read,
        ]
        assert {
            each["exchange"]: (each["write"], each["read"]) for each in topics if each["user"] == user
        } == right.topics


def test_what_is_missing_is_named_at_once() -> None:
    done = kota("provision", "broker", AMQP_PASSWORD_HEARSE="x")
    assert done.returncode == 1 and "AMQP_MANAGEMENT_URL" in done.stderr and "AMQP_PASSWORD_GATEWAY" in done.stderr
    assert "AMQP_PASSWORD_HEARSE" not in done.stderr and "Traceback" not in done.stderr
    done = kota("provision", "databases")
    assert done.returncode == 1 and "POSTGRES_URL" in done.stderr and "POSTGRES_PASSWORD_UMKM" in done.stderr


def test_a_wrong_administrator_is_refused_in_plain_words(broker: RabbitmqNode) -> None:
    done = kota("provision", "broker", AMQP_MANAGEMENT_URL=management_url(broker, "wrong-one"), **passwords())
    assert done.returncode == 1 and "refuses the log-in" in done.stderr and "(401)" in done.stderr
    assert "wrong-one" not in done.stderr and "Traceback" not in done.stderr


def test_databases_and_roles_are_made(postgres: PostgresServer) -> None:
    host = str(postgres.plain_url("postgres"))
    values = {f"POSTGRES_PASSWORD_{name.upper()}": f"pw-{name}" for name in contracts.services()}
    for _ in range(2):
        done = kota("provision", "databases", POSTGRES_URL=host, **values)
        assert done.returncode == 0, done.stdout + done.stderr
    postgres.passwords["umkm"] = "pw-umkm"
    with psycopg.connect(postgres.plain_url("umkm", "umkm")) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("umkm",)


def test_secrets_are_drawn_once_and_addresses_follow_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert "DATABASE_URL_HEARSE" in write_files(folder, "postgres", "rabbitmq")
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert write_files(folder, "postgres", "rabbitmq") == []
    (folder / "AMQP_PASSWORD_HEARSE").unlink()
    assert set(write_files(folder, "postgres", "rabbitmq")) == {"AMQP_PASSWORD_HEARSE", "AMQP_URI_HEARSE"}
    after = {path.name: path.read_text() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"AMQP_PASSWORD_HEARSE", "AMQP_URI_HEARSE"}


def test_only_the_folder_keeps_others_out(tmp_path: Path) -> None:
    """A container's user is nobody here, and compose mounts files with the rights that they have."""
    folder = tmp_path / "secrets"
    write_files(folder, "postgres", "rabbitmq")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}


def test_parked_messages_of_a_suite_elsewhere(vhost: Vhost, tmp_path: Path) -> None:
    """In a cluster nothing runs under this command line: it is told where the broker is."""
    done = kota("dead", "list", "hearse", KOTA_ENV="production", AMQP_URI=vhost.uri("kota"), KOTA_HOME=str(tmp_path))
    assert "is not running" not in done.stderr and "Traceback" not in done.stderr, done.stderr
    done = kota("dead", "list", KOTA_HOME=str(tmp_path), AMQP_URI=vhost.uri("kota"))
    assert done.returncode == 1 and "The suite is not running" in done.stderr


def test_a_server_that_is_not_there_is_named_in_the_end() -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("POSTGRES_URL", "postgresql://x:secret@127.0.0.1:1/x")
        for name in contracts.services():
            patched.setenv(f"POSTGRES_PASSWORD_{name.upper()}", "x")
        with pytest.raises(OperatorError, match="refused") as caught:
            provision_all_databases(limit=0.1)
    assert "secret" not in str(caught.value)
