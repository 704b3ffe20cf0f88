"""The suite, started once for the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .suite import Suite, running_suite


@pytest.fixture(scope="session")
def suite() -> Iterator[Suite]:
    """Every process of the suite, with real PostgreSQL and RabbitMQ, and no data but what tests send."""
    with running_suite() as running:
        yield running
