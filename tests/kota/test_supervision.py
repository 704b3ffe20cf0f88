"""The supervisor's file: each process gets its own secrets only, and values survive the file's syntax."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from chassis.privacy.letter_keys import sealing_key
from kota.environment import process_environment
from kota.errors import OperatorError
from kota.home import Home
from kota.programs import Program, python_programs
from kota.secrets import ensure_secrets
from kota.suite import Suite
from kota.supervisor_file import write_supervisor_file

SERVICES = ("ambulance", "hearse")
OPTIONAL_SHARED = {"PERSON_KEY_SECRET"}


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    home = Home(tmp_path)
    home.create()
    listeners = ("gateway", "issuer", "console", "amqp", "management", "distribution", "epmd")
    names = (*listeners, *(f"{kind}.{service}" for kind in ("health", "direct") for service in SERVICES))
    ports = {name: 40000 + place for place, name in enumerate(names)}
    return Suite(home, SERVICES, ports, ensure_secrets(home.secrets_file, SERVICES), {})


@pytest.mark.parametrize("process", [*SERVICES, "gateway", "issuer", "console"])
def test_a_process_gets_no_secret_of_another(suite: Suite, process: str) -> None:
    values = "\n".join(process_environment(suite, process).values())
    foreign = {
        name
        for name in suite.secrets
        if not name.endswith(f"_{process.upper()}")
        and not name.startswith(f"{process.upper()}_")
        and not (name in OPTIONAL_SHARED and process in SERVICES)
        and not (name.startswith("DIRECT_KEY_") and process == "gateway")
    }
    assert [name for name in foreign if suite.secrets[name] in values] == []


def test_a_service_gets_its_database_broker_user_and_keys(suite: Suite) -> None:
    environment = process_environment(suite, "ambulance")
    assert suite.secrets["POSTGRES_PASSWORD_AMBULANCE"] in environment["DATABASE_URL_AMBULANCE"]
    assert environment["AMQP_URI"].startswith("amqp://ambulance:")
    assert environment["DIRECT_KEY_AMBULANCE"] == suite.secrets["DIRECT_KEY_AMBULANCE"]
    assert environment["FIELD_KEYS_AMBULANCE"] == suite.secrets["FIELD_KEYS_AMBULANCE"]
    assert environment["SEALING_KEY_HEARSE"] == sealing_key(suite.secrets["OPENING_KEYS_HEARSE"])
    assert "OPENING_KEYS_HEARSE" not in environment
    assert "OPENING_KEYS_HEARSE" in process_environment(suite, "hearse")


def test_the_gateway_finds_every_door(suite: Suite) -> None:
    environment = process_environment(suite, "gateway")
    for service in SERVICES:
        port = process_environment(suite, service)["DIRECT_PORT"]
        assert f"{service}=http://127.0.0.1:{port}" in environment["DIRECT_URLS"].split()
        assert environment[f"DIRECT_KEY_{service.upper()}"] == suite.secrets[f"DIRECT_KEY_{service.upper()}"]


def test_given_servers_are_used(suite: Suite) -> None:
    url = "postgresql+psycopg://a:b@db.example/ambulance"
    given = {"DATABASE_URL_AMBULANCE": url, "AMQP_URI": "amqp://x:y@broker.example:5672/city"}
    theirs = Suite(suite.home, SERVICES, suite.ports, suite.secrets, given)
    assert theirs.own_databases == ("hearse",)
    assert theirs.database_url("ambulance") == url
    assert theirs.amqp_uri("hearse") == given["AMQP_URI"]
    provisioned = Suite(
        suite.home, SERVICES, suite.ports, suite.secrets, given | {"AMQP_MANAGEMENT_URL": "http://x:y@broker.example"}
    )
    assert provisioned.amqp_uri("hearse").startswith("amqp://hearse:")
    assert provisioned.amqp_uri("hearse").endswith("@broker.example:5672/city")


def test_the_supervisor_reads_back_what_was_written(suite: Suite) -> None:
    odd = {"ODD": "a%20b,c=d;e# f'g"}
    extra = Program("odd", ["/bin/echo", "two words"], odd, suite.home.root, 1)
    file = write_supervisor_file(suite.home, [*python_programs(suite), extra])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    options = ServerOptions()
    options.realize(["-c", str(file)])
    programs = {p.name: p for group in options.process_group_configs for p in group.process_configs}
    assert set(programs) == {"ambulance", "hearse", "issuer", "gateway", "console", "odd"}
    assert programs["odd"].environment == odd
    assert programs["ambulance"].environment == process_environment(suite, "ambulance")


@pytest.mark.parametrize("value", ['x" ,B="y', "x\ny", "x ;y", "x #y", "x'"])
def test_a_value_that_cannot_be_written_is_refused(suite: Suite, value: str) -> None:
    broken = Program("broken", ["/bin/true"], {"A": value}, suite.home.root, 1)
    with pytest.raises(OperatorError, match="double quote"):
        write_supervisor_file(suite.home, [broken])
