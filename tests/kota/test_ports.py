"""Ports: the wanted one when free, another when taken, never the same twice."""

from __future__ import annotations

import re
import socket
from itertools import count

import pytest

from kota.errors import OperatorError
from kota.ports import LOOPBACK, VARIABLE, any_free_port, choose_ports, is_free, own_range, wanted_ports


def test_a_listening_port_is_not_free() -> None:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen(1)
        port = listener.getsockname()[1]
        assert not is_free(port)
    assert is_free(port)


def test_free_ports_are_given_as_wanted() -> None:
    ports = choose_ports({"gateway": 8000, "amqp": 5672}, free=lambda port: True)
    assert ports.chosen == {"gateway": 8000, "amqp": 5672}
    assert ports.moved == {}


def test_suites_that_start_side_by_side_want_different_ports() -> None:
    one, other = (wanted_ports(["hearse"], {"amqp": 5699}, any_free=True) for _ in range(2))
    assert one.pop("amqp") == other.pop("amqp") == 5699  # its port of last time
    assert not set(one.values()) & set(other.values())


def test_a_taken_port_is_replaced_and_told() -> None:
    ports = choose_ports({"gateway": 8000}, free=lambda port: port != 8000, another=lambda: 40000)
    assert ports.chosen == {"gateway": 40000}
    assert ports.moved == {"gateway": (8000, 40000)}


def test_no_port_is_given_twice() -> None:
    others = count(40000)
    ports = choose_ports({"a": 8000, "b": 8000, "c": 40000}, free=lambda port: True, another=lambda: next(others))
    assert len(set(ports.chosen.values())) == 3


def test_ports_of_the_last_run_are_wanted_again() -> None:
    wanted = wanted_ports(["ambulance", "hearse"], {"gateway": 43210})
    assert wanted["gateway"] == 43210
    assert wanted["health.ambulance"] != wanted["health.hearse"]


def test_ports_of_ones_own_range_are_taken_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    first = any_free_port()
    monkeypatch.setenv(VARIABLE, f"{first}-{first + 3}")
    assert {any_free_port() for _ in range(8)} <= set(range(first, first + 4))
    assert any_free_port() != any_free_port()


def test_a_range_in_which_nothing_is_free_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen(1)
        port = listener.getsockname()[1]
        monkeypatch.setenv(VARIABLE, f"{port}-{port}")
        with pytest.raises(OperatorError, match=f"No port from {port} to {port} is free"):
            any_free_port()


def test_a_range_that_is_too_narrow_is_told_with_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = any_free_port()
    monkeypatch.setenv(VARIABLE, f"{first}-{first + 2}")
    with pytest.raises(OperatorError, match="No port is left for d: 4 are needed"):
        choose_ports(dict.fromkeys("abcd", first))


@pytest.mark.parametrize("value", ["21000", "21099-21000", "80-90", "a-b", "21000-70000", "-"])
def test_what_is_no_range_is_refused(value: str) -> None:
    with pytest.raises(OperatorError, match=re.escape(f"{VARIABLE}={value}")):
        own_range({VARIABLE: value})


def test_a_free_port_can_be_listened_on() -> None:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, any_free_port()))
        listener.listen(1)
