"""Choosing loopback ports: the wanted one when it is free, else another, which the operator is told.

With KOTA_PORTS no usual port is wanted: `free` takes any that the system gives out, `FIRST-LAST` those of a range that
nobody else draws from. Without it, any that is free replaces a usual one that is taken.
"""

from __future__ import annotations

import errno
import itertools
import os
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kota.errors import OperatorError

LOOPBACK = "127.0.0.1"
FIRST_HEALTH_PORT = 9101
FIRST_DIRECT_PORT = 9201
VARIABLE = "KOTA_PORTS"
TRIES = 1000
"""More than anybody's range is likely to hold, so that every port of it is looked at."""

WANTED = {
    "gateway": 8000,
    "issuer": 8001,
    "console": 8002,
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


def any_free_port(environment: Mapping[str, str] = os.environ) -> int:
    """A free port of the range in KOTA_PORTS, or of the system's choosing. Raises OperatorError if none is left."""
    own = own_range(environment)
    if own is None:
        return next(port for port in iter(_port_of_the_system, 0) if is_free(port))
    for _ in own:
        port = own[next(_TURN) % len(own)]
        if is_free(port):
            return port
    raise OperatorError(f"No port from {own[0]} to {own[-1]} is free.", f"Set {VARIABLE} to another range.")


def own_range(environment: Mapping[str, str]) -> range | None:
    """The ports in KOTA_PORTS=FIRST-LAST; raises OperatorError if it is none and not `free` either."""
    value = environment.get(VARIABLE, "")
    if value in ("", "free"):
        return None
    first, _, last = value.partition("-")
    if not (first.isdecimal() and last.isdecimal() and 1024 <= int(first) <= int(last) <= 65535):
        raise OperatorError(f"{VARIABLE}={value} is no range of ports.", f"Say {VARIABLE}=21000-21099, or free.")
    return range(int(first), int(last) + 1)


def _port_of_the_system() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def wanted_ports(services: Iterable[str], remembered: Mapping[str, int], *, any_free: bool = False) -> dict[str, int]:
    """What each listener would like: its port of last time, else the usual one, or any: two suites that start at the
    same moment would both find the usual ones free."""
    health = {f"health.{name}": FIRST_HEALTH_PORT + place for place, name in enumerate(services)}
    direct = {f"direct.{name}": FIRST_DIRECT_PORT + place for place, name in enumerate(services)}
    usual = WANTED | health | direct
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
        candidates = itertools.chain([port], (another() for _ in range(TRIES)))
        fit = (each for each in candidates if each not in chosen.values() and free(each))
        chosen[name] = next(fit, 0)
        if not chosen[name]:
            raise OperatorError(
                f"No port is left for {name}: {len(wanted)} are needed.", f"Set {VARIABLE} to a wider range, or free."
            )
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


# Not from the first port on each time: one that was chosen a moment ago is free until its process listens.
_TURN = itertools.count(os.getpid() * 10)
_NO_IPV6 = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}
