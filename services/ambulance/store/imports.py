"""Imports of master data take turns: two that bring the same new row would otherwise collide."""

from __future__ import annotations

from sqlalchemy import text

from chassis.work import Work

_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


def take_turn(work: Work, what: str) -> None:
    """Wait until no other import of this kind runs; held until the end of the transaction."""
    work.read(_TURN, {"what": f"import {what}"})
