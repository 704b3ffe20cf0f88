"""The running suite, as the tests of the API see it."""

from __future__ import annotations

import pytest

from tests.support.suite import Installation

from .suite import Suite


@pytest.fixture(scope="session")
def suite(shared_suite: Installation) -> Suite:
    """Every process of the suite, with real PostgreSQL and RabbitMQ, and no data but the demo city and what tests
    send."""
    return Suite.of(shared_suite)
