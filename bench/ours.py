"""Our own contestant: the ambulance service and the gateway once each, with least rights as in `kota up`."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from bench.bodies import peer_body, requests
from bench.contestant import Contestant, Running, WorkMissing
from bench.processes import free_port, python, running, wait_until_created, wait_until_settled
from bench.servers import Servers
from chassis.migrate import upgrade
from kota.errors import OperatorError
from kota.issuer.client import token

SERVICE = "ambulance"
WORKERS = 1
PATH = "/v1/ambulance/incidents"
READY_SECONDS = 30.0

_HEADERS: dict[str, str] = {}
_BEFORE: dict[str, int] = {}


def available() -> bool:
    """True when the gateway and the service are in this checkout."""
    return all(_exists(name) for name in ("gateway.__main__", f"services.{SERVICE}.service", "chassis.run"))


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def needed(contestants: Sequence[str]) -> tuple[str, ...]:
    """The services that must be provisioned for these contestants."""
    return (SERVICE,) if "ours" in contestants else ()


def contestant(servers: Servers) -> Contestant:
    """Ours, on servers provisioned for `needed`: issuer, gateway and service, one each, as `make up` starts them."""
    database = servers.databases[SERVICE]
    return Contestant(
        "ours: gateway + ambulance",
        run=lambda: serving(servers, database),
        requests=lambda: requests(body),
        check=lambda answered: _check(database, answered),
        headers=lambda: _HEADERS,
    )


@contextmanager
def serving(servers: Servers, database: str, checkout: Path | None = None) -> Iterator[Running]:
    """Ours while it runs, from another checkout if one is given; `authorization()` then is good for it."""
    ports = {name: free_port() for name in ("issuer", "gateway", "direct")}
    issuer = f"http://127.0.0.1:{ports['issuer']}"
    url = f"http://127.0.0.1:{ports['gateway']}{PATH}"
    upgrade(SERVICE, database)
    with tempfile.TemporaryDirectory(prefix="kota-issuer-") as home, ExitStack() as stack:
        environment = {"KOTA_HOME": home, "ISSUER_PORT": str(ports["issuer"]), "ISSUER_URL": issuer}
        children = stack.enter_context(running([python("kota.issuer")], environment, checkout))
        worker = {
            f"DATABASE_URL_{SERVICE.upper()}": database,
            "AMQP_URI": servers.brokers[SERVICE],
            "DIRECT_PORT": str(ports["direct"]),
            "LOG_LEVEL": "WARNING",
        }
        children += stack.enter_context(running([python("chassis.run", SERVICE)] * WORKERS, worker, checkout))
        door = {
            "AMQP_URI": servers.brokers["gateway"],
            "DIRECT_URLS": f"{SERVICE}=http://127.0.0.1:{ports['direct']}",
            "GATEWAY_PORT": str(ports["gateway"]),
            "OIDC_ISSUER": issuer,
            "OIDC_JWKS_URL": f"{issuer}/jwks.json",
            "LOG_LEVEL": "WARNING",
            "INTAKE_PER_MINUTE": "0",
            "REQUESTS_PER_MINUTE": "0",
        }
        children += stack.enter_context(running([python("gateway")], door, checkout))
        _HEADERS["Authorization"] = f"Bearer {_token(issuer)}"
        before = _incidents(database)
        headers, first = requests(body)(0)
        answered = wait_until_created(url, ({**_HEADERS, **headers}, first), children)
        wait_until_settled(children)
        _BEFORE[database] = before
        yield Running(url, answered)


def authorization() -> dict[str, str]:
    """The header of a call taker of what is running."""
    return dict(_HEADERS)


def _token(issuer: str) -> str:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            return token(issuer, "call-taker")
        except OperatorError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def body(rng: random.Random) -> dict[str, Any]:
    """The same call as the peers', in our contract's words."""
    sent = peer_body(rng)
    return {
        "channel": "call",
        "phone": sent["caller_phone"],
        "complaint": sent["complaint"],
        "kind": "medical",
        "patients": sent["patients"],
        "location": {"type": "Point", "coordinates": [sent["longitude"], sent["latitude"]]},
        "landmark": sent["landmark"],
    }


def _check(database: str, answered: int) -> None:
    """Each 201 must have left one incident, and one idempotency row."""
    found = _incidents(database) - _BEFORE[database]
    if found != answered:
        raise WorkMissing(f"{answered} answers with 201 but {found} incidents")


def _incidents(database: str) -> int:
    with psycopg.connect(database.replace("+psycopg", "", 1)) as connection:
        row = connection.execute("SELECT count(*) FROM incident").fetchone()
    assert row is not None
    return int(row[0])
