"""Hearses: what confirming a booking costs beside creating one, and a slot search over years of bookings.

`python -m bench.hearse`: gateway and service once each, as `make up` starts them; 16 clients, interleaved rounds of
creating and confirming (each confirmation has a vehicle, an officer and a time of its own: every one succeeds). Then
the search, in the service's own code, over 50,000 trips that are past and a full week to come.
"""

from __future__ import annotations

import argparse
import statistics
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress

from bench.hearse_office import FLEET, Office, confirmation, request_body
from bench.load import Plan, Request, Result, run
from bench.processes import free_port, python, running, wait_until_settled
from bench.servers import Servers, servers
from chassis.migrate import upgrade
from kota.errors import OperatorError
from kota.issuer.client import token
from kota.waiting import wait_until

SERVICE, BASE = "hearse", "/v1/hearse/bookings"
GOAL_RATIO, GOAL_SEARCH_MS = 1.5, 20.0
PAST_TRIPS = 50_000


def main() -> None:
    """Run the rounds and print ratios, then the search."""
    parser = argparse.ArgumentParser(prog="python -m bench.hearse", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--bookings", type=int, default=6000, help="that wait to be confirmed")
    options = parser.parse_args()
    with servers((SERVICE,)) as private:
        database = private.databases[SERVICE]
        upgrade(SERVICE, database)
        office = Office(database)
        ids = office.approved(options.bookings)
        with _suite(private) as (url, headers):
            created, confirmed = _rounds(options, url, headers, ids)
        _table(created, confirmed)
        office.past(PAST_TRIPS)
        _search(office.search_milliseconds())


def _rounds(
    options: argparse.Namespace, url: str, headers: Mapping[str, str], ids: list[str]
) -> tuple[list[Result], list[Result]]:
    created, confirmed, done = [], [], 0
    for number in range(1, options.rounds + 1):
        create = Plan(url + BASE, _keyed(lambda _: request_body()), options.clients, 1.0, options.seconds, headers)
        created.append(run(create))
        print(f"round {number}  create   {created[-1]}", flush=True)
        first = done

        def body(index: int, first: int = first) -> bytes:
            return confirmation(first + index)

        confirm = Plan(url + BASE, _keyed(body), options.clients, 1.0, options.seconds, headers, 200)
        paths = (f"{BASE}/{id}/confirmation" for id in ids[first:])
        confirmed.append(run(confirm, paths))
        done += confirmed[-1].created + options.clients
        print(f"round {number}  confirm  {confirmed[-1]}", flush=True)
    return created, confirmed


def _keyed(body: Callable[[int], bytes]) -> Request:
    prefix = uuid.uuid4().hex
    return lambda number: ({"Idempotency-Key": f"{prefix}-{number}"}, body(number))


@contextmanager
def _suite(private: Servers) -> Iterator[tuple[str, dict[str, str]]]:
    ports = {name: free_port() for name in ("issuer", "gateway")}
    issuer, url = (f"http://127.0.0.1:{ports[name]}" for name in ("issuer", "gateway"))
    with ExitStack() as stack:
        children = stack.enter_context(
            running([python("kota.issuer")], {"ISSUER_PORT": str(ports["issuer"]), "ISSUER_URL": issuer})
        )
        worker = {
            "DATABASE_URL_HEARSE": private.databases[SERVICE],
            "AMQP_URI": private.brokers[SERVICE],
            "LOG_LEVEL": "WARNING",
        }
        children += stack.enter_context(running([python("chassis.run", SERVICE)], worker))
        door = {
            "AMQP_URI": private.brokers["gateway"],
            "GATEWAY_PORT": str(ports["gateway"]),
            "OIDC_ISSUER": issuer,
            "OIDC_JWKS_URL": f"{issuer}/jwks.json",
            "LOG_LEVEL": "WARNING",
            "INTAKE_PER_MINUTE": "0",
            "REQUESTS_PER_MINUTE": "0",
        }
        children += stack.enter_context(running([python("gateway")], door))
        headers = {"Authorization": f"Bearer {_token(issuer)}"}
        wait_until_settled(children)
        yield url, headers


def _token(issuer: str) -> str:
    found: list[str] = []

    def asked() -> bool:
        with suppress(OperatorError):
            found.append(token(issuer, "hearse-officer"))
        return bool(found)

    wait_until(asked, "the issuer", limit=30, interval=0.2)
    return found[0]


def _table(created: list[Result], confirmed: list[Result]) -> None:
    for percent in (50, 99):
        one, other = (
            statistics.median(result.percentile(percent) for result in results) for results in (created, confirmed)
        )
        print(f"p{percent}: create {one:.1f} ms, confirm {other:.1f} ms: {other / one:.2f} (goal: {GOAL_RATIO})")


def _search(milliseconds: list[float]) -> None:
    middle, late = statistics.median(milliseconds), sorted(milliseconds)[int(len(milliseconds) * 0.99)]
    what = f"{FLEET} vehicles, {PAST_TRIPS} past trips"
    print(f"slot search, {what}: median {middle:.1f} ms, p99 {late:.1f} ms (goal: {GOAL_SEARCH_MS:.0f} ms)")


if __name__ == "__main__":
    main()
