"""Taking turns: who reads and then writes what another could do in the same moment waits until the other is done."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text

from .work import Work

_TURNS = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(what, 0)) FROM unnest(CAST(:what AS text[])) AS told (what)"
)
_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


def take_turn(work: Work, what: str) -> None:
    """Wait until nobody else does `what`; held until the end of the transaction."""
    work.read(_TURN, {"what": what})


def take_turns(work: Work, all_of: Iterable[str]) -> None:
    """Several in one statement, in the order of their names: two who want the same ones would else wait for each other
    for ever. PostgreSQL remembers each until the end of the transaction, in a table of a few thousand: at most some
    hundreds at a time."""
    if wanted := sorted(all_of):
        work.read(_TURNS, {"what": wanted})
