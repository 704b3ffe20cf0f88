"""These tests take most of an hour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.city import import_city
from tests.support.suite import Installation, installation

HERE = Path(__file__).parent
UNITS = 23


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.stress)


@pytest.fixture(scope="package")
def home() -> Iterator[Installation]:
    """An installation with a city, for all tests one after the other."""
    with installation() as made:
        with made.api() as api:
            import_city(api, units=UNITS)
        yield made


@pytest.fixture
def running(home: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """The installation, which `run_day` finds through the environment."""
    monkeypatch.setenv("KOTA_HOME", str(home.root))
    return home
