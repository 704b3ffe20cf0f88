"""`kota simulate day`."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .options import Options
from .report import show
from .running import run_day, with_random_seed

app = typer.Typer(help="Drive the whole suite through its public API.", no_args_is_help=True)


class Form(StrEnum):
    """How the result is printed."""

    TABLE = "table"
    JSON = "json"


@app.callback()
def main() -> None:
    """Keeps `day` a sub-command while it is the only one."""


@app.command()
def day(
    incidents: Annotated[int, typer.Option(min=1, max=20_000, help="Incidents in the day.")] = 200,
    speed: Annotated[float, typer.Option(min=1, max=100_000, help="Simulated seconds per second.")] = 600,
    nuisance: Annotated[int, typer.Option(min=0, max=200, help="Other contacts for each incident.")] = 20,
    seed: Annotated[int | None, typer.Option(help="The same seed is the same day; default: by chance.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    patience: Annotated[float, typer.Option(min=1, help="Seconds a request is tried again through faults.")] = 60,
    gateway: Annotated[str | None, typer.Option(help="Another gateway; then only its API is compared.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")] = None,
) -> None:
    """A day of calls, dispatches and trips; at the end an account of everything lost or doubled (then exit code 1)."""
    options = Options(
        incidents=incidents,
        speed=speed,
        nuisance_per_incident=nuisance,
        gateway=gateway,
        issuer=issuer,
        patience=patience,
    )
    options = with_random_seed(options) if seed is None else Options(**{**options.__dict__, "seed": seed})
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("log-in", total=None)
        result = run_day(
            options, lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
        )
    if report is Form.JSON:
        typer.echo(json.dumps(result.as_dict(), default=str))
    else:
        show(result, Console(highlight=False))
    raise typer.Exit(0 if result.ok else 1)
