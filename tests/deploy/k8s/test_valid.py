"""Every overlay is valid, and the check can tell what is not."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.checks.linting import dockerfile_findings, findings
from deploy.checks.rendering import NotRendered, overlays, render
from deploy.checks.shapes import operator_schemas, schema_of
from deploy.checks.validating import problems
from tests.deploy.k8s.overlay import Overlay, overlay
from tests.support.processes import ROOT


@pytest.mark.parametrize("name", overlays())
def test_every_overlay_is_valid(name: str) -> None:
    assert problems(overlay(name).manifests) == []


def test_there_are_two() -> None:
    assert overlays() == ["dev", "prod"]


def broken(kind: str, change: Callable[[Any], None]) -> list[str]:
    """The problems after a change of the first object of a kind."""
    manifests = copy.deepcopy(overlay("prod").manifests)
    change(Overlay(manifests).all(kind)[0])
    return problems(manifests)


@pytest.mark.parametrize(
    "kind", sorted({each["kind"] for each in overlay("prod").manifests} - {"ConfigMap", "Namespace"})
)
def test_an_unknown_field_of_any_kind_is_refused(kind: str) -> None:
    part = "secrets" if kind == "ServiceAccount" else "spec"

    def misspell(manifest: Any) -> None:
        manifest[part] = {**manifest[part], "replicaz": 1} if part == "spec" else [{"nam": "x"}]

    assert len(broken(kind, misspell)) == 1


def test_a_field_misspelt_deep_down_is_refused() -> None:
    def container(manifest: Any) -> None:
        manifest["spec"]["template"]["spec"]["containers"][0]["readinesProbe"] = {}

    assert "readinesProbe" in broken("Deployment", container)[0]

    def trigger(manifest: Any) -> None:
        manifest["spec"]["triggers"][0]["metadata"]["queuName"] = "x"

    assert "queuName" in broken("ScaledObject", trigger)[0]


def test_an_unknown_kind_is_refused() -> None:
    for version, kind in (("apps/v1", "Deploymnt"), ("keda.sh/v1alpha1", "ScaledObjekt"), ("apps/v9", "Deployment")):

        def rename(manifest: Any, version: str = version, kind: str = kind) -> None:
            manifest["apiVersion"], manifest["kind"] = version, kind

        assert "no such kind" in broken("Deployment", rename)[0]


def test_backups_as_they_were_before_the_plugin_are_refused() -> None:
    def in_tree(manifest: Any) -> None:
        manifest["spec"]["backup"] = {"barmanObjectStore": {"destinationPath": "s3://x/"}}

    assert "backup" in broken("Cluster", in_tree)[0]


def test_what_stands_twice_is_told() -> None:
    manifests = overlay("prod").manifests
    assert problems([*manifests, manifests[0]]) == [f"Namespace -/{manifests[0]['metadata']['name']}: stands 2 times"]


def test_every_shape_is_used_and_no_shape_is_malformed() -> None:
    used = {(each["apiVersion"], each["kind"]) for name in overlays() for each in overlay(name).manifests}
    assert set(operator_schemas()) <= used
    with pytest.raises(ValueError, match="no shape"):
        schema_of({"field": "strin"})


def test_a_kustomization_that_does_not_render_says_why(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy" / "k8s", tmp_path / "deploy" / "k8s")
    (tmp_path / "deploy" / "k8s" / "base" / "hearse" / "kustomization.yaml").unlink()
    with pytest.raises(NotRendered, match="hearse"):
        render("prod", tmp_path)


def test_the_linter_sees_what_is_unsafe(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "deploy" / "k8s", tmp_path / "deploy" / "k8s")
    file = tmp_path / "deploy" / "k8s" / "parts" / "service" / "deployment.yaml"
    file.write_text(file.read_text().replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"))
    assert "CKV_K8S_22" in findings("prod", tmp_path)
    recipe = (ROOT / "Dockerfile").read_text().replace("USER 10001:10001", "USER root")
    (tmp_path / "Dockerfile").write_text(recipe)
    assert "CKV_DOCKER_8" in dockerfile_findings(tmp_path)


def test_everything_silenced_has_its_reason_and_nothing_is_silenced_in_place() -> None:
    lines = (ROOT / "deploy" / "checks" / "linter.yaml").read_text().splitlines()
    silenced = [number for number, line in enumerate(lines) if "- CKV" in line]
    assert silenced
    for number in silenced:
        before = lines[number - 1].strip()
        assert before.startswith("#") or before.startswith("- CKV"), lines[number]
    for file in (ROOT / "deploy").rglob("*.yaml"):
        assert "checkov" not in file.read_text().lower() or file.name == "linter.yaml", file
