"""One contestant of the command path: how it is started, what it is sent, what it must have written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from bench import bodies
from bench.load import Plan, Request, Result, run
from bench.peers.schema import count, create_afresh
from bench.peers.work import PATH
from bench.processes import free_port, python, running, wait_until_created, wait_until_settled


class WorkMissing(Exception):
    """Rows in the database are not those of the answers; the figure would be worthless."""


@dataclass(frozen=True, slots=True)
class Running:
    """A started contestant: where it listens, and the 201 answers that starting it took."""

    url: str
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A name, a context manager that runs it, its requests, and a check of its rows after the turn."""

    name: str
    run: Callable[[], AbstractContextManager[Running]]
    requests: Callable[[], Request]
    check: Callable[[int], None]
    headers: Callable[[], Mapping[str, str]] = dict


def turn(contestant: Contestant, clients: int, warm_up: float, seconds: float) -> Result:
    """Start it, load it, check its rows, stop it. Raises WorkMissing, NotReady."""
    with contestant.run() as target:
        plan = Plan(target.url, contestant.requests(), clients, warm_up, seconds, contestant.headers())
        result = run(plan)
        contestant.check(target.answered + result.created)
    return result


def peer(name: str, module: str, env: Mapping[str, str], engine: Engine) -> Contestant:
    """The peer in bench/peers/`module`, started with `env`, on freshly created tables."""
    outboxed = module != "nameko_way"
    return Contestant(
        name,
        run=lambda: _running_peer(module, env, engine),
        requests=bodies.requests,
        check=lambda answered: check_rows(engine, answered, outboxed),
    )


@contextmanager
def _running_peer(module: str, env: Mapping[str, str], engine: Engine) -> Iterator[Running]:
    create_afresh(engine)
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"
    with running([python(f"bench.peers.{module}")], {**env, "PORT": str(port)}) as children:
        request = bodies.requests()
        answered = wait_until_created(url, request(0), children)
        wait_until_settled(children)
        yield Running(url, answered)


def check_rows(engine: Engine, answered: int, outboxed: bool) -> None:
    """Each 201 must have left one row in each table (the nameko way leaves none in the outbox)."""
    rows = count(engine)
    expected = {
        "inbox": answered,
        "incident": answered,
        "outbox": answered if outboxed else 0,
        "audit": answered,
    }
    if rows != expected:
        raise WorkMissing(f"{answered} answers with 201 should have left {expected}, found {rows}")
