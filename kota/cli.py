"""The command line. Sub-commands are imported when called, so that `kota status` starts fast."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from kota.errors import OperatorError

if TYPE_CHECKING:
    from kota.home import Home

# Name of the sub-command → module that holds it as `app`.
MOUNTED = {
    "import": "kota.importing.commands",
    "simulate": "kota.simulate.commands",
    "dead": "kota.dead.commands",
    "audit": "kota.audit.commands",
    "rules": "kota.rules.commands",
    "provision": "kota.provisioning.commands",
}


class Commands(TyperGroup):
    """The commands below and the mounted ones; an operator's error is shown without a stack trace."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *MOUNTED]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in MOUNTED:
            return super().get_command(ctx, cmd_name)
        command = typer.main.get_command(importlib.import_module(MOUNTED[cmd_name]).app)
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except OperatorError as error:
            console = Console(stderr=True, highlight=False)
            console.print(f"[red]✗[/] {error.problem}", markup=True)
            console.print(error.fix, markup=False)
            sys.exit(1)


app = typer.Typer(
    cls=Commands,
    help="Kota: the city services suite on this machine.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
console = Console(highlight=False)


def _home() -> Home:
    from kota.home import Home

    return Home.from_environment()


@app.command()
def up(
    detach: Annotated[bool, typer.Option(help="Return when all is ready; end it with `down`.")] = False,
) -> None:
    """Start everything: PostgreSQL, RabbitMQ, migrations, services, issuer, gateway."""
    from kota import running

    running.up(_home(), console, detach=detach)


@app.command()
def down() -> None:
    """Stop everything that was started here, also from another terminal."""
    from kota import running

    running.down(_home(), console)


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop, and remove all data, logs and secrets of this installation."""
    from kota import running

    home = _home()
    if not yes:
        typer.confirm(f"Remove all data under {home.root}?", abort=True)
    running.reset(home, console)


@app.command()
def status(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show each process, queue depths, outbox lag and parked messages."""
    from kota import status_view

    status_view.show(_home(), console, as_json=json)


@app.command()
def migrate() -> None:
    """Bring the databases of the running suite to the newest schema."""
    from kota.migrating import migrate_all
    from kota.suite import running_suite

    migrate_all(running_suite())
    console.print("[green]✓[/] All databases have the newest schema.")
