"""An MSME office on a fresh, migrated database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chassis.runtime import Runtime

from .office import Office


@pytest.fixture
def office(runtime: Callable[[str], Runtime]) -> Office:
    """No businesses, no batches."""
    return Office(runtime("umkm"))
