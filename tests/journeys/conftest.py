"""The running suite with a small city, for all journeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.api import Api
from tests.support.city import import_city
from tests.support.suite import Installation


@pytest.fixture(scope="package")
def running(shared_suite: Installation) -> Installation:
    """With a small city."""
    with shared_suite.api() as api:
        import_city(api)
    return shared_suite


@pytest.fixture
def api(running: Installation) -> Iterator[Api]:
    """The public API."""
    with running.api() as made:
        yield made
