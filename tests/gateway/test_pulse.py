"""The gateway's pulse: a broker with which the suite was never tried is named, not used."""

from __future__ import annotations

import re

import pytest
from aiormq.abc import AbstractChannel

from gateway.connection import KeptConnection
from gateway.pulse import Pulse
from tests.support.broker import Vhost


async def opened(_: AbstractChannel) -> None:
    """Nothing to declare."""


async def reason(vhost: Vhost) -> str:
    connection = KeptConnection("pulse", vhost.uri("gateway"), opened)
    pulse = Pulse(connection)
    await connection.start()
    await pulse.start()
    try:
        return pulse.reason
    finally:
        await pulse.stop()
        await connection.stop()


async def test_a_broker_that_answers_is_well(vhost: Vhost) -> None:
    assert await reason(vhost) == ""


async def test_one_of_another_version_is_refused_by_name(vhost: Vhost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.supported.RABBITMQ", ("9.0", "9.9"))
    assert re.fullmatch(r"RabbitMQ \d\S+ is not supported: use 9\.0 to 9\.9", await reason(vhost))
