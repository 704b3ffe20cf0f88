"""Names, ports, variables, secrets and commands in the manifests equal the code's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from chassis.broker import ServiceQueues
from chassis.settings import DRAIN_SECONDS
from chassis.telemetry import HANDLING_SECONDS, REQUESTS_WAITING
from console.desks import DESKS
from console.settings import Settings as ConsoleSettings
from deploy.checks.rendering import overlays
from gateway.routes import ROUTES
from gateway.server import SHUTDOWN_SECONDS
from gateway.settings import Settings as GatewaySettings
from gateway.uploads import FORM_BYTES
from kota.engines.definitions import VHOST
from kota.parts import OPERATOR, all_parts
from kota.provisioning.broker import broker_users
from tests.deploy.k8s.overlay import container, overlay, pod, workloads
from tests.deploy.settings.drawn import SERVICES, drawn, secrets_of
from tests.deploy.settings.reading import MIGRATION, code_of, refusal

OURS = (*SERVICES, "gateway", "console")
PROD = overlay("prod")
each_part = pytest.mark.parametrize("name", OURS)
each_service = pytest.mark.parametrize("name", SERVICES)
DATABASE = "postgresql://{0}:pw@{0}-database-rw.kota:5432/{0}"


def contents(workload: Any, folder: Path) -> dict[str, str]:
    """The files that a container would find, as the store and the operators would fill them."""
    store = drawn(folder)
    filled = {}
    for name, source in PROD.files(workload).items():
        secret, _, key = source.partition("/")
        filled[name] = DATABASE.format(secret.removesuffix("-database-app")) if key == "uri" else store.get(source, key)
    return filled


@each_part
def test_each_process_would_start_in_production(name: str, tmp_path: Path) -> None:
    workload = PROD.one("Deployment", name)
    environment = PROD.environment(workload)
    assert environment["KOTA_ENV"] == "production"
    assert refusal(code_of(name), name, environment, contents(workload, tmp_path / "drawn"), tmp_path / "all") == ""


@each_part
def test_the_other_overlays_give_the_same_but_for_addresses(name: str) -> None:
    ours = PROD.one("Deployment", name)
    for other in (overlay(each) for each in overlays()):
        theirs = other.one("Deployment", name)
        assert other.files(theirs) == PROD.files(ours)
        pairs = zip(sorted(other.environment(theirs).items()), sorted(PROD.environment(ours).items()), strict=True)
        for (variable, value), (expected, theirs_value) in pairs:
            assert variable == expected and (value == theirs_value or value.startswith("https://")), variable


@each_part
def test_each_process_gets_its_own_secrets_and_no_others(name: str, tmp_path: Path) -> None:
    files = PROD.files(PROD.one("Deployment", name))
    assert set(files) == secrets_of(name, tmp_path)
    for file, source in files.items():
        own = {f"AMQP_URI_{name.upper()}", f"{name}-database-app/uri", "PERSON_KEY_SECRET"}
        assert source in own or source == file, f"{name}: {file} comes from {source}"
        shared = (
            "AMQP_URI",
            "PERSON_KEY",
            "SEALING_KEY_",
            "CONSOLE_",
            *(("DIRECT_KEY_",) if name == "gateway" else ()),
        )
        assert file.endswith(f"_{name.upper()}") or file.startswith(shared), file


@each_part
def test_a_missing_secret_is_named(name: str, tmp_path: Path) -> None:
    workload = PROD.one("Deployment", name)
    files = contents(workload, tmp_path / "drawn")
    missing = "CONSOLE_SESSION_KEYS" if name == "console" else "AMQP_URI"
    del files[missing]
    assert missing in refusal(code_of(name), name, PROD.environment(workload), files, tmp_path / "some")


@each_service
def test_each_migration_runs_the_image_and_the_secrets_of_its_service(name: str, tmp_path: Path) -> None:
    job, service = PROD.one("Job", f"{name}-migration"), PROD.one("Deployment", name)
    assert container(job)["image"] == container(service)["image"] and container(job)["args"] == ["migrate"]
    files = contents(job, tmp_path / "drawn")
    assert refusal(MIGRATION, name, PROD.environment(job), files, tmp_path / "all") == ""
    assert "migrate) exec" in Path("deploy/image/build.sh").read_text()


def test_every_secret_of_the_store_is_drawn_or_is_the_citys(tmp_path: Path) -> None:
    """What `kota provision secrets` does not draw is what only the city can know."""
    wanted = {one["remoteRef"]["property"] for each in PROD.all("ExternalSecret") for one in each["spec"]["data"]}
    assert wanted - set(drawn(tmp_path / "drawn")) == {"BACKUP_ACCESS_KEY_ID", "BACKUP_SECRET_ACCESS_KEY"}
    assert {each["spec"]["secretStoreRef"]["name"] for each in PROD.all("ExternalSecret")} == {"kota"}


def test_every_referenced_object_is_there() -> None:
    for workload in workloads(PROD):
        for volume in pod(workload)["volumes"]:
            if "persistentVolumeClaim" in volume:
                PROD.one("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"])
        PROD.one("ServiceAccount", pod(workload)["serviceAccountName"])
        databases = [source for source in PROD.files(workload).values() if source.endswith("-database-app/uri")]
        for source in databases:
            PROD.one("Cluster", source.removesuffix("-app/uri"))


def test_every_part_is_deployed_from_an_image_of_its_name() -> None:
    images = {container(each)["image"].rpartition(":")[0].rpartition("/")[2] for each in workloads(PROD)}
    assert images == set(all_parts())
    assert {each["metadata"]["name"] for each in PROD.all("Deployment")} == {*OURS, "tools"}


@each_service
def test_ports_are_those_that_the_process_listens_on(name: str) -> None:
    deployment = PROD.one("Deployment", name)
    environment, one = PROD.environment(deployment), container(deployment)
    listens = [int(environment["HEALTH_PORT"]), int(environment["DIRECT_PORT"])]
    assert [port["containerPort"] for port in one["ports"]] == listens
    assert environment["HEALTH_HOST"] == environment["DIRECT_HOST"] == "0.0.0.0"


@each_service
def test_the_gateway_finds_the_door_of_each_service(name: str) -> None:
    environment = PROD.environment(PROD.one("Deployment", "gateway"))
    offered = PROD.one("Service", name)["spec"]
    port = offered["ports"][0]
    assert environment["DIRECT_URLS"].format(service=name) == f"http://{name}:{port['port']}"
    ports = {each["name"]: each["containerPort"] for each in container(PROD.one("Deployment", name))["ports"]}
    assert ports[port["targetPort"]] == port["port"]
    labels = PROD.one("Deployment", name)["spec"]["template"]["metadata"]["labels"]
    assert offered["selector"].items() <= labels.items()


@pytest.mark.parametrize("name", ["gateway", "console"])
def test_the_ports_of_those_at_the_edge_too(name: str) -> None:
    deployment = PROD.one("Deployment", name)
    environment, one = PROD.environment(deployment), container(deployment)
    assert [port["containerPort"] for port in one["ports"]] == [int(environment[f"{name.upper()}_PORT"])]
    assert PROD.one("Service", name)["spec"]["ports"][0]["targetPort"] == one["ports"][0]["name"]


def test_every_variable_is_one_that_the_code_reads(tmp_path: Path) -> None:
    from chassis.settings import Settings
    from tests.deploy.settings.drawn import read_by

    general = {field.alias for field in Settings.model_fields.values()} | {"SECRETS_DIR"}
    for name in SERVICES:
        assert set(PROD.environment(PROD.one("Deployment", name))) <= general | read_by(name, tmp_path), name
    of_gateway = {field.alias for field in GatewaySettings.model_fields.values()} | {"SECRETS_DIR", "STORAGE_URL"}
    assert set(PROD.environment(PROD.one("Deployment", "gateway"))) <= of_gateway
    of_console = {field.alias for field in ConsoleSettings.model_fields.values()} | {"SECRETS_DIR"}
    assert set(PROD.environment(PROD.one("Deployment", "console"))) <= of_console


def test_the_topology_job_is_the_command_that_is_tested_against_make_up() -> None:
    job = PROD.one("Job", "topology")
    assert container(job)["args"] == ["python3", "-m", OPERATOR, "provision", "broker"]
    files = PROD.files(job)
    administrator = {"AMQP_MANAGEMENT_USER", "AMQP_MANAGEMENT_PASSWORD"}
    assert set(files) == administrator | {f"AMQP_PASSWORD_{user.upper()}" for user in broker_users()}
    assert {files[name] for name in administrator} == {
        "rabbitmq-default-user/username",
        "rabbitmq-default-user/password",
    }
    assert PROD.environment(job)["AMQP_MANAGEMENT_URL"] == "http://rabbitmq:15672"
    assert f"default_vhost = {VHOST}" in PROD.one("RabbitmqCluster", "rabbitmq")["spec"]["rabbitmq"]["additionalConfig"]


@each_service
def test_the_autoscaler_counts_what_exists(name: str) -> None:
    triggers = PROD.one("ScaledObject", name)["spec"]["triggers"]
    queues = [each["metadata"]["queueName"] for each in triggers if each["type"] == "rabbitmq"]
    assert queues == [ServiceQueues(name).events]
    assert {each["metadata"]["vhostName"] for each in triggers if each["type"] == "rabbitmq"} == {VHOST}
    waiting, age = [each["metadata"]["query"] for each in triggers if each["type"] == "prometheus"]
    assert age.count(f"{{part='{name}'}}") == 2 and waiting.count(f"{{part='{name}'}}") == 1
    ours = {metric.describe()[0].name for metric in (HANDLING_SECONDS, REQUESTS_WAITING)}
    assert set(re.findall(r"kota_\w+?(?=_sum|_count|{)", waiting + age)) == ours


def test_the_route_reaches_every_address_for_the_city_and_nothing_else() -> None:
    matches = PROD.one("HTTPRoute", "kota")["spec"]["rules"][0]["matches"]
    prefixes = [each["path"]["value"] for each in matches]
    assert all(any(route.path.startswith(prefix) for prefix in prefixes) for route in ROUTES)
    assert not any("/metrics".startswith(prefix) or "/health".startswith(prefix) for prefix in prefixes)


def test_the_consoles_route_reaches_every_page_and_nothing_else() -> None:
    matches = PROD.one("HTTPRoute", "console")["spec"]["rules"][0]["matches"]
    prefixes = [each["path"]["value"] for each in matches if each["path"]["type"] == "PathPrefix"]
    common = {"/masuk", "/keluar", "/bahasa", "/kabar", "/berkas"}
    assert set(prefixes) == common | {desk.path for desk in DESKS}


def test_the_proxys_limit_lets_the_largest_upload_through_and_little_more() -> None:
    text = PROD.one("ClientSettingsPolicy", "kota")["spec"]["body"]["maxSize"]
    limit, largest = int(text.removesuffix("m")) * 1024 * 1024, max(route.body_limit for route in ROUTES) + FORM_BYTES
    assert largest <= limit <= largest * 1.1


def test_nobody_is_cut_off_in_the_middle_of_his_work() -> None:
    for name in SERVICES:
        assert pod(PROD.one("Deployment", name))["terminationGracePeriodSeconds"] > DRAIN_SECONDS
    for name in ("gateway", "console"):
        at_the_edge = PROD.one("Deployment", name)
        pause = container(at_the_edge)["lifecycle"]["preStop"]["sleep"]["seconds"]
        assert pod(at_the_edge)["terminationGracePeriodSeconds"] > SHUTDOWN_SECONDS + pause
