"""`kota provision broker|databases|secrets`: what a compose file or a cluster runs before the services."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kota.provisioning.broker import provision_broker
from kota.provisioning.databases import provision_all_databases
from kota.provisioning.files import write_files

app = typer.Typer(help="Prepare servers that run already: broker, databases, secrets.", no_args_is_help=True)
console = Console(highlight=False)


@app.command()
def broker() -> None:
    """Create users with their rights, exchanges, queues, bindings and policies; nothing is emptied.

    Needs AMQP_MANAGEMENT_URL with an administrator's log-in (or that as AMQP_MANAGEMENT_USER and _PASSWORD), and
    AMQP_PASSWORD_<USER> of every user: set, or as files in SECRETS_DIR."""
    users = provision_broker()
    console.print(f"[green]✓[/] The broker has its topology, and the users {', '.join(users)}.")


@app.command()
def databases() -> None:
    """Create a database and a role for each service on one server.

    Needs POSTGRES_URL with an administrator's log-in, and POSTGRES_PASSWORD_<SERVICE> of every service."""
    names = provision_all_databases()
    console.print(f"[green]✓[/] The server has the databases {', '.join(names)}.")


@app.command()
def secrets(
    folder: Annotated[Path, typer.Argument(help="Where the files are written, one for each secret.")],
    postgres: Annotated[str, typer.Option(help="Host of the database server.")] = "postgres",
    rabbitmq: Annotated[str, typer.Option(help="Host of the broker.")] = "rabbitmq",
) -> None:
    """Draw what is missing and write one file for each secret; what is there is never changed."""
    written = write_files(folder, postgres, rabbitmq)
    console.print(f"[green]✓[/] {len(written)} files written to {folder}." if written else "Nothing was missing.")
