"""A desk with two partner schools."""

from __future__ import annotations

import pytest

from tests.education.office import Office

from .desk import Desk


@pytest.fixture
def desk(office: Office) -> Desk:
    """Nobody is enrolled yet."""
    return Desk(office)
