"""One PostgreSQL server for all services, as on a single machine; a cluster has one for each service instead."""

from __future__ import annotations

import psycopg

from kota.engines.postgres_roles import provision_databases
from kota.provisioning.given import given, wait_for_server
from kota.services import discover

URL = "POSTGRES_URL"
LIMIT = 120.0


def provision_all_databases(limit: float = LIMIT) -> tuple[str, ...]:
    """Wait for the server, then create what is missing. Returns the names."""
    names = discover()
    values = given([URL, *(f"POSTGRES_PASSWORD_{name.upper()}" for name in names)])

    def refusal() -> str:
        try:
            psycopg.connect(values[URL], connect_timeout=5).close()
        except psycopg.OperationalError as error:
            return str(error).strip().splitlines()[0]
        return ""

    wait_for_server(refusal, "the database server", limit)
    provision_databases(values[URL], {name: values[f"POSTGRES_PASSWORD_{name.upper()}"] for name in names})
    return names
