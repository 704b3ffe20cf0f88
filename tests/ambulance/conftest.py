"""A dispatch centre on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from chassis.runtime import Runtime
from services.ambulance import store
from tests.ambulance.handlers.desk import Desk
from tests.ambulance.handlers.figures import assert_figures_are_those_of_the_rows


@pytest.fixture
def desk(runtime: Callable[[str], Runtime]) -> Iterator[Desk]:
    """Nothing is in it yet. At the end of each test the figures of the reports are those of the rows."""
    store.area.MAP.forget()
    store.configuration.CACHE.forget()
    store.travel_speed.CACHE.forget()
    centre = Desk(runtime("ambulance"))
    yield centre
    assert_figures_are_those_of_the_rows(centre)
