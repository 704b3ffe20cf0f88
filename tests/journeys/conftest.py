"""The suite, started once for all journeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.api import Api
from tests.support.city import import_city
from tests.support.suite import Installation, installation


@pytest.fixture(scope="package")
def running() -> Iterator[Installation]:
    """`kota up`, a small city; at the end `kota down`, which must leave no process."""
    with installation() as made:
        with made.api() as api:
            import_city(api)
        yield made


@pytest.fixture
def api(running: Installation) -> Iterator[Api]:
    """The public API."""
    with running.api() as made:
        yield made
