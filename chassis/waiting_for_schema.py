"""Before a service takes any work: its database answers and has the schema that the code needs.

A service that began without it would fail every request and park every event. Meanwhile it lives, is not ready, and
says why; once the migration has run it goes on by itself.
"""

from __future__ import annotations

import eventlet
import psycopg

from . import telemetry
from .errors import describe
from .health import HealthServer
from .repeated import Repeated
from .runtime import Runtime
from .schema import lacking, of_connection

log = telemetry.logger(__name__)
PAUSE_SECONDS = 1.0


def wait_for_schema(runtime: Runtime) -> None:
    """Return as soon as work can begin; at once, as a rule."""
    reason = _reason(runtime)
    if not reason:
        return
    health = HealthServer(runtime, {"start": lambda: "waits for its database"})
    health.open()
    server = eventlet.spawn(health.serve)
    told = Repeated()
    while reason:
        if told.is_news("database", reason):
            log.error("waits_for_database", service=runtime.settings.service, reason=reason)
        eventlet.sleep(PAUSE_SECONDS)
        reason = _reason(runtime)
    health.close()
    server.kill()


def _reason(runtime: Runtime) -> str:
    try:
        with runtime.connect() as connection:
            return lacking(of_connection(connection), runtime.settings.service)
    except psycopg.OperationalError as error:
        # What goes wrong while connecting names hosts and roles, never a password or anybody's data.
        return f"the database does not let us in: {str(error).strip().splitlines()[0]}"
    except psycopg.Error as error:
        return describe(error)
