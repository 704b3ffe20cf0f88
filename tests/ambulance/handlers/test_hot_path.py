"""The command that must hold in a surge is one statement, as libpq sends it to the server."""

from __future__ import annotations

import re
import tempfile
from typing import IO

import pytest

from contracts import ambulance as asked
from services.ambulance import store
from tests.ambulance.domain.builders import CENTRE

from .desk import Desk
from .test_resources import square

SENT = re.compile(r"\tF\t\d+\t(Query|Execute)\t")


def statements(desk: Desk, request: asked.OpenIncident) -> int:
    """How many statements a request costs, counted in libpq's own trace of the wire."""
    with desk.runtime.engine.connect() as connection, tempfile.TemporaryFile("w+") as trace:
        wire = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
        wire.trace(trace.fileno())
        connection.close()  # back into the pool: the request takes it from there
        desk.ask(request)
        wire.untrace()
        return _count(trace)


def _count(trace: IO[str]) -> int:
    trace.seek(0)
    return len(SENT.findall(trace.read()))


@pytest.mark.parametrize("location", [None, CENTRE])
def test_opening_an_incident_is_one_statement(desk: Desk, location: object) -> None:
    desk.ask(asked.ImportAreas(areas=(square("36.71.01.1001", 106.62),)))
    told = {"phone": "081290009000", "complaint": "sesak", "landmark": "pasar", "patients": 2, "location": location}
    request = asked.OpenIncident(**told)
    desk.ask(request)  # the map is read once
    assert statements(desk, request) == 1
    assert desk.rows("SELECT count(*) FROM incident")[0].count == 2


def test_the_map_is_looked_at_again_after_some_seconds(desk: Desk) -> None:
    request = asked.OpenIncident(location=CENTRE)
    desk.ask(request)
    desk.now += store.area.CHECK_EVERY
    assert statements(desk, request) > 1
    assert statements(desk, request) == 1
