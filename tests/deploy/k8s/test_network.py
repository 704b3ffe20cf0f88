"""Who may speak with whom, worked out of the policies: exactly the paths of the picture, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.deploy.k8s.overlay import overlay, workloads
from tests.deploy.settings.drawn import SERVICES

PROD = overlay("prod")
Labels = dict[str, str]


def pods() -> dict[str, Labels]:
    """Everything in the namespace by a short name: ours by their own labels, the operators' by those that they set."""
    found = {}
    for workload in workloads(PROD):
        found[workload["metadata"]["name"]] = workload["spec"]["template"]["metadata"]["labels"]
    for cluster in PROD.all("Cluster"):
        found[cluster["metadata"]["name"]] = {"cnpg.io/cluster": cluster["metadata"]["name"]}
    found["rabbitmq"] = {"app.kubernetes.io/name": "rabbitmq", "app.kubernetes.io/component": "rabbitmq"}
    return found


def matches(selector: dict[str, Any], labels: Labels) -> bool:
    wanted = selector.get("matchLabels", {}).items() <= labels.items()
    for one in selector.get("matchExpressions", []):
        value = labels.get(one["key"])
        wanted = wanted and (value in one["values"] if one["operator"] == "In" else value is not None)
    return wanted


def peers(one: dict[str, Any]) -> Iterator[str]:
    """The names behind one entry of `from` or `to`."""
    if "ipBlock" in one:
        yield "the world"
    elif "namespaceSelector" in one:
        yield one["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
    else:
        yield from (name for name, labels in pods().items() if matches(one["podSelector"], labels))


def allowed(direction: str, key: str) -> set[tuple[str, str, int]]:
    """(of whom, peer, port) that some policy lets through in one direction."""
    found = set()
    for policy in PROD.all("NetworkPolicy"):
        for name, labels in pods().items():
            if not matches(policy["spec"]["podSelector"], labels):
                continue
            for rule in policy["spec"].get(direction, []):
                for peer in (name for one in rule[key] for name in peers(one)):
                    found |= {(name, peer, port["port"]) for port in rule["ports"]}
    return found


def both_agree() -> set[tuple[str, str, int]]:
    """(from, to, port) inside the namespace, where one side may send and the other may take."""
    sent = allowed("egress", "to")
    return {
        (sender, taker, port) for taker, sender, port in allowed("ingress", "from") if (sender, taker, port) in sent
    }


def test_inside_exactly_the_paths_of_the_picture() -> None:
    expected: set[tuple[str, str, int]] = {("gateway", "rabbitmq", 5672), ("tools", "rabbitmq", 5672)}
    expected |= {("console", "gateway", 8000)}
    for name in SERVICES:
        database = f"{name}-database"
        expected |= {
            ("gateway", name, 9200),
            (name, "rabbitmq", 5672),
            (name, database, 5432),
            (f"{name}-migration", database, 5432),
        }
        expected |= {(database, database, 5432), (database, database, 8000)}
    expected |= {("topology", "rabbitmq", 15672), ("rabbitmq", "rabbitmq", 4369), ("rabbitmq", "rabbitmq", 25672)}
    assert both_agree() == expected


def test_no_side_allows_what_the_other_does_not() -> None:
    inside = {(a, b, port) for a, b, port in allowed("egress", "to") if b in pods()}
    assert inside == both_agree()
    taken = {(b, a, port) for a, b, port in allowed("ingress", "from") if b in pods()}
    assert taken == both_agree()


def test_from_outside_come_proxies_operators_and_prometheus() -> None:
    outside = {(peer, name, port) for name, peer, port in allowed("ingress", "from") if peer not in pods()}
    expected = {("kota-edge", "gateway", 8000), ("monitoring", "gateway", 8000)}
    expected |= {("kota-edge", "console", 8002), ("monitoring", "console", 8002)}
    expected |= {("monitoring", "rabbitmq", 15692), ("keda", "rabbitmq", 15672)}
    for name in SERVICES:
        expected |= {("monitoring", name, 9100), ("monitoring", f"{name}-database", 9187)}
        expected |= {("cnpg-system", f"{name}-database", 5432), ("cnpg-system", f"{name}-database", 8000)}
    assert outside == expected


def test_only_who_must_reaches_the_world_and_everybody_finds_names() -> None:
    sent = {(name, peer, port) for name, peer, port in allowed("egress", "to") if peer not in pods()}
    names = {each for each in sent if each[1] == "kube-system"}
    assert names == {(name, "kube-system", 53) for name in pods()}
    world = {("gateway", "the world", 443), ("console", "the world", 443)}
    for name in ("rabbitmq", *(f"{service}-database" for service in SERVICES)):
        world |= {(name, "the world", 443), (name, "the world", 6443)}
    assert sent - names == world


def test_everything_else_is_denied_by_a_policy_of_its_own() -> None:
    nobody = PROD.one("NetworkPolicy", "nobody")["spec"]
    assert nobody == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for policy in PROD.all("NetworkPolicy"):
        spec = policy["spec"]
        assert ("ingress" in spec) <= ("Ingress" in spec["policyTypes"]), policy["metadata"]["name"]
        assert ("egress" in spec) <= ("Egress" in spec["policyTypes"]), policy["metadata"]["name"]
