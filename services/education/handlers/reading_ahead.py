"""A large file is read by a process beside the one that sorts its rows: each has a processor of its own.

What it can't read, or has no memory for, it says and ends; if it dies, so does the try (chassis/jobs.py begins anew).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from chassis.storage import Storage

from ..domain.roster.header import Header
from ..domain.roster.reading import Roster, RosterRow
from ..domain.sheets import Limits, Unreadable, open_sheets

LARGE = 2_000_000
"""Bytes from which a second process is worth its start."""
CHUNK = 2_000


@dataclass(frozen=True)
class Wanted:
    """Which file, and how its rows are judged."""

    key: str
    size: int
    level: str
    today: date


class Rows:
    """The header of a list and its rows, so many at a time. Raises Unreadable and MemoryError."""

    def __init__(self, wanted: Wanted, storage: Storage) -> None:
        self._parts = _beside(wanted) if wanted.size >= LARGE else _here(wanted, storage)
        self.header: Header = next(self._parts)

    def __iter__(self) -> Iterator[list[RosterRow]]:
        yield from self._parts

    def close(self) -> None:
        """Read no further."""
        self._parts.close()


def _here(wanted: Wanted, storage: Storage) -> Any:
    limits = Limits()
    with closing(storage.reading(wanted.key)) as file:
        roster = Roster(open_sheets(file, limits), wanted.level, wanted.today, limits.rows)
        yield roster.header
        rows = iter(roster)
        while chunk := list(islice(rows, CHUNK)):
            yield chunk


def _beside(wanted: Wanted) -> Any:
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(there, wanted), daemon=True)
    process.start()
    there.close()
    try:
        while (part := here.recv()) is not None:
            if isinstance(part, Exception):
                raise part
            yield part
    except EOFError:
        raise RuntimeError("the reading process has died") from None
    finally:
        here.close()
        process.terminate()
        process.join()


def _read(there: Connection, wanted: Wanted) -> None:
    try:
        for part in _here(wanted, Storage.from_environment()):
            there.send(part)
        there.send(None)
    except (Unreadable, MemoryError) as refusal:
        there.send(refusal)
    except BrokenPipeError:
        pass  # nobody wants the rest
    except Exception as error:  # only its kind: the text may quote a cell, and would go to the log
        there.send(RuntimeError(f"reading failed: {type(error).__name__}"))
