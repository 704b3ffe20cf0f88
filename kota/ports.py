"""Choosing loopback ports: the wanted one when it is free, else another, which the operator is told."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
FIRST_HEALTH_PORT = 9101

WANTED = {
    "gateway": 8000,
    "issuer": 8001,
    "amqp": 5672,
    "management": 15672,
    "distribution": 25672,
    "epmd": 4370,
}


@dataclass(frozen=True)
class Ports:
    """The chosen port of each listener, and those of them that are not the wanted one."""

    chosen: Mapping[str, int]
    moved: Mapping[str, tuple[int, int]]


def is_free(port: int) -> bool:
    """True when nothing listens on the port on loopback, IPv4 or IPv6."""
    return all(_can_listen(family, host, port) for family, host in _loopbacks())


def any_free_port() -> int:
    """A free port of the system's choosing."""
    while True:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if is_free(port):
            return port


def wanted_ports(services: Iterable[str], remembered: Mapping[str, int], *, any_free: bool = False) -> dict[str, int]:
    """What each listener would like: its port of last time, else the usual one, or any: two suites that start at the
    same moment would both find the usual ones free."""
    health = {f"health.{name}": FIRST_HEALTH_PORT + place for place, name in enumerate(services)}
    usual = WANTED | health
    return {name: remembered.get(name) or (any_free_port() if any_free else port) for name, port in usual.items()}


def choose_ports(
    wanted: Mapping[str, int],
    *,
    free: Callable[[int], bool] = is_free,
    another: Callable[[], int] = any_free_port,
) -> Ports:
    """Give each listener its wanted port if free and not given away already, else another."""
    chosen: dict[str, int] = {}
    for name, port in wanted.items():
        while port in chosen.values() or not free(port):
            port = another()  # noqa: PLW2901
        chosen[name] = port
    moved = {name: (wanted[name], port) for name, port in chosen.items() if port != wanted[name]}
    return Ports(chosen, moved)


def _loopbacks() -> list[tuple[socket.AddressFamily, str]]:
    pairs = [(socket.AF_INET, LOOPBACK)]
    return [*pairs, (socket.AF_INET6, "::1")] if socket.has_ipv6 else pairs


def _can_listen(family: socket.AddressFamily, host: str, port: int) -> bool:
    with socket.socket(family) as probe:
        # Without this a port of a connection closed a minute ago would count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            # A machine without IPv6 cannot bind ::1 at all: that port is not taken.
            return family == socket.AF_INET6 and error.errno in _NO_IPV6
    return True


_NO_IPV6 = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}
