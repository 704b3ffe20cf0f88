"""A child in the lists of two schools: the move is proposed to both, the receiving school confirms it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ...base import Request
from ...identity import Npsn
from ...paging import PageQuery
from ...times import Day
from ..values import TransferState
from ..views import ActView, TransferPage, TransferView


class ListTransfers(PageQuery, operation="education.list_transfers", scope="education:pupils", reply=TransferPage):
    """Oldest first; a school's operator sees those from and to their own."""

    npsn: Npsn | None = Field(default=None, description="From or to this school.")
    state: TransferState | None = None


class ConfirmTransfers(Request, operation="education.confirm_transfers", scope="education:enrol", reply=ActView):
    """The children are at the receiving school. `from_on` is their first day there, by default the day of its list.
    All of them or none; those against which the other school has objected are the office's to decide."""

    transfer_ids: tuple[UUID, ...] = Field(min_length=1, max_length=500)
    from_on: Day | None = None


class DeclineTransfer(Request, operation="education.decline_transfer", scope="education:enrol", reply=TransferView):
    """The receiving school's list was wrong, or the office decides that the child stays."""

    transfer_id: UUID


class ObjectToTransfer(Request, operation="education.object_to_transfer", scope="education:enrol", reply=TransferView):
    """The other school says that the child is still there: the office decides."""

    transfer_id: UUID
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)] = Field(repr=False)


__all__ = ["ConfirmTransfers", "DeclineTransfer", "ListTransfers", "ObjectToTransfer"]
