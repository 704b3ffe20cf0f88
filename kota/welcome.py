"""The table printed when the suite is up: addresses, demo log-ins, where the logs are."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from kota.suite import Suite


def print_welcome(console: Console, suite: Suite, seconds: float, *, detach: bool) -> None:
    """Print what a newcomer needs next."""
    console.print(f"\n[bold green]The suite is up[/] after {seconds:.1f} s.")
    console.print(_addresses(suite))
    users = list(_demo_users()) if suite.own_issuer else []
    if users:
        console.print(_log_ins(users))
    end = "make down" if detach else "Ctrl-C here, or make down in another terminal"
    console.print(f"State and secrets: {suite.home.root} · End it: {end} · Look at it: .venv/bin/python -m kota status")


def _addresses(suite: Suite) -> Table:
    table = Table("what", "where", title="Addresses", title_justify="left")
    table.add_row("Console", suite.console_url)
    table.add_row("API", suite.gateway_url)
    table.add_row("API documentation", f"{suite.gateway_url}/docs")
    table.add_row("Log-in server", suite.issuer_url)
    table.add_row("RabbitMQ console", f"{suite.management_url}  (user kota)" if suite.management_url else "-")
    for service in suite.services:
        table.add_row(f"{service}: health, metrics", suite.health_url(service))
    table.add_row("Logs", str(suite.home.logs))
    return table


def _log_ins(users: Iterable[tuple[str, ...]]) -> Table:
    title = "Demo log-ins, for this machine only; the password of USER is demo-USER"
    table = Table(title=title, title_justify="left")
    for column in ("user", "role"):
        table.add_column(column, no_wrap=True)
    table.add_column("for")
    for user in users:
        table.add_row(*user)
    return table


def _demo_users() -> Iterable[tuple[str, ...]]:
    if importlib.util.find_spec("kota.issuer") is None:
        return []
    users = importlib.import_module("kota.issuer.users").DEMO_USERS
    return [(user.name, user.role, user.purpose) for user in users]
