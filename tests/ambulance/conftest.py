"""A dispatch centre on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chassis.runtime import Runtime
from services.ambulance import store
from tests.ambulance.handlers.desk import Desk


@pytest.fixture
def desk(runtime: Callable[[str], Runtime]) -> Desk:
    """Nothing is in it yet."""
    store.area.MAP.forget()
    store.configuration.CACHE.forget()
    store.travel_speed.CACHE.forget()
    return Desk(runtime("ambulance"))
