"""Seats in batches: asked for, offered, taken, given back."""

from __future__ import annotations

from uuid import UUID

from pydantic import StrictInt

from ...base import Query, Request
from ...paging import PageQuery
from ..values import SeatState
from ..views import SeatPage, SeatView
from .businesses import SEEN


class RequestSeat(Request, operation="umkm.request_seat", scope="umkm:seats", reply=SeatView):
    """A seat, or a place on the waiting list. One for each owner and batch."""

    batch_id: UUID
    business_id: UUID


class AcceptSeat(Request, operation="umkm.accept_seat", scope="umkm:seats", reply=SeatView):
    """An offer is taken."""

    seat_id: UUID
    version: StrictInt | None = SEEN


class GiveUpSeat(Request, operation="umkm.give_up_seat", scope="umkm:seats", reply=SeatView):
    """Of a seat, an offer, or a place on the waiting list. The seat goes to the next; whoever asks again is last."""

    seat_id: UUID
    version: StrictInt | None = SEEN


class GetSeat(Query, operation="umkm.get_seat", scope="umkm:seats", reply=SeatView):
    """One; an owner sees their own."""

    seat_id: UUID


class ListSeats(PageQuery, operation="umkm.list_seats", scope="umkm:seats", reply=SeatPage):
    """In the order in which they were asked for; owners see their own. Those who wait have their place on the list."""

    batch_id: UUID | None = None
    business_id: UUID | None = None
    state: SeatState | None = None


__all__ = ["AcceptSeat", "GetSeat", "GiveUpSeat", "ListSeats", "RequestSeat"]
