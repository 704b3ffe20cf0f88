"""The alerts, by promtool: each with a case where it fires and one where it must not, and each with a runbook."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from chassis.telemetry import metrics
from deploy.checks.rendering import tool
from tests.deploy.k8s.overlay import overlay
from tests.deploy.settings.drawn import SERVICES
from tests.support.processes import ROOT

HERE = Path(__file__).parent
FILES = ("alerts.yaml", "alerts_of_days.yaml")
GROUPS: list[dict[str, Any]] = overlay("prod").one("PrometheusRule", "kota")["spec"]["groups"]
ALERTS = {rule["alert"]: rule for group in GROUPS for rule in group["rules"] if "alert" in rule}
SECONDS = 60


def written(folder: Path, groups: list[dict[str, Any]]) -> Path:
    """The rules as Prometheus reads them."""
    file = folder / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": groups}))
    return file


def promtool(*arguments: str) -> str:
    """Empty when it is content."""
    done = subprocess.run([tool("promtool"), *arguments], capture_output=True, text=True, timeout=SECONDS, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("name", FILES)
def test_they_fire_when_they_must_and_only_then(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text((HERE / name).read_text())
    # As one group: a ratio is recorded before it is asked for, and not every 30 s of three days.
    written(tmp_path, [{"name": "all", "rules": [rule for group in GROUPS for rule in group["rules"]]}])
    assert promtool("test", "rules", str(file)) == ""


def test_the_rules_are_well_formed_and_linted(tmp_path: Path) -> None:
    assert promtool("check", "rules", "--lint=all", "--lint-fatal", str(written(tmp_path, GROUPS))) == ""


def test_each_is_tested_both_ways() -> None:
    cases = [
        case
        for name in FILES
        for test in yaml.safe_load((HERE / name).read_text())["tests"]
        for case in test["alert_rule_test"]
    ]
    fired = {case["alertname"] for case in cases if case["exp_alerts"]}
    silent = {case["alertname"] for case in cases if not case["exp_alerts"]}
    assert fired == set(ALERTS) and silent == set(ALERTS)


def test_a_rule_that_is_wrong_is_seen(tmp_path: Path) -> None:
    changed = yaml.safe_load(yaml.safe_dump(GROUPS).replace("> 180", "> 18000"))
    (tmp_path / "alerts.yaml").write_text((HERE / "alerts.yaml").read_text())
    written(tmp_path, changed)
    assert "RedCallWaits" in promtool("test", "rules", str(tmp_path / "alerts.yaml"))


def test_each_has_its_section_in_the_runbook() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    sections = dict(re.findall(r"^### (\w+)\n+(.+?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(ALERTS) <= set(sections)
    for name, rule in ALERTS.items():
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{name.lower()}"
        assert rule["labels"]["severity"] in {"page", "ticket"} and len(sections[name]) > 150, name
    alerts_described = {name for name in sections if re.fullmatch(r"(?:[A-Z][a-z]+){1,4}", name)}
    assert alerts_described == set(ALERTS)


def test_every_part_would_be_missed() -> None:
    for part in (*SERVICES, "gateway"):
        assert f'up{{part="{part}"}}' in ALERTS["PartDown"]["expr"]


def test_the_limits_of_the_objectives_are_buckets_of_the_histograms() -> None:
    """A `le` that no bucket has gives no series: the alert would never fire, in silence."""
    from services.ambulance.handlers.measures import DISPATCH_SECONDS

    text = yaml.safe_dump(GROUPS)
    assert set(re.findall(r'event_lag_seconds_bucket\{le="([\d.]+)"', text)) == {"5.0"} and 5 in metrics.SECONDS
    assert set(re.findall(r'triage="merah",le="([\d.]+)"', text)) == {"120.0"}
    assert 120.0 in DISPATCH_SECONDS._upper_bounds or 120.0 in DISPATCH_SECONDS._kwargs["buckets"]
