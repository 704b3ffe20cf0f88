"""A large file is read by a process beside the one that sorts its rows: each has a processor of its own.

What it can't read, or has no memory for, it says and ends; if it dies, so does the try (chassis/jobs.py begins anew).
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
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
    here, there = os.pipe()
    told = (wanted.key, str(wanted.size), wanted.level, wanted.today.isoformat())
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(there), *told], pass_fds=(there,), stdin=subprocess.DEVNULL
    )
    os.close(there)
    with open(here, "rb") as parts:
        try:
            while (part := pickle.load(parts)) is not None:
                if isinstance(part, Exception):
                    raise part
                yield part
        except (EOFError, pickle.UnpicklingError):
            raise RuntimeError("the reading process has died") from None
        finally:
            process.terminate()
            process.wait()


def main(there: str, key: str, size: str, level: str, today: str) -> None:
    """The process that reads: header, chunks of rows and None, or what went wrong, written into the pipe."""
    with open(int(there), "wb") as pipe, suppress(BrokenPipeError):  # broken: nobody wants the rest
        try:
            for part in _here(Wanted(key, int(size), level, date.fromisoformat(today)), Storage.from_environment()):
                pickle.dump(part, pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
            pickle.dump(None, pipe)
        except (Unreadable, MemoryError) as refusal:
            pickle.dump(refusal, pipe)
        except BrokenPipeError:
            raise
        except Exception as error:  # only its kind: the text may quote a cell, and would go to the log
            pickle.dump(RuntimeError(f"reading failed: {type(error).__name__}"), pipe)


if __name__ == "__main__":
    main(*sys.argv[1:])
