"""What runs, how deep the queues are, how far the outboxes lag."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
import psycopg

from chassis.broker import EVENT_LOG, UNROUTED
from kota.engines.management import Management
from kota.health import is_ready
from kota.programs import postgres_of, rabbitmq_of
from kota.state import State
from kota.suite import Suite
from kota.supervisor import ProcessInfo, Supervisor

OUTBOX_LAG = """
SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)
  FROM outbox WHERE published_at IS NULL
"""
CONNECT_LIMIT = 3


@dataclass(frozen=True)
class ProcessStatus:
    """One process; `uptime` in seconds, `ready` None when it has no way to tell."""

    name: str
    state: str
    pid: int
    uptime: int
    ready: bool | None


@dataclass(frozen=True)
class QueueStatus:
    """One queue's depth: messages waiting, and taken but not yet acknowledged."""

    name: str
    ready: int
    unacknowledged: int
    consumers: int


@dataclass(frozen=True)
class OutboxStatus:
    """Events committed but not yet published; `oldest_seconds` is the age of the first of them."""

    service: str
    waiting: int
    oldest_seconds: float
    problem: str = ""


@dataclass(frozen=True)
class Status:
    """Everything `kota status` shows."""

    running: bool
    started_at: str = ""
    addresses: dict[str, str] = field(default_factory=dict)
    processes: list[ProcessStatus] = field(default_factory=list)
    queues: list[QueueStatus] = field(default_factory=list)
    outboxes: list[OutboxStatus] = field(default_factory=list)
    parked: dict[str, int] = field(default_factory=dict)
    unrouted: int | None = None
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def gather(suite: Suite, state: State) -> Status:
    """Ask supervisor, broker and databases; what cannot be asked becomes a problem, not a failure."""
    problems: list[str] = []
    infos = _processes(suite, problems)
    with ThreadPoolExecutor(8) as pool:
        processes = list(pool.map(lambda info: _process(suite, info), infos))
        outboxes = list(pool.map(lambda service: outbox(suite, service), suite.services))
    queues = _queues(suite, problems)
    depth = {queue.name: queue.ready + queue.unacknowledged for queue in queues}
    return Status(
        running=True,
        started_at=state.started_at,
        addresses={"gateway": suite.gateway_url, "issuer": suite.issuer_url, "console": suite.console_url},
        processes=processes,
        queues=queues,
        outboxes=outboxes,
        parked={name: depth.get(f"{name}.events.dead", 0) for name in suite.services} if queues else {},
        unrouted=depth.get(UNROUTED),
        problems=problems,
    )


def outbox(suite: Suite, service: str) -> OutboxStatus:
    """How far one service's outbox lags."""
    url = suite.database_url(service).replace("+psycopg:", ":", 1)
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_LIMIT) as connection:
            waiting, oldest = connection.execute(OUTBOX_LAG).fetchone() or (0, 0)
    except psycopg.Error as error:
        return OutboxStatus(service, 0, 0.0, str(error).strip().splitlines()[0])
    return OutboxStatus(service, int(waiting), round(float(oldest), 1))


def _processes(suite: Suite, problems: list[str]) -> list[ProcessInfo]:
    try:
        return Supervisor(suite.home).processes()
    except OSError as error:
        problems.append(f"The supervisor does not answer: {error}")
        return []


def _process(suite: Suite, info: ProcessInfo) -> ProcessStatus:
    check = _readiness(suite, info.name)
    ready = check() if check is not None and info.state == "RUNNING" else None
    return ProcessStatus(info.name, info.state.lower(), info.pid, info.uptime, ready)


def _readiness(suite: Suite, name: str) -> Callable[[], bool] | None:
    if name == "postgres":
        return postgres_of(suite).is_ready
    if name == "rabbitmq":
        return rabbitmq_of(suite).is_ready
    if name == "epmd":
        return None
    return lambda: is_ready(suite.health_url(name))


def _queues(suite: Suite, problems: list[str]) -> list[QueueStatus]:
    url = suite.management_url
    if url is None:
        problems.append("Queue depths are unknown: AMQP_MANAGEMENT_URL was not given.")
        return []
    with contextlib.closing(Management(url, "kota", suite.broker_password("kota"))) as management:
        try:
            raw = management.queues(suite.vhost)
        except httpx.HTTPError as error:
            problems.append(f"The broker's management API does not answer: {error}")
            return []
    return sorted((_queue(each) for each in raw if each["name"] != EVENT_LOG), key=lambda queue: queue.name)


def _queue(raw: dict[str, Any]) -> QueueStatus:
    # A queue younger than the broker's sampling interval has no figures yet.
    return QueueStatus(
        raw["name"],
        raw.get("messages_ready", 0),
        raw.get("messages_unacknowledged", 0),
        raw.get("consumers", 0),
    )
