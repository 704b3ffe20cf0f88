"""To whom a case was handed over: two columns of incidents and of patients.

The receiver is encrypted: people write names into such fields.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work

from ..domain.hand_over import HandOver
from .columns import Row


def from_hand_over(work: Work, of: HandOver | None, table: str, row: UUID) -> dict[str, Any]:
    """The values of the columns."""
    to = encrypt(work, of.to if of else None, f"{table}.handed_over_to", row)
    return {"handed_over_to": to, "handed_over_at": of.at if of else None}


def to_hand_over(work: Work, row: Row, table: str) -> HandOver | None:
    """What a row says of it."""
    to = decrypt(work, row["handed_over_to"], f"{table}.handed_over_to", row["id"])
    return HandOver(to, row["handed_over_at"]) if to is not None else None
