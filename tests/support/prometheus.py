"""A real Prometheus that scrapes a running suite, as the cluster's would."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from deploy.checks.rendering import tool
from kota.health import plain_client
from kota.ports import any_free_port

from .run.folder import mark
from .waiting import until


@dataclass(frozen=True)
class Prometheus:
    """Its address."""

    url: str

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The series of an instant query; an expression that it refuses fails."""
        reply = plain_client().get(f"{self.url}/api/v1/query", params={"query": expression}, timeout=10)
        assert reply.status_code == 200, f"{expression}: {reply.text}"
        return list(reply.json()["data"]["result"])

    def value(self, expression: str) -> float:
        """Of its only series; 0 if there is none."""
        found = self.query(expression)
        return float(found[0]["value"][1]) if found else 0.0

    def rules(self) -> list[dict[str, Any]]:
        """Every rule with its health."""
        groups = plain_client().get(f"{self.url}/api/v1/rules", timeout=10).json()["data"]["groups"]
        return [rule for group in groups for rule in group["rules"]]

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return plain_client().get(f"{self.url}/-/ready", timeout=2).status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def prometheus(folder: Path, targets: dict[str, str], rules: list[dict[str, Any]]) -> Iterator[Prometheus]:
    """Scrapes `targets` (part → host:port) every second, and works out the rules."""
    (folder / "rules.yaml").write_text(yaml.safe_dump({"groups": rules}))
    scraped = [{"targets": [address], "labels": {"part": part, "pod": part}} for part, address in targets.items()]
    settings = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yaml"],
        "scrape_configs": [{"job_name": "kota", "static_configs": scraped}],
    }
    (folder / "prometheus.yaml").write_text(yaml.safe_dump(settings))
    address = f"127.0.0.1:{any_free_port()}"
    command = [
        tool("prometheus"),
        f"--config.file={folder / 'prometheus.yaml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={address}",
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={"PATH": os.environ["PATH"], **mark()})
    try:
        made = Prometheus(f"http://{address}")
        until(made.is_up, "Prometheus to be ready", limit=30)
        yield made
    finally:
        process.terminate()
        process.wait(20)
