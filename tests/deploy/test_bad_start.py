"""What a process does with what it was given wrong: one clear line, not ready, and no flood."""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kota.health import plain_client
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess
from tests.support.broker import Vhost
from tests.support.checkout import copy_checkout, run_module
from tests.support.databases import select
from tests.support.processes import ROOT, ServiceProcess
from tests.support.waiting import until

PRODUCTION = {
    "KOTA_ENV": "production",
    "FIELD_KEYS_HEARSE": f"k1:{base64.b64encode(os.urandom(32)).decode()}",
    "AUDIT_KEY_HEARSE": base64.b64encode(os.urandom(32)).decode(),
    "OPENING_KEYS_HEARSE": f"k1:{base64.b64encode(os.urandom(32)).decode()}",
    "PERSON_KEY_SECRET": base64.b64encode(os.urandom(32)).decode(),
    "AMQP_URI": "amqp://hearse:pw@127.0.0.1:1/kota",
    "DATABASE_URL_HEARSE": "postgresql://hearse:pw@127.0.0.1:1/hearse",
}


@pytest.fixture
def hearse(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> Iterator[ServiceProcess]:
    """A process that is not started yet."""
    made = ServiceProcess("hearse", database("hearse"), vhost.uri("hearse"), tmp_path / "log", {})
    yield made
    made.end()


def health(process: ServiceProcess, page: str) -> tuple[int, dict[str, Any]]:
    reply = plain_client().get(process.url(f"/health/{page}"), timeout=5)
    return reply.status_code, reply.json()


def answers(process: ServiceProcess) -> bool:
    try:
        return bool(health(process, "live"))
    except Exception:
        return False


@pytest.mark.parametrize("name", [name for name in PRODUCTION if name != "KOTA_ENV"])
def test_a_missing_secret_ends_it_in_one_line_that_names_it(name: str) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    done = run_module(ROOT, "chassis.run", "hearse", **given)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and name in done.stderr, done.stderr
    assert not any(value in done.stderr for key, value in PRODUCTION.items() if key != "KOTA_ENV")


@pytest.mark.parametrize("value", ["k1:short", "no key at all"])
def test_a_key_that_is_no_key_does_too(value: str) -> None:
    done = run_module(ROOT, "chassis.run", "hearse", **{**PRODUCTION, "FIELD_KEYS_HEARSE": value})
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "FIELD_KEYS_HEARSE" in done.stderr, done.stderr
    assert value not in done.stderr


def test_a_gateway_without_an_issuer_does_too() -> None:
    done = run_module(ROOT, "gateway", AMQP_URI="amqp://gateway:pw@127.0.0.1:1/kota")
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    assert "OIDC_ISSUER" in done.stderr and "OIDC_JWKS_URL" in done.stderr


def test_secrets_come_from_files(hearse: ServiceProcess, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name in ("DATABASE_URL_HEARSE", "AMQP_URI"):
        (folder / name).write_text(hearse.environment.pop(name) + "\n")
    hearse.environment["SECRETS_DIR"] = str(folder)
    hearse.start()
    assert health(hearse, "ready")[0] == 200


def test_a_folder_of_secrets_that_is_not_there_is_named(tmp_path: Path) -> None:
    for module, *arguments in (("chassis.run", "hearse"), ("chassis.migrate", "hearse"), ("gateway",)):
        done = run_module(ROOT, module, *arguments, SECRETS_DIR=str(tmp_path / "gone"))
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
        assert "SECRETS_DIR" in done.stderr and "gone" in done.stderr


def test_a_wrong_broker_password_is_said_once_and_not_ready(hearse: ServiceProcess) -> None:
    hearse.environment["AMQP_URI"] = hearse.environment["AMQP_URI"].replace(":test-hearse@", ":wrong-one@")
    assert ":wrong-one@" in hearse.environment["AMQP_URI"]
    hearse.launch()
    until(lambda: answers(hearse) and "ACCESS_REFUSED" in str(health(hearse, "ready")), "the reason", limit=30)
    status, told = health(hearse, "ready")
    assert status == 503 and "ACCESS_REFUSED" in told["checks"]["broker"]
    assert health(hearse, "live")[0] == 200
    lines = hearse.lines()
    assert any("ACCESS_REFUSED" in str(line.get("reason")) for line in lines)
    assert len(lines) == len({str({**line, "timestamp": ""}) for line in lines}), "said more than once"
    assert "wrong-one" not in hearse.text()


def test_the_gateway_says_the_same(vhost: Vhost, tmp_path: Path) -> None:
    issuer = Issuer()
    uri = vhost.uri("gateway").replace(":test-gateway@", ":wrong-one@")
    gateway = GatewayProcess(uri, issuer.url, tmp_path / "log")
    with issuer.running(), gateway.launched():
        until(lambda: "ACCESS_REFUSED" in gateway.health_text(), "the reason", limit=30)
        assert gateway.get("/health/live").status_code == 200
        reply = gateway.get("/health/ready")
        assert reply.status_code == 503 and "ACCESS_REFUSED" in reply.json()["checks"]["broker"]
    text = (tmp_path / "log").read_text()
    assert text.count("broker_unreachable") == 2  # requests and live feed
    assert "wrong-one" not in text


def test_an_older_schema_is_waited_out(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> None:
    """The database is at the state before the newest migration; then that comes, and the process goes on."""
    url, root = database("hearse"), copy_checkout(tmp_path / "newer", "hearse")
    versions = root / "services" / "hearse" / "migrations" / "versions"
    (versions / "9999_newer.py").write_text(
        '"""One more."""\nrevision = "hearse_9999"\ndown_revision = "hearse_0009"\n'
        'branch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n    """Nothing."""\n'
    )
    process = ServiceProcess("hearse", url, vhost.uri("hearse"), tmp_path / "log", {}, root)
    try:
        process.launch()
        until(lambda: answers(process), "its health")
        assert health(process, "live")[0] == 200
        status, told = health(process, "ready")
        wrong = "schema too old: at hearse_0009, needs hearse_9999: run python -m chassis.migrate hearse"
        assert status == 503 and told["checks"]["database"] == wrong
        assert [line["reason"] for line in process.lines() if line["event"] == "waits_for_database"] == [wrong]
        done = run_module(root, "chassis.migrate", "hearse", DATABASE_URL_HEARSE=url)
        assert done.returncode == 0, done.stderr
        until(process.is_ready, "it to go on", limit=30)
        assert len([line for line in process.lines() if line["event"] == "service_started"]) == 1
    finally:
        process.end()


def test_a_newer_schema_is_served(database: Callable[[str], str], vhost: Vhost, tmp_path: Path) -> None:
    url = database("hearse")
    select(url, "UPDATE alembic_version SET version_num = 'hearse_9999'")
    process = ServiceProcess("hearse", url, vhost.uri("hearse"), tmp_path / "log", {})
    try:
        process.start()
    finally:
        process.end()


def test_sigterm_while_it_waits_ends_it(hearse: ServiceProcess) -> None:
    hearse.environment["DATABASE_URL_HEARSE"] = "postgresql://hearse:pw@127.0.0.1:1/hearse"
    hearse.launch()
    until(lambda: answers(hearse), "its health")
    told = health(hearse, "ready")
    assert told[0] == 503 and "refused" in hearse.text() and ":pw@" not in hearse.text()
    hearse.signal(signal.SIGTERM)
    assert hearse.wait(5) == 0


def test_a_migration_without_its_database_says_so_in_one_line() -> None:
    done = run_module(
        ROOT, "chassis.migrate", "hearse", DATABASE_URL_HEARSE="postgresql://hearse:pw@127.0.0.1:1/hearse"
    )
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "refused" in done.stderr, done.stderr
    assert "pw@" not in done.stderr


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://h:pw@127.0.0.1/x", "postgresql://h:pw@127.0.0.1:port/x", "postgresql://h:pw@x/"]
)
def test_an_address_that_is_none_is_named_and_not_repeated(url: str) -> None:
    for module in ("chassis.run", "chassis.migrate"):
        done = run_module(ROOT, module, "hearse", DATABASE_URL_HEARSE=url)
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
        assert "DATABASE_URL_HEARSE" in done.stderr and "pw" not in done.stderr.replace("user:password", "")


def test_a_brokers_address_that_is_none_is_named(tmp_path: Path) -> None:
    given = {"DATABASE_URL_HEARSE": "postgresql://h:pw@x/y", "OIDC_ISSUER": "http://x", "OIDC_JWKS_URL": "http://x"}
    for module, *arguments in (("chassis.run", "hearse"), ("gateway",)):
        done = run_module(ROOT, module, *arguments, **given, AMQP_URI="no:address")
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "AMQP_URI" in done.stderr, done.stderr


def test_a_secret_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "AMQP_URI").write_bytes(b"\xff\xfe")
    (tmp_path / "DATABASE_URL_HEARSE").write_text("postgresql://h:pw@x/y")
    given = {"SECRETS_DIR": str(tmp_path), "OIDC_ISSUER": "http://x", "OIDC_JWKS_URL": "http://x"}
    for module, *arguments in (("chassis.run", "hearse"), ("gateway",)):
        done = run_module(ROOT, module, *arguments, **given)
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
        assert "amqp_uri" in done.stderr.lower()
