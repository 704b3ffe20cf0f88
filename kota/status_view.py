"""`kota status` for people and, with --json, for programs."""

from __future__ import annotations

import json
import sys

from rich.console import Console
from rich.table import Table

from kota.home import Home
from kota.secrets import read_secrets
from kota.state import read_state
from kota.status import QueueStatus, Status, gather
from kota.suite import Suite

MINUTE, HOUR = 60, 3600


def show(home: Home, console: Console, *, as_json: bool) -> None:
    """Print the status; exit with 1 when the suite is not running."""
    status = read_status(home)
    if as_json:
        sys.stdout.write(json.dumps(status.as_dict(), indent=1) + "\n")
    else:
        print_status(console, status)
    if not status.running:
        sys.exit(1)


def read_status(home: Home) -> Status:
    """The status of the suite that runs from this home."""
    state = read_state(home)
    if not state.is_running():
        return Status(running=False)
    suite = Suite(home, state.services, state.ports, read_secrets(home.secrets_file), state.given)
    return gather(suite, state)


def print_status(console: Console, status: Status) -> None:
    """The status as tables."""
    if not status.running:
        console.print("The suite is not running. Start it with `make up`.")
        return
    console.print(f"Running since {status.started_at} · API {status.addresses['gateway']}")
    console.print(_processes(status))
    console.print(_services(status))
    if status.queues:
        console.print(_queues(status.queues))
    for problem in status.problems:
        console.print(f"[yellow]![/] {problem}")


def _processes(status: Status) -> Table:
    table = Table("process", "state", "pid", "up", "ready", title="Processes", title_justify="left")
    for process in status.processes:
        state = process.state if process.state == "running" else f"[red]{process.state}[/]"
        ready = {True: "yes", False: "[red]no[/]", None: "-"}[process.ready]
        table.add_row(process.name, state, str(process.pid or "-"), duration(process.uptime), ready)
    return table


def _services(status: Status) -> Table:
    columns = ("service", "outbox waiting", "oldest", "parked messages")
    table = Table(*columns, title="Events", title_justify="left")
    for outbox in status.outboxes:
        parked = status.parked.get(outbox.service)
        shown = "?" if parked is None else f"[red]{parked}[/]" if parked else "0"
        waiting = outbox.problem or str(outbox.waiting)
        table.add_row(outbox.service, waiting, f"{outbox.oldest_seconds} s", shown)
    table.add_row("unrouted", "", "", "?" if status.unrouted is None else str(status.unrouted))
    return table


def _queues(queues: list[QueueStatus]) -> Table:
    table = Table(
        "queue (retry queues only when filled)", "waiting", "in work", "consumers", title="Queues", title_justify="left"
    )
    for queue in queues:
        if ".retry." in queue.name and not queue.ready:
            continue  # sixteen empty retry queues would hide the rest
        table.add_row(queue.name, str(queue.ready), str(queue.unacknowledged), str(queue.consumers))
    return table


def duration(seconds: int) -> str:
    """A span as a person says it: 42 s, 3 min, 2 h."""
    if seconds < MINUTE:
        return f"{seconds} s"
    return f"{seconds // MINUTE} min" if seconds < HOUR else f"{seconds // HOUR} h {seconds % HOUR // MINUTE} min"
