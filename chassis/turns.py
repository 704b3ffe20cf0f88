"""Taking turns: who reads and then writes what another could do in the same moment waits until the other is done."""

from __future__ import annotations

from sqlalchemy import text

from .work import Work

_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


def take_turn(work: Work, what: str) -> None:
    """Wait until nobody else does `what`; held until the end of the transaction."""
    work.read(_TURN, {"what": what})
