"""One PostgreSQL server for all services, as on a single machine; a cluster has one for each service instead."""

from __future__ import annotations

import psycopg

from kota.engines.postgres_roles import provision_databases
from kota.errors import OperatorError
from kota.provisioning.given import given
from kota.services import discover
from kota.waiting import WaitedTooLong, wait_until

URL = "POSTGRES_URL"
LIMIT = 120.0


def provision_all_databases(limit: float = LIMIT) -> tuple[str, ...]:
    """Wait for the server, then create what is missing. Returns the names."""
    names = discover()
    values = given([URL, *(f"POSTGRES_PASSWORD_{name.upper()}" for name in names)])
    refusal = ""

    def there() -> bool:
        nonlocal refusal
        try:
            psycopg.connect(values[URL], connect_timeout=5).close()
        except psycopg.OperationalError as error:
            refusal = str(error).strip().splitlines()[0]
            return False
        return True

    try:
        wait_until(there, "the database server", limit=limit, interval=0.5)
    except WaitedTooLong as late:
        raise OperatorError(late.problem, f"It said at last: {refusal}") from late
    provision_databases(values[URL], {name: values[f"POSTGRES_PASSWORD_{name.upper()}"] for name in names})
    return names
