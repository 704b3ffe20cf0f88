"""What is wrong with a file: all of it at once, each fault with its row, column, problem and fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from rich.markup import escape

from kota.errors import OperatorError

MOST_SHOWN = 50


@dataclass(frozen=True)
class Fault:
    """One wrong value. `row` counts as an editor shows it: a table's lines from 1, a collection's features from 1."""

    row: int
    column: str
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.problem}; {self.fix}"


class BadFile(OperatorError):
    """The file cannot be imported, and nothing of it was; `faults` names every wrong value."""

    def __init__(self, problem: str, fix: str, faults: Iterable[Fault] = ()) -> None:
        self.faults = tuple(faults)
        shown = [f"  {fault}" for fault in self.faults[:MOST_SHOWN]]
        if len(self.faults) > MOST_SHOWN:
            shown.append(f"  … and {len(self.faults) - MOST_SHOWN} more")
        super().__init__(escape("\n".join([problem, *shown])), fix)


def refuse(name: str, faults: list[Fault]) -> None:
    """Raise BadFile if there is any fault."""
    if faults:
        raise BadFile(
            f"{name} has {len(faults)} wrong value(s):", "Nothing was imported. Mend them and try again.", faults
        )


def faults_of(row: int, error: ValidationError, columns: dict[str, str] | None = None) -> list[Fault]:
    """Faults of a row that does not fit its contract; `columns` maps a field to the name it has in the file."""
    return [_fault(row, one, columns or {}) for one in error.errors(include_input=False, include_url=False)]


def _fault(row: int, error: Any, columns: dict[str, str]) -> Fault:
    field, *inner = map(str, error["loc"]) if error["loc"] else ("row",)
    column = ".".join([columns.get(field, field), *inner])
    fix = (error.get("ctx") or {}).get("fix") or "see `kota import --help` for the format"
    return Fault(row, column, error["msg"], fix)
