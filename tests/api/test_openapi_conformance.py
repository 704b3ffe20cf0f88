"""What the committed document promises, the running suite keeps: generated requests, judged by the document itself."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from gateway.routes import ROUTES
from tests.support.processes import ROOT

from .cases import USERS
from .suite import Suite

EXAMPLES = 6
"""Valid and invalid requests each, for every operation."""
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
DOCUMENT = schemathesis.openapi.from_path(str(ROOT / "docs" / "openapi.json"))
# Only rows of the table: the live feed never ends, and has tests of its own.
OPERATIONS = [(route.method, route.path, USERS[route.scope]) for route in ROUTES]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize(("method", "path", "user"), OPERATIONS, ids=[f"{m} {p}" for m, p, _ in OPERATIONS])
def test_replies_are_as_documented(suite: Suite, method: str, path: str, user: str, mode: GenerationMode) -> None:
    @seed(20_260_801)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=DOCUMENT[path][method].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url=suite.url, headers=suite.headers(user), timeout=10, checks=CHECKS)

    ask()
