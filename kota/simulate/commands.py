"""`kota simulate day`, `rosters`, `crowd`, `year`, `ladder` and `replay`."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kota.importing.access import addresses
from kota.suite import running_suite

from .crowd import Result as CrowdResult
from .ladder.result import Result as LadderResult
from .options import Options
from .outage import span
from .report import show
from .rosters import Result as RostersResult
from .running import run_day, with_random_seed
from .year import Result as YearResult

app = typer.Typer(help="Drive the whole suite through its public API.", no_args_is_help=True)


class Form(StrEnum):
    """How the result is printed."""

    TABLE = "table"
    JSON = "json"


@app.command()
def day(
    incidents: Annotated[int, typer.Option(min=1, max=20_000, help="Incidents in the day.")] = 200,
    speed: Annotated[float, typer.Option(min=1, max=100_000, help="Simulated seconds per second.")] = 600,
    nuisance: Annotated[int, typer.Option(min=0, max=200, help="Other contacts for each incident.")] = 20,
    seed: Annotated[int | None, typer.Option(help="The same seed is the same day; default: by chance.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    patience: Annotated[float, typer.Option(min=1, help="Seconds a request is tried again through faults.")] = 60,
    broker_down_for: Annotated[
        str | None, typer.Option(help="How long the broker is stopped from ten o'clock: 90s, 30m, 1h of the day.")
    ] = None,
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
        broker_down_seconds=span(broker_down_for) if broker_down_for else 0.0,
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


@app.command()
def rosters(
    schools: Annotated[int, typer.Option(min=2, max=100, help="Schools that send their lists at once.")] = 10,
    pupils: Annotated[int, typer.Option(min=10, max=2_000, help="Children of each.")] = 120,
    seed: Annotated[int | None, typer.Option(help="The same seed is the same children; default: by chance.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    gateway: Annotated[str | None, typer.Option(help="Another gateway.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")] = None,
) -> None:
    """Schools send their lists of pupils, twice, and children move between them; then every child is counted in the
    API, the database and the events (exit code 1 if one is lost or there twice)."""
    from .rosters import Rosters

    gateway_url, issuer_url = addresses(gateway, issuer)
    run = Rosters(gateway_url, issuer_url, secrets.randbelow(1_000) if seed is None else seed, schools, pupils)
    result = run.run()
    if gateway is None:
        run.reconcile(running_suite())
    line = (
        f"seed {result.seed}: {result.rosters} lists of {result.schools} schools, {result.transfers} moves,"
        f" {result.pupils} pupils in {result.seconds:.1f} s, {result.in_events} of them by the events alone:"
        f" {len(result.findings)} lost or doubled"
    )
    _end(result, line, report)


@app.command()
def crowd(
    owners: Annotated[int, typer.Option(min=3, max=2_000, help="Who asks for a seat, all at once.")] = 120,
    seats: Annotated[int, typer.Option(min=1, max=500, help="Seats of the training.")] = 20,
    seed: Annotated[int | None, typer.Option(help="Decides who gives a seat back; default: by chance.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    gateway: Annotated[str | None, typer.Option(help="Another gateway.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")] = None,
) -> None:
    """Owners of businesses ask for the few seats of a training at once, give some back, take offers; then every seat is
    counted in the API, the database and the events (exit code 1 if one is lost or given twice)."""
    from .crowd import Crowd

    gateway_url, issuer_url = addresses(gateway, issuer)
    run = Crowd(gateway_url, issuer_url, secrets.randbelow(1_000) if seed is None else seed, owners, seats)
    result = run.run()
    if gateway is None:
        run.reconcile(running_suite())
    states = ", ".join(f"{count} {state}" for state, count in sorted(result.states.items()))
    line = (
        f"seed {result.seed}: {result.owners} owners asked for {result.seats} seats in {result.seconds:.1f} s,"
        f" {result.given_back} were given back: {states}; {result.in_events} of them by the events alone:"
        f" {len(result.findings)} lost or doubled"
    )
    _end(result, line, report)


@app.command()
def year(
    seed: Annotated[
        int | None, typer.Option(help="Decides who is absent and what bounces; default: by chance.")
    ] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    gateway: Annotated[str | None, typer.Option(help="Another gateway.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")] = None,
) -> None:
    """A term of fee waivers at the demo schools, from the grants to the bank's answers, with absences, corrections, a
    budget cut and bounced lines; then ledger, bank files and budget are compared to the rupiah (exit code 1 if they
    differ)."""
    from .year import Year

    gateway_url, issuer_url = addresses(gateway, issuer)
    run = Year(gateway_url, issuer_url, secrets.randbelow(1_000) if seed is None else seed)
    result = run.run()
    if gateway is None:
        run.reconcile(running_suite())
    paid = f"{result.paid_rupiah:,}".replace(",", ".")
    line = (
        f"seed {result.seed}: {result.granted} waivers, {result.pupil_months} pupil-months of {result.months} months"
        f" confirmed, {result.corrected} taken back, {result.batches} batches with {result.bounced} bounced lines,"
        f" Rp{paid} paid in {result.seconds:.1f} s: {len(result.findings)} differences"
    )
    _end(result, line, report)


@app.command()
def ladder(
    groups: Annotated[int, typer.Option(min=1, max=100, help="Groups of new borrowers.")] = 6,
    days: Annotated[int, typer.Option(min=60, max=1_000, help="How long it goes.")] = 365,
    first_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Its first day.")] = datetime(2026, 1, 5),
    seed: Annotated[int | None, typer.Option(help="The same seed is the same year; default: by chance.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
) -> None:
    """A year of Tangerang Emas in seconds, on a database of its own: groups that vouch for each other, members who pay
    in time, late, too much, by a wrong number, not at all; a bank whose files repeat themselves; deaths. Then the
    bank's own account is compared with API, ledger, balances, events and figures to the rupiah (exit code 1 if they
    differ)."""
    from .ladder.year import Year as Ladder

    run = Ladder(secrets.randbelow(1_000) if seed is None else seed, groups, first_day.date(), days)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("database", total=days)
        result = run.run(lambda what, done: bar.update(task, description=what, completed=done))
    lent, paid = (f"{rupiah:,}".replace(",", ".") for rupiah in (result.lent_rupiah, result.paid_rupiah))
    states = ", ".join(f"{count} {state}" for state, count in sorted(result.states.items()))
    line = (
        f"seed {result.seed}: {result.loans} loans to {result.groups} groups, {result.next_step} of them on the next"
        f" step; {result.files} files with {result.lines} lines, {result.told_again} told again, {result.waited} for a"
        f" person; {states}; Rp{paid} of Rp{lent} paid in {result.seconds:.1f} s: {len(result.findings)} differences"
    )
    _end(result, line, report)


def _end(result: RostersResult | CrowdResult | YearResult | LadderResult, line: str, report: Form) -> None:
    """Print what was found, and end with what a script looks at."""
    if report is Form.JSON:
        typer.echo(json.dumps(asdict(result)))
    else:
        console = Console(highlight=False)
        console.print(line)
        for finding in result.findings:
            console.print(finding, markup=False)
    raise typer.Exit(1 if result.findings else 0)


@app.command()
def replay(
    trace: Annotated[Path | None, typer.Option(help="CSV of calls; default: the closed incidents of the API.")] = None,
    city: Annotated[Path | None, typer.Option(help="NumPy archive of a traced city; calls name nodes.")] = None,
    travel: Annotated[Path | None, typer.Option(help="NumPy archive of its driving luck by call and unit.")] = None,
    units: Annotated[Path | None, typer.Option(help="Another fleet: CSV, one row per unit with its home.")] = None,
    bases: Annotated[Path | None, typer.Option(help="Another base plan: CSV of places where units may wait.")] = None,
    hospitals: Annotated[Path | None, typer.Option(help="CSV of hospitals, for a trace with coordinates.")] = None,
    policy: Annotated[list[str] | None, typer.Option(help="Only these policies; several are allowed.")] = None,
    since: Annotated[str | None, typer.Option(help="First day, 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="The day after the last.")] = None,
    target: Annotated[float, typer.Option(min=1, help="Target in minutes of a trace that names none.")] = 12.0,
    warm_up: Annotated[float, typer.Option(min=0, help="Hours of a traced city that don't count.")] = 24.0,
    picture: Annotated[Path | None, typer.Option(help="Draw it: a file ending in .png or .svg.")] = None,
    report: Annotated[Form, typer.Option(help="How the result is printed.")] = Form.TABLE,
    gateway: Annotated[str | None, typer.Option(help="Another gateway.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The issuer's address; default: the running suite's.")] = None,
) -> None:
    """What would have happened to real or traced calls under another policy, fleet or base plan?"""
    from .replay import command, showing
    from .replay import picture as drawing

    if picture is not None:
        drawing.check(picture)
    asked = command.Replaying(
        trace,
        city,
        travel,
        units,
        bases,
        hospitals,
        tuple(policy or ()),
        command.day(since),
        command.day(until),
        target,
        warm_up,
        gateway,
        issuer,
    )
    compared = command.run(asked)
    if report is Form.JSON:
        typer.echo(json.dumps(showing.as_dict(compared.rows) | {"left_out": compared.left_out}))
    else:
        console = Console(highlight=False)
        showing.show(compared.rows, console)
        for reason, count in compared.left_out.items():
            console.print(f"left out: {count} {reason}")
    if picture is not None:
        drawing.draw(compared.rows, picture)
