"""To whom a case was handed over: two columns of incidents and of patients; of incidents also the offer and receipt.

The receiver is encrypted: people write names into such fields.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work

from ..domain.hand_over import HandOver, Receipt
from ..domain.incident import Incident
from .columns import Row


def from_hand_over(work: Work, of: HandOver | None, table: str, row: UUID) -> dict[str, Any]:
    """The values of the columns."""
    to = encrypt(work, of.to if of else None, f"{table}.handed_over_to", row)
    return {"handed_over_to": to, "handed_over_at": of.at if of else None}


def to_hand_over(work: Work, row: Row, table: str) -> HandOver | None:
    """What a row says of it."""
    to = decrypt(work, row["handed_over_to"], f"{table}.handed_over_to", row["id"])
    return HandOver(to, row["handed_over_at"]) if to is not None else None


def from_offer(work: Work, of: Incident) -> dict[str, Any]:
    """The values of the columns that only incidents have."""
    offer, receipt = of.offered, of.receipt
    return {
        "offered_to": encrypt(work, offer.to if offer else None, "incident.offered_to", of.id),
        "offered_at": offer.at if offer else None,
        "received_by": encrypt(work, receipt.by if receipt else None, "incident.received_by", of.id),
        "received_at": receipt.at if receipt else None,
        "receipt_reference": encrypt(work, receipt.reference if receipt else None, "incident.receipt_reference", of.id),
    }


def to_offer(work: Work, row: Row) -> HandOver | None:
    """To whom an incident is offered."""
    to = decrypt(work, row["offered_to"], "incident.offered_to", row["id"])
    return HandOver(to, row["offered_at"]) if to is not None else None


def to_receipt(work: Work, row: Row) -> Receipt | None:
    """That they have it."""
    by = decrypt(work, row["received_by"], "incident.received_by", row["id"])
    if by is None:
        return None
    return Receipt(
        by, row["received_at"], decrypt(work, row["receipt_reference"], "incident.receipt_reference", row["id"])
    )
