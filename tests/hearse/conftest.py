"""An office on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chassis.runtime import Runtime

from .office import Office


@pytest.fixture
def office(runtime: Callable[[str], Runtime]) -> Office:
    """Two vehicles, three officers, always on duty, one cemetery."""
    made = Office(runtime("hearse"))
    made.fleet()
    return made
