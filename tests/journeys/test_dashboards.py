"""What dashboards and alerts ask is there: a real Prometheus scrapes the running suite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.deploy.k8s.overlay import overlay
from tests.journeys.test_call_to_farewell import BASE, UNCONSCIOUS, Story
from tests.support.api import Api
from tests.support.processes import ROOT
from tests.support.prometheus import Prometheus, prometheus
from tests.support.suite import Installation
from tests.support.waiting import until

FOLDER = ROOT / "deploy" / "k8s" / "components" / "monitoring" / "dashboards"
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in FOLDER.glob("*.json")}
GROUPS = overlay("prod").one("PrometheusRule", "kota")["spec"]["groups"]
PERSONAS = {"dispatch", "hearse", "schools", "umkm", "operations"}
LOOKS = {
    "hearse-officer": ["/v1/hearse/bookings"],
    "education-officer": ["/v1/education/schools"],
    "umkm-officer": ["/v1/umkm/businesses", "/v1/umkm/listings", "/v1/umkm/batches"],
}
RED = 'kota_ambulance_dispatch_seconds_count{triage="merah"}'


def queries(dashboard: dict[str, Any]) -> list[tuple[str, str]]:
    """Each panel's title with each of its expressions, as Grafana would send it."""
    return [
        (panel["title"], target["expr"].replace("$__rate_interval", "30s"))
        for panel in dashboard["panels"]
        for target in panel["targets"]
    ]


@pytest.fixture(scope="module")
def watched(running: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Prometheus beside a suite in which something has happened since the first look."""
    suite = running.suite
    targets = {name: urlsplit(suite.health_url(name)).netloc for name in (*suite.services, "gateway")}
    with prometheus(tmp_path_factory.mktemp("prometheus"), targets, GROUPS) as made, running.api() as api:
        until(lambda: made.value("sum(up)") == len(targets), "every process to be scraped", limit=30)
        before = until(lambda: made.query(f"sum({RED})"), "the count of red calls")
        live(api)
        until(lambda: made.value(f"sum({RED})") > float(before[0]["value"][1]), "the red call to be counted", limit=30)
        yield made


def live(api: Api) -> None:
    """A red call gets a unit and is over, and somebody at each desk looks something up."""
    story = Story(api)
    story.call()
    incident = f"incidents/{story.incident_id}"
    assert story.post("dispatcher", f"{incident}/triage", UNCONSCIOUS)["triage"] == "merah"
    advice = api.get("dispatcher", f"{BASE}/{incident}/recommendation")
    sent = story.post("dispatcher", f"{incident}/assignments", {"unit_id": advice["recommended"]})
    story.post("dispatcher", f"assignments/{sent['id']}/release", {"reason": "measured"})
    story.post("dispatcher", f"{incident}/closure", {"outcome": "unfounded"})
    for user, paths in LOOKS.items():
        for path in paths:
            api.get(user, path)


def test_there_is_one_for_each_persona_and_all_are_deployed() -> None:
    assert set(DASHBOARDS) == PERSONAS
    deployed = overlay("prod").one("ConfigMap", "dashboards")
    assert {name: json.loads(text) for name, text in deployed["data"].items()} == {
        f"{name}.json": dashboard for name, dashboard in DASHBOARDS.items()
    }
    assert deployed["metadata"]["labels"] == {"grafana_dashboard": "1"}
    for dashboard in DASHBOARDS.values():
        assert all(panel["title"] and panel["description"] and panel["targets"] for panel in dashboard["panels"])
        places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in dashboard["panels"]]
        assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", sorted(PERSONAS))
def test_each_query_returns_series(name: str, watched: Prometheus) -> None:
    asked = queries(DASHBOARDS[name])

    def empty() -> list[tuple[str, str]]:
        return [(title, expression) for title, expression in asked if not watched.query(expression)]

    with suppress(AssertionError):
        until(lambda: not empty(), "series for each query", limit=10)
    assert empty() == []


def test_the_rules_work_and_every_metric_in_them_exists(watched: Prometheus) -> None:
    until(lambda: all(rule["health"] == "ok" for rule in watched.rules()), "every rule to be worked out", limit=60)
    text = " ".join(rule["expr"] for group in GROUPS for rule in group["rules"])
    names = set(re.findall(r"\bkota_[a-z_]+", text))
    assert names and [name for name in sorted(names) if not watched.query(f"count({name})")] == []


def test_a_query_for_what_nobody_measures_is_seen(watched: Prometheus) -> None:
    assert watched.query("sum(rate(kota_no_such_thing_total[30s]))") == []


def test_metrics_name_nobody(watched: Prometheus, running: Installation) -> None:
    series = watched.query('{__name__=~"kota_.+"}')
    text = json.dumps([one["metric"] for one in series])
    assert len(series) > 100 and not re.search(r"\+62|\b\d{16}\b|[0-9a-f]{8}-[0-9a-f]{4}-", text)
    assert "Uji Coba" not in text
