"""A node starts with the settings that the cluster's nodes get: one that it does not know, and it would not boot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kota.engines import build_definitions, rabbitmq_files, rabbitmq_node
from kota.engines.rabbitmq_programs import find_programs, version_of
from tests.deploy.k8s.overlay import overlay


def test_a_node_boots_with_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of(find_programs())
    if int(version.partition(".")[0]) < 4:
        pytest.skip(f"the cluster runs 4.0, and this machine has {version}, which knows fewer settings")
    added = overlay("prod").one("RabbitmqCluster", "rabbitmq")["spec"]["rabbitmq"]["additionalConfig"]
    monkeypatch.setattr(rabbitmq_files, "CONFIGURATION", rabbitmq_files.CONFIGURATION + added)
    passwords = {"admin": "pw"}
    with rabbitmq_node(folder / "cluster-settings", build_definitions({}, passwords), passwords) as node:
        assert node.is_ready()
        assert "cluster_partition_handling = pause_minority" in (node.folder / "rabbitmq.conf").read_text()
