"""The comparison as a table, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from .comparing import Row

SHARES = ("late", "very_late")
TITLES = {"late": "late %", "mean": "mean min", "p90": "p90 min", "very_late": "8 min over %"}


def show(rows: Sequence[Row], console: Console) -> None:
    """Print; a difference whose interval excludes zero is in colour."""
    table = Table("", "calls", *TITLES.values())
    for row in rows:
        table.add_row(row.run.name, str(row.measures.calls), *(_cell(row, name) for name in TITLES))
    console.print(table)
    if any(row.differences for row in rows):
        console.print(f"in brackets: difference to {rows[0].run.name}, paired, with its 95 % interval")
    else:
        console.print("one day only: no interval can be given")


def _cell(row: Row, name: str) -> str:
    scale = 100 if name in SHARES else 1
    text = f"{scale * getattr(row.measures, name):.2f}"
    if row.differences is None:
        return text
    difference = row.differences[name]
    sure = difference.below_zero or not difference.not_above_zero
    colour = ("green" if difference.mean < 0 else "red") if sure else "dim"
    return f"{text} [{colour}]({scale * difference.mean:+.2f} ±{scale * difference.half_width:.2f})[/]"


def as_dict(rows: Sequence[Row]) -> dict[str, Any]:
    """For JSON."""
    return {
        row.run.name: asdict(row.measures)
        | {"differences": {name: asdict(one) for name, one in (row.differences or {}).items()}}
        for row in rows
    }
