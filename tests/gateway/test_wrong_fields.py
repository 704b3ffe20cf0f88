"""Every field of every body: what no field can take is refused by name, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from contracts.language import indonesian
from gateway.routes import ROUTES
from gateway.table import Route
from tests.gateway.support.asking import address, login, pointers
from tests.gateway.support.issuing import Issuer
from tests.gateway.support.process import GatewayProcess

TAKEN = {
    ("ambulance.record_contact", "phone", str): "in an emergency no phone number is a reason to refuse",
    ("ambulance.open_incident", "phone", str): "likewise",
    ("ambulance.report_positions", "positions", list): "each position is judged by itself, by the service",
}
"""What the edge lets through."""


def wrong_values() -> Iterator[tuple[Route, str, Any]]:
    """Every field of every body, with values that no field can take."""
    for route in [one for one in ROUTES if not one.upload]:
        for name in () if route.reads else route.request.model_fields:
            if name not in route.path_fields:
                for value in ({"x": {"y": 1}}, [[[]]], "x" * 3000, 1e400, "\0"):
                    if value == "\0" or (route.operation, name, type(value)) not in TAKEN:
                        yield route, name, value


def test_every_wrong_field_is_named_in_both_languages(gateway: GatewayProcess, issuer: Issuer) -> None:
    """No responder runs: a value that got through would give a 503."""
    for route, name, value in wrong_values():
        sent = "1e400" if value == 1e400 else httpx.Request("POST", "x:", json=value).content.decode()
        replies = [
            gateway.client.request(
                route.method,
                address(route),
                content=f'{{"{name}": {sent}}}',
                headers=login(issuer, route) | {"Content-Type": "application/json", "Accept-Language": language},
            )
            for language in ("en", "id")
        ]
        wrong = (route.operation, name, value, replies[0].text)
        assert all(400 <= reply.status_code < 500 for reply in replies), wrong
        if replies[0].status_code == 422:
            assert any(pointer.startswith(f"/{name}") for pointer in pointers(replies[0])), wrong
        english, said = (reply.json() for reply in replies)
        assert [one | in_indonesian(one) for one in english.get("errors", [])] == said.get("errors", []), wrong
        assert in_indonesian(english) == in_indonesian(english) | {key: said[key] for key in in_indonesian(english)}


def in_indonesian(said: dict[str, str]) -> dict[str, str | None]:
    """Its texts for people, translated; None for one that has no translation."""
    return {key: indonesian(said[key]) for key in ("detail", "fix") if key in said}
