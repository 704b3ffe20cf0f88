"""What the committed document promises, the running suite keeps: generated requests, judged by the document itself.

Schemathesis takes most of a second to import, so only the worker that runs these tests does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from gateway.routes import ROUTES
from tests.support.processes import ROOT

from .cases import USERS
from .suite import Suite

if TYPE_CHECKING:
    import schemathesis

EXAMPLES = 6
"""Valid and invalid requests each, for every operation."""
# Only rows of the table: the live feed never ends, and has tests of its own.
OPERATIONS = [(route.method, route.path, USERS[route.scope]) for route in ROUTES]


@cache
def document() -> schemathesis.BaseSchema:
    """The committed document, read once."""
    import schemathesis

    return schemathesis.openapi.from_path(str(ROOT / "docs" / "openapi.json"))


def promises() -> list[Any]:
    """What every reply must keep."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    return [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.response_headers_conformance,
    ]


@pytest.mark.parametrize("mode", ["positive", "negative"], ids=["valid", "invalid"])
@pytest.mark.parametrize(("method", "path", "user"), OPERATIONS, ids=[f"{m} {p}" for m, p, _ in OPERATIONS])
def test_replies_are_as_documented(suite: Suite, method: str, path: str, user: str, mode: str) -> None:
    from schemathesis.generation import GenerationMode

    strategy = document()[path][method].as_strategy(generation_mode=GenerationMode(mode))
    kept = promises()

    @seed(20_260_801)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(base_url=suite.url, headers=suite.headers(user), timeout=10, checks=kept)

    ask()
