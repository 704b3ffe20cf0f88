"""A fifth service, made by the steps that docs/deploying.md gives, word for word."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.checks.rendering import overlays, render
from deploy.checks.validating import problems
from tests.deploy.k8s.overlay import Overlay
from tests.support.processes import ROOT

KINDS = ("Deployment", "Job", "PodDisruptionBudget", "ServiceAccount", "Cluster", "ExternalSecret", "NetworkPolicy")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which the commands of the page were run."""
    root = tmp_path_factory.mktemp("fifth")
    shutil.copytree(ROOT / "deploy" / "k8s", root / "deploy" / "k8s")
    page = (ROOT / "docs" / "deploying.md").read_text().partition("## Adding a service")[2]
    commands = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert len(commands) == 1
    done = subprocess.run(
        ["sh", "-eu", "-c", commands[0]], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return root


@pytest.mark.parametrize("name", overlays())
def test_it_renders_and_is_valid(name: str, checkout: Path) -> None:
    manifests = render(name, checkout)
    assert problems(manifests) == []
    of = Overlay(manifests)
    fire = [each for each in of.all() if re.match(r"fire\b", each["metadata"]["name"])]
    hearse = [each for each in of.all() if re.match(r"hearse\b", each["metadata"]["name"])]
    assert {each["kind"] for each in fire} >= set(KINDS) and len(fire) == len(hearse)
    assert "hearse" not in yaml.safe_dump(fire).lower()
    assert yaml.safe_dump(fire) == yaml.safe_dump(hearse).replace("hearse", "fire").replace("HEARSE", "FIRE")
    assert "AMQP_PASSWORD_FIRE" in of.external("broker-passwords")


def test_the_others_are_as_before(checkout: Path) -> None:
    before = {str(each) for each in render("prod")}
    after = {str(each) for each in render("prod", checkout)}
    changed = {each for each in before - after}
    assert len(changed) == 2
    assert all("broker-passwords" in each or "gateway-secrets" in each for each in changed)
