"""Liveness, readiness and metrics of a service process, on a port of their own, by default on loopback only.

Live: the process can still do something; if not, restart it. Ready: it can serve now: database reachable, schema
there, broker connected; if not, leave it alone and send it nothing. Degraded: as good as ready. The broker is away, but
requests come by the service's own door, and events wait in the outbox.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
import orjson
from prometheus_client import make_wsgi_app
from sqlalchemy import Connection

from . import telemetry
from .errors import describe
from .faults import FAULTS
from .runtime import Runtime
from .schema import Query, lacking

log = telemetry.logger(__name__)


class HealthServer:
    """A tiny WSGI server beside the service."""

    def __init__(
        self,
        runtime: Runtime,
        probes: dict[str, Callable[[], str]],
        dispensable: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """`dispensable` tells which of the probes may fail without harm to requests."""
        self._runtime, self._probes, self._dispensable = runtime, probes, dispensable
        self._metrics = make_wsgi_app()
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Bind the port; port 0 takes any free one and logs it."""
        settings = self._runtime.settings
        self._socket = eventlet.listen((settings.health_host, settings.health_port), reuse_port=False)
        log.info("health_listens", port=self._socket.getsockname()[1])

    def serve(self) -> None:
        """Answer until closed."""
        eventlet.wsgi.server(self._socket, self._answer, log_output=False, debug=False, socket_timeout=10)

    def close(self) -> None:
        """Stop listening."""
        if self._socket is not None:
            self._socket.close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            return self._metrics(environ, start)
        if path == "/health/live":
            return _json(start, "200 OK", {"status": "live"})
        if path == "/health/ready":
            checks = self._checks()
            wrong = {name for name, value in checks.items() if value != "ok"}
            status = "not ready" if wrong - self._dispensable() else "degraded" if wrong else "ready"
            http = "503 Service Unavailable" if status == "not ready" else "200 OK"
            return _json(start, http, {"status": status, "checks": checks})
        return _json(start, "404 Not Found", {"status": "no such page"})

    def _checks(self) -> dict[str, str]:
        checks = {name: probe() or "ok" for name, probe in self._probes.items()}
        try:
            with self._runtime.engine.connect() as connection:
                checks["database"] = lacking(_first_value(connection), self._runtime.settings.service) or "ok"
        except FAULTS as error:
            checks["database"] = describe(error)
        except Exception as error:
            checks["database"] = f"schema: {describe(error)}"
        return checks


def _first_value(connection: Connection) -> Query:
    return lambda statement: connection.exec_driver_sql(statement).scalar()


def _json(start: Callable[..., Any], status: str, body: dict[str, Any]) -> Iterable[bytes]:
    start(status, [("Content-Type", "application/json")])
    return [orjson.dumps(body)]
