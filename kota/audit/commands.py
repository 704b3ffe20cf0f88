"""`kota audit verify|show`: prove that the log is whole, and read it."""

from __future__ import annotations

import os
from typing import Annotated

import psycopg
import typer
from rich.console import Console
from rich.table import Table

from chassis.audit import Verdict, verify
from chassis.privacy import parse_secret
from kota.suite import Suite, running_suite

app = typer.Typer(help="The audit log: verify, show.", no_args_is_help=True)
console = Console(highlight=False)
Service = Annotated[str | None, typer.Argument(help="One service; default: all.")]


@app.command("verify")
def verify_log(service: Service = None) -> None:
    """Walk the hash chain. Exit code 1 names every row altered, removed or reordered since it was sealed."""
    suite = running_suite()
    verdicts = {name: _verify(suite, name) for name in ((service,) if service else suite.services)}
    table = Table("service", "sealed rows", "not sealed yet", "head of the chain", "verdict")
    for name, verdict in verdicts.items():
        table.add_row(name, str(verdict.sealed), str(verdict.unsealed), verdict.head[:16], _words(verdict))
    console.print(table)
    if any(verdict.findings for verdict in verdicts.values()):
        raise typer.Exit(1)


@app.command()
def show(
    service: Annotated[str, typer.Argument(help="The service that owns the thing.")],
    subject: Annotated[str, typer.Argument(help="The thing's id.")],
) -> None:
    """What happened to one thing, when, by whom and why."""
    suite = running_suite()
    table = Table("id", "at (UTC)", "actor", "roles", "action", "purpose", "detail")
    statement = (
        "SELECT id, at, actor, roles, action, purpose, detail FROM audit WHERE subject = %s ORDER BY id LIMIT 1000"
    )
    with _connect(suite, service) as connection:
        for row in connection.execute(statement, [subject]):
            table.add_row(*("" if value is None else str(value) for value in row))
    console.print(table)


def _verify(suite: Suite, service: str) -> Verdict:
    variable = f"AUDIT_KEY_{service.upper()}"
    key = parse_secret(variable, suite.secrets[variable], production=os.environ.get("KOTA_ENV") == "production")
    with _connect(suite, service) as connection:
        return verify(connection, key)


def _connect(suite: Suite, service: str) -> psycopg.Connection:
    url = suite.database_url(service).replace("+psycopg", "", 1)
    return psycopg.connect(url, autocommit=True, connect_timeout=5)


def _words(verdict: Verdict) -> str:
    if not verdict.findings:
        return "whole"
    places = (f"{f.kind}: row {f.audit_id} (seal {f.seal})" for f in verdict.findings[:20])
    more = len(verdict.findings) - 20
    return "; ".join(places) + (f"; and {more} more" if more > 0 else "")
