"""Losing a pod, a node or a zone loses no service; nobody is taken away before his successor is there."""

from __future__ import annotations

import pytest

from tests.deploy.k8s.overlay import container, overlay, pod, workloads
from tests.deploy.settings.drawn import SERVICES

PROD = overlay("prod")
SERVERS = (*SERVICES, "gateway", "console")


@pytest.mark.parametrize("name", SERVERS)
def test_alive_is_asked_for_elsewhere_than_ready(name: str) -> None:
    one = container(PROD.one("Deployment", name))
    paths = {probe: one[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {
        "startupProbe": "/health/live", "livenessProbe": "/health/live", "readinessProbe": "/health/ready",
    }  # fmt: skip
    assert all(one[probe]["httpGet"]["port"] == one["ports"][0]["name"] for probe in paths)


@pytest.mark.parametrize("name", SERVERS)
def test_a_roll_out_never_has_fewer(name: str) -> None:
    deployment = PROD.one("Deployment", name)
    assert deployment["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    budget = PROD.one("PodDisruptionBudget", name)["spec"]
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"] == deployment["spec"]["selector"]["matchLabels"]
    labels = deployment["spec"]["template"]["metadata"]["labels"].items()
    assert deployment["spec"]["selector"]["matchLabels"].items() <= labels
    spread = pod(deployment)["topologySpreadConstraints"]
    assert [each["topologyKey"] for each in spread] == ["kubernetes.io/hostname", "topology.kubernetes.io/zone"]
    assert all(each["labelSelector"]["matchLabels"].items() <= labels for each in spread)


def test_the_autoscaler_alone_decides_how_many() -> None:
    for name in SERVICES:
        scaled = PROD.one("ScaledObject", name)
        assert scaled["spec"]["scaleTargetRef"] == {"name": name}
        assert "replicas" not in PROD.one("Deployment", name)["spec"], "an apply would set it back"
        assert scaled["spec"]["minReplicaCount"] >= 2
        assert scaled["spec"]["fallback"]["replicas"] >= scaled["spec"]["minReplicaCount"]
    assert PROD.one("ScaledObject", "ambulance")["spec"]["minReplicaCount"] == 3
    assert all(PROD.one("Deployment", name)["spec"]["replicas"] >= 2 for name in ("gateway", "console"))


def test_everything_of_ours_has_requests_limits_and_a_closed_container() -> None:
    for workload in workloads(PROD):
        one, whole = container(workload), pod(workload)
        assert set(one["resources"]) == {"requests", "limits"}, workload["metadata"]["name"]
        assert one["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }  # fmt: skip
        assert whole["securityContext"]["runAsNonRoot"] and whole["automountServiceAccountToken"] is False
        assert whole["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    labels = PROD.one("Namespace", "kota")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_the_broker_has_three_nodes_of_a_version_that_is_tested_on_machines_of_their_own() -> None:
    from chassis.supported import rabbitmq_refusal

    broker = PROD.one("RabbitmqCluster", "rabbitmq")["spec"]
    assert broker["replicas"] == 3
    version = broker["image"].partition(":")[2].partition("-")[0]
    assert version.startswith("4.") and rabbitmq_refusal(version) == ""
    spread = broker["override"]["statefulSet"]["spec"]["template"]["spec"]["topologySpreadConstraints"]
    assert spread[0]["topologyKey"] == "kubernetes.io/hostname" and spread[0]["whenUnsatisfiable"] == "DoNotSchedule"


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_three_databases_and_a_backup_every_day(name: str) -> None:
    cluster = PROD.one("Cluster", f"{name}-database")["spec"]
    assert cluster["instances"] == 3 and cluster["postgresql"]["synchronous"]["number"] == 1
    assert cluster["bootstrap"]["initdb"] == {"database": name, "owner": name}
    (plugin,) = cluster["plugins"]
    assert plugin["isWALArchiver"] is True
    store = PROD.one("ObjectStore", plugin["parameters"]["barmanObjectName"])["spec"]
    assert store["configuration"]["destinationPath"].startswith("s3://") and store["retentionPolicy"] == "30d"
    backup = PROD.one("ScheduledBackup", f"{name}-database")["spec"]
    assert backup["cluster"] == {"name": f"{name}-database"} and backup["method"] == "plugin"
    assert backup["pluginConfiguration"]["name"] == plugin["name"] and len(backup["schedule"].split()) == 6


def test_the_small_one_needs_one_of_each_and_no_object_store() -> None:
    dev = overlay("dev")
    assert {each["spec"]["replicas"] for each in dev.all("Deployment", "RabbitmqCluster")} == {1}
    assert {each["spec"]["instances"] for each in dev.all("Cluster")} == {1}
    assert not dev.all("ScheduledBackup", "ObjectStore", "ScaledObject", "PrometheusRule")
    assert all("plugins" not in each["spec"] for each in dev.all("Cluster"))
