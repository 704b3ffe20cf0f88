"""`kota dead list|show|replay|drop`: messages that no handler could apply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from contracts.envelope import PREFIX
from kota.dead import queue
from kota.errors import OperatorError
from kota.record import record_act
from kota.suite import Suite, running_suite

app = typer.Typer(help="Parked messages: list, show, replay, drop.", no_args_is_help=True)
console = Console(highlight=False)
SEALED = PREFIX + "sealed"
Service = Annotated[str, typer.Argument(help="The service whose messages these are.")]
Id = Annotated[str | None, typer.Argument(help="The message's id as `list` shows it.")]
All = Annotated[bool, typer.Option("--all", help="All of this service.")]


@app.command("list")
def show_list(service: Annotated[str | None, typer.Argument(help="One service; default: all.")] = None) -> None:
    """Show what is parked, and why."""
    suite = running_suite()
    table = Table("service", "id", "type", "tries", "reason")
    for name in (service,) if service else suite.services:
        with queue.parked(suite.amqp_uri("kota"), _known(suite, name)) as (_, messages):
            for message in messages:
                tries = str(message.headers.get("x-attempt", "?"))
                table.add_row(name, message.id, message.type, tries, message.reason)
    console.print(table if table.row_count else "Nothing is parked.")


@app.command()
def show(service: Service, id: Id) -> None:
    """Show one message whole; numbers of persons are masked."""
    suite = running_suite()
    with queue.parked(suite.amqp_uri("kota"), _known(suite, service)) as (_, messages):
        message = next((m for m in messages if m.id == id), None)
        if message is None:
            raise _missing(service, id)
        for name, value in sorted(message.headers.items()):
            shown = f"({len(str(value))} characters, only {service} can read them)" if name == SEALED else value
            console.print(f"{name}: {shown}", markup=False)
        console.print(message.text, markup=False)


@app.command()
def replay(service: Service, id: Id = None, all: All = False) -> None:
    """Send parked messages back to their handlers; what was applied before is recognised and not applied twice."""
    _act("replay", service, _choice(service, id, all), queue.replay, "")


@app.command()
def drop(
    service: Service,
    reason: Annotated[str, typer.Option(help="Why it may go: kept in the operators' record.")],
    id: Id = None,
    all: All = False,
) -> None:
    """Remove parked messages for good."""
    _act("drop", service, _choice(service, id, all), queue.drop, reason)


def _act(verb: str, service: str, chosen: Callable[[queue.Parked], bool], act: object, reason: str) -> None:
    suite = running_suite()
    done = queue.for_each(suite.amqp_uri("kota"), _known(suite, service), chosen, act)  # type: ignore[arg-type]
    for message in done:
        record_act(suite.home, f"dead {verb}", service=service, message=message.id, type=message.type, reason=reason)
    console.print(f"{verb}: {len(done)} message(s) of {service}")
    if not done:
        raise typer.Exit(1)


def _choice(service: str, id: str | None, all: bool) -> Callable[[queue.Parked], bool]:
    if all == (id is not None):
        raise OperatorError("Say which message.", f"Give an id as `kota dead list {service}` shows it, or --all.")
    return lambda message: all or message.id == id


def _known(suite: Suite, service: str) -> str:
    if service not in suite.services:
        raise OperatorError(f"There is no service {service!r}.", f"One of: {', '.join(suite.services)}.")
    return service


def _missing(service: str, id: str | None) -> OperatorError:
    return OperatorError(f"No parked message {id} at {service}.", f"See `kota dead list {service}`.")
