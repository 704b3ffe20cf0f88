"""compose.yaml against the code: each process would start with just what it is given, and is given nothing more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.settings import DRAIN_SECONDS
from console.__main__ import SHUTDOWN_SECONDS as CONSOLE_SHUTDOWN_SECONDS
from gateway.server import SHUTDOWN_SECONDS
from kota.provisioning.broker import broker_users
from tests.deploy.settings.drawn import SERVICES, drawn, secrets_of
from tests.deploy.settings.reading import MIGRATION, code_of, refusal
from tests.support.processes import ROOT

FILE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = FILE["services"]
OURS = (*SERVICES, "gateway", "console")
ONCE = ("provision-broker", "provision-databases", *(f"migrate-{name}" for name in SERVICES))
KEYS = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "hostname", "image", "networks",
    "ports", "read_only", "restart", "secrets", "security_opt", "shm_size", "stop_grace_period", "stop_signal",
    "tmpfs", "volumes",
}  # fmt: skip


def environment(name: str) -> dict[str, str]:
    """With what the operator sets in .env."""
    filled: dict[str, str] = {}
    for variable, text in CONTAINERS[name]["environment"].items():
        known = re.sub(r"\$\{[A-Z_]+:\?[^}]*\}", "https://example.go.id/x", text)
        filled[variable] = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", known)
    return filled


def mounted(name: str) -> dict[str, str]:
    """The names of files that the container finds, with the names of what stands in them."""
    listed = [{"source": one} if isinstance(one, str) else one for one in CONTAINERS[name].get("secrets", [])]
    return {one.get("target", one["source"]): one["source"] for one in listed}


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


def test_it_holds_every_process_and_no_unknown_key() -> None:
    assert set(CONTAINERS) == {"postgres", "rabbitmq", *ONCE, *OURS}
    for name, container in CONTAINERS.items():
        assert set(container) <= KEYS, name


@pytest.mark.parametrize("name", OURS)
def test_each_process_would_start_in_production(name: str, tmp_path: Path) -> None:
    secrets = drawn(tmp_path / "drawn")
    files = {target: secrets[source] for target, source in mounted(name).items()}
    assert refusal(code_of(name), name, environment(name), files, tmp_path / "all") == ""
    assert environment(name)["KOTA_ENV"] == "production"


@pytest.mark.parametrize("name", OURS)
def test_each_process_gets_its_own_secrets_and_no_others(name: str, tmp_path: Path) -> None:
    assert set(mounted(name)) == secrets_of(name, tmp_path)
    if name not in ("gateway", "console"):
        for target, source in mounted(name).items():
            own = source.endswith(f"_{name.upper()}") or source == "PERSON_KEY_SECRET" or source.startswith("SEALING_")
            assert own, f"{name} is given {source} as {target}"


@pytest.mark.parametrize("name", SERVICES)
def test_each_migration_has_what_it_needs(name: str, tmp_path: Path) -> None:
    secrets = drawn(tmp_path / "drawn")
    once = f"migrate-{name}"
    files = {target: secrets[source] for target, source in mounted(once).items()}
    assert refusal(MIGRATION, name, environment(once), files, tmp_path / "all") == ""
    assert CONTAINERS[once]["command"] == ["python3", "-m", "chassis.migrate", name]
    assert CONTAINERS[once]["image"] == CONTAINERS[name]["image"]


def test_provisioning_is_given_every_password(tmp_path: Path) -> None:
    users = {f"AMQP_PASSWORD_{user.upper()}" for user in broker_users()}
    assert set(mounted("provision-broker")) == users | {"AMQP_MANAGEMENT_URL"}
    roles = {f"POSTGRES_PASSWORD_{name.upper()}" for name in SERVICES}
    assert set(mounted("provision-databases")) == roles | {"POSTGRES_URL"}


def test_every_secret_is_drawn_and_used(tmp_path: Path) -> None:
    declared = {name: one["file"] for name, one in FILE["secrets"].items()}
    assert set(declared) <= set(drawn(tmp_path / "drawn"))
    assert all(file == f"./.local/secrets/{name}" for name, file in declared.items())
    used = {source for name in CONTAINERS for source in mounted(name).values()}
    assert used == set(declared)


def test_nothing_starts_before_what_it_needs() -> None:
    done, healthy = "service_completed_successfully", "service_healthy"

    def waits(name: str) -> dict[str, str]:
        return {other: how["condition"] for other, how in CONTAINERS[name].get("depends_on", {}).items()}

    assert waits("provision-broker") == {"rabbitmq": healthy} and waits("provision-databases") == {"postgres": healthy}
    for name in SERVICES:
        assert waits(f"migrate-{name}") == {"provision-databases": done}
        assert waits(name) == {f"migrate-{name}": done, "provision-broker": done}
    assert waits("gateway") == {"provision-broker": done}
    assert waits("console") == {}  # while the gateway is away, it shows what it can
    assert all("healthcheck" in CONTAINERS[name] for name in ("postgres", "rabbitmq", *OURS))


def test_containers_are_closed(tmp_path: Path) -> None:
    for name in (*OURS, *ONCE):
        container = CONTAINERS[name]
        assert container["read_only"] is True and container["cap_drop"] == ["ALL"], name
    assert all("no-new-privileges:true" in container["security_opt"] for container in CONTAINERS.values())
    assert [name for name, one in CONTAINERS.items() if "ports" in one] == ["gateway", "console"]
    assert all(CONTAINERS[name]["ports"][0].startswith("127.0.0.1:") for name in ("gateway", "console"))
    assert FILE["networks"]["inside"] == {"internal": True}
    assert [name for name, one in CONTAINERS.items() if "outside" in one["networks"]] == ["gateway", "console"]
    assert all("@sha256:" in CONTAINERS[name]["image"] for name in ("postgres", "rabbitmq"))


def test_nobody_is_cut_off_in_the_middle_of_his_work() -> None:
    for name in SERVICES:
        assert seconds(CONTAINERS[name]["stop_grace_period"]) > DRAIN_SECONDS
    assert seconds(CONTAINERS["gateway"]["stop_grace_period"]) > SHUTDOWN_SECONDS
    assert seconds(CONTAINERS["console"]["stop_grace_period"]) > CONSOLE_SHUTDOWN_SECONDS
