"""The table of routes covers the contracts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from contracts import REQUESTS
from contracts.base import RecordedQuery
from gateway.router import Router
from gateway.routes import ROUTES
from gateway.table import Route


def test_every_operation_has_exactly_one_route() -> None:
    assert Counter(route.operation for route in ROUTES) == Counter(REQUESTS.keys())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_a_route_fits_its_request(route: Route) -> None:
    assert set(route.path_fields) <= route.request.model_fields.keys()
    assert route.path.startswith(f"/v1/{route.service}/")
    assert re.fullmatch(r"(/([a-z0-9-]+|{[a-z_]+}))+", route.path)
    reads = not route.request.changes or issubclass(route.request, RecordedQuery)
    assert route.reads == reads, "a GET changes nothing, and nothing else is a query"


@pytest.mark.parametrize("route", [r for r in ROUTES if r.example and not r.upload], ids=lambda route: route.operation)
def test_an_example_is_a_good_request(route: Route) -> None:
    identifier = "00000000-0000-0000-0000-000000000001"
    known = {"npsn": "99000001", "session": "1", "row": "2"}
    path = {name: "1" if name.endswith("_number") else known.get(name, identifier) for name in route.path_fields}
    route.request.model_validate({**route.example, **path})  # type: ignore[dict-item]


def test_an_address_leads_to_its_row_and_to_no_other() -> None:
    router = Router(ROUTES, None, None)  # type: ignore[arg-type]
    for route in ROUTES:
        methods, values = router.find(re.sub(r"{\w+}", "x", route.path)) or ({}, [])
        assert methods[route.method] is route
        assert values == ["x"] * len(route.path_fields)
    for wrong in ("/v1/ambulance", "/v1/ambulance/incidents/", "/v1/ambulance/incidents//triage", "//", "", "/v1/x"):
        assert router.find(wrong) is None
