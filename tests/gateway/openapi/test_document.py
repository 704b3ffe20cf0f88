"""The description is valid, complete, stable, and says what the routes do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

import contracts
from contracts.problems import PROBLEMS
from gateway.openapi import document
from gateway.routes import ROUTES
from gateway.security.roles import PUBLIC
from gateway.table import Route

ROOT = Path(__file__).resolve().parents[3]
READS = {"401", "403", "404", "422", "429", "503", "504"}
WRITES = {"400", "409", "413", "415"}


FORMS = {"umkm.add_photo", "umkm.send_bank_file", "education.import_bank_results"}
"""Nothing but a file."""


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document()


def operation(described: dict[str, Any], route: Route) -> dict[str, Any]:
    return dict(described["paths"][route.path][route.method.lower()])


def test_it_is_valid_openapi_3_1(described: dict[str, Any]) -> None:
    validate(described, cls=OpenAPIV31SpecValidator)


def test_every_request_of_the_contracts_is_an_operation(described: dict[str, Any]) -> None:
    named = {op["operationId"] for path in described["paths"].values() for op in path.values()}
    assert named == set(contracts.REQUESTS) | {"stream.listen", "me.get"}


def test_no_row_hides_another() -> None:
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_every_field_of_a_request_is_described_in_exactly_one_place(described: dict[str, Any], route: Route) -> None:
    found = operation(described, route)
    parameters = {(p["name"], p["in"]): p for p in found["parameters"] if "$ref" not in p}
    places = {name: _place(route, name) for name in _fields(route)}
    assert set(parameters) == {(name, place) for name, place in places.items() if place != "body"}
    body = _body(described, found) if not route.reads else {}
    assert set(body.get("properties", {})) == {name for name, place in places.items() if place == "body"}
    required = {name for name, field in _fields(route).items() if field.is_required()}
    assert {name for (name, _), p in parameters.items() if p["required"]} | set(body.get("required", ())) == required


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_every_operation_names_its_scope_its_replies_and_its_purpose(described: dict[str, Any], route: Route) -> None:
    found = operation(described, route)
    assert found["summary"]
    assert found["tags"] == [route.service]
    if route.scope in PUBLIC:
        assert found["security"] == [{}, {"accessToken": []}]
    else:
        assert all(alternative["accessToken"] == [route.scope] for alternative in found["security"])
    errors = READS if route.reads else READS | WRITES
    assert set(found["responses"]) >= errors | {str(route.status)}
    for status, reply in found["responses"].items():
        media = _resolved(described, reply)["content"]
        good = getattr(route.request.reply, "media_type", "application/json").partition(";")[0]
        assert list(media) == [good if status == str(route.status) else "application/problem+json"]


@pytest.mark.parametrize("route", [r for r in ROUTES if r.example and not r.upload], ids=lambda route: route.operation)
def test_every_example_is_a_request_that_the_service_would_take(route: Route) -> None:
    assert route.example is not None
    path = {name: _stand_in(route, name) for name in route.path_fields}
    assert not set(path) & set(route.example)
    route.request.model_validate_json(json.dumps(route.example | path))


# The rows of the table still lack ten of them; strict, so that this mark goes when they are there.
def test_every_command_with_a_body_has_an_example() -> None:
    commands = [r for r in ROUTES if not r.reads and set(_fields(r)) - set(r.path_fields)]
    assert [r.operation for r in commands if r.example is None and r.operation not in FORMS] == []


def test_every_problem_can_be_told_from_its_type(described: dict[str, Any]) -> None:
    schema = described["components"]["schemas"]["Problem"]
    assert schema["properties"]["type"]["enum"] == sorted(f"/problems/{slug}" for slug in PROBLEMS)


def test_what_is_shared_is_used(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    # Every status that a problem can have has a reply, also where only the framework gives it (405).
    kinds = {kind: names for kind, names in described["components"].items() if kind in {"schemas", "parameters"}}
    unused = [f"{k}/{n}" for k, names in kinds.items() for n in names if f'"#/components/{k}/{n}"' not in text]
    assert unused == []


def test_the_committed_file_is_what_the_routes_say() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "gateway.openapi", "--check"],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def _place(route: Route, name: str) -> str:
    return "path" if name in route.path_fields else "query" if route.reads else "body"


def _fields(route: Route) -> dict[str, Any]:
    return dict(route.request.model_fields)


def _body(described: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    (media,) = found["requestBody"]["content"].values()
    return _resolved(described, media["schema"])


def _resolved(described: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    place = described
    if "$ref" not in part:
        return part
    for step in part["$ref"].removeprefix("#/").split("/"):
        place = place[step]
    return place


def _stand_in(route: Route, name: str) -> Any:
    """A value that fits a field of the address."""
    if name == "npsn":
        return "99000001"
    kind = str(route.request.model_fields[name].annotation)
    return "018f3c1e-0000-7000-8000-000000000001" if "UUID" in kind else 1 if "int" in kind else "A-01"
