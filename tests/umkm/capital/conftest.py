"""A capital desk on a fresh, migrated database."""

from __future__ import annotations

import pytest

from tests.umkm.office import Office

from .desk import Desk


@pytest.fixture
def desk(office: Office) -> Desk:
    """No groups, no files; it is Monday, 23 November 2026."""
    return Desk(office)
