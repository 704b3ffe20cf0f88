"""What an overlay comes to, with its references followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from deploy.checks.rendering import Manifest, render
from tests.support.processes import ROOT

GENERATED = {"username": "AMQP_MANAGEMENT_USER", "password": "AMQP_MANAGEMENT_PASSWORD"}


@dataclass(frozen=True)
class Overlay:
    """The objects of one overlay."""

    manifests: list[Manifest] = field(repr=False)

    def all(self, *kinds: str) -> list[Manifest]:
        """Objects of these kinds, all without any."""
        return [each for each in self.manifests if not kinds or each["kind"] in kinds]

    def one(self, kind: str, name: str) -> Manifest:
        """The only one."""
        (found,) = [each for each in self.all(kind) if each["metadata"]["name"] == name]
        return found

    def external(self, secret: str) -> dict[str, str]:
        """The keys of a Secret that External Secrets makes, with the property of the store that each comes from."""
        (found,) = [each for each in self.all("ExternalSecret") if each["spec"]["target"]["name"] == secret]
        return {one["secretKey"]: one["remoteRef"]["property"] for one in found["spec"]["data"]}

    def files(self, workload: Manifest) -> dict[str, str]:
        """The files that a container finds in SECRETS_DIR, with the property or `SECRET/KEY` that stands in each."""
        (volume,) = [each for each in pod(workload)["volumes"] if each["name"] == "secrets"]
        if "secret" in volume:
            return self.external(volume["secret"]["secretName"])
        found: dict[str, str] = {}
        for source in volume["projected"]["sources"]:
            secret = source["secret"]
            if "items" in secret:
                found |= {item["path"]: f"{secret['name']}/{item['key']}" for item in secret["items"]}
            else:
                found |= self.external(secret["name"])
        return found

    def environment(self, workload: Manifest) -> dict[str, str]:
        """Of its only container, ConfigMaps looked up."""
        found = {}
        for one in container(workload).get("env", []):
            if "value" in one:
                found[one["name"]] = one["value"]
            else:
                reference = one["valueFrom"]["configMapKeyRef"]
                found[one["name"]] = self.one("ConfigMap", reference["name"])["data"][reference["key"]]
        return found


@cache
def overlay(name: str, root: Path = ROOT) -> Overlay:
    """Rendered once in a run."""
    return Overlay(render(name, root))


def pod(workload: Manifest) -> dict[str, Any]:
    """The pod's own part."""
    return dict(workload["spec"]["template"]["spec"])


def container(workload: Manifest) -> dict[str, Any]:
    """Its only container."""
    (found,) = pod(workload)["containers"]
    return dict(found)


def workloads(of: Overlay) -> Iterator[Manifest]:
    """Everything that runs our images."""
    yield from of.all("Deployment", "Job", "CronJob")
