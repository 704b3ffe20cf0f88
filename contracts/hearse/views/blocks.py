"""Blocks, and the moves that they make necessary."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from .planning import SlotView


class BlockView(View):
    """Maintenance of a vehicle, leave of an officer."""

    id: UUID
    resource: str
    begins_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    reason: str
    lifted_at: AwareDatetime | None = None


class BlockList(View):
    items: tuple[BlockView, ...]


class MoveView(View):
    """A trip that is affected and the best that is free; `slot` null: nothing is, it waits to be planned anew."""

    booking_id: UUID
    trip_id: UUID
    pickup_at: AwareDatetime = Field(description="As planned so far.")
    under_way: bool = Field(description="With the deceased in the vehicle: another one must come at once.")
    slot: SlotView | None = None
    minutes_later: int | None = Field(default=None, description="0: at the time that the family knows.")


class MoveList(View):
    items: tuple[MoveView, ...] = Field(description="The earliest first.")


class MovesView(View):
    block: BlockView
    moved: tuple[UUID, ...] = Field(description="Bookings with a new plan.")
    waiting: tuple[UUID, ...] = Field(description="Bookings that wait to be planned anew.")
