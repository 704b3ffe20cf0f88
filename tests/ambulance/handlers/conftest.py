"""A unit on its way, for tests of clocks."""

from __future__ import annotations

from typing import Any

import pytest

from .desk import Desk


@pytest.fixture
def sent(desk: Desk) -> Any:
    """AMB-01 on its way to an incident, AMB-02 free."""
    desk.fleet("AMB-01", "AMB-02")
    return desk.send(desk.incident(), "AMB-01")
