"""Vehicles in the workshop, officers on leave, and what becomes of their trips."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from ...base import Model, Query, Request
from ...times import Moment
from ..ids import OfficerId, ResourceName, VehicleId
from ..views import BlockList, BlockView, MoveList, MovesView
from .planning import OVERRIDE


class BlockResource(Request, operation="hearse.block_resource", scope="hearse:schedule", reply=BlockView):
    """Maintenance or leave: nothing is planned meanwhile. Refused while trips are planned then: move them first."""

    resource: ResourceName
    begins_at: Moment
    ends_at: Moment | None = Field(default=None, description="Default: until it is lifted.")
    reason: str = Field(min_length=3, max_length=300, repr=False)


class LiftBlock(Request, operation="hearse.lift_block", scope="hearse:schedule", reply=BlockView):
    """It may be planned again; lifted before, it changes nothing."""

    block_id: UUID


class ListBlocks(Query, operation="hearse.list_blocks", scope="hearse:read", reply=BlockList):
    """Those that last or are to come, the earliest first."""


class ProposeMoves(Query, operation="hearse.propose_moves", scope="hearse:schedule", reply=MoveList):
    """A vehicle breaks down or an officer falls ill: for each trip that this affects the best that is free, so that all
    of them together fit. Nothing is changed."""

    resource: ResourceName
    begins_at: Moment | None = Field(default=None, description="Default: now.")
    ends_at: Moment | None = Field(default=None, description="Default: for all trips to come.")


class Move(Model):
    booking_id: UUID
    pickup_at: Moment
    vehicle_id: VehicleId
    officer_ids: tuple[OfficerId, ...] = Field(min_length=1, max_length=4, description="The driver first.")


class ApplyMoves(Request, operation="hearse.apply_moves", scope="hearse:schedule", reply=MovesView):
    """Block the vehicle or officer and move its trips, all or nothing. An affected trip that is not named waits to be
    planned anew. A vehicle that breaks down with the deceased in it is replaced by the one named."""

    resource: ResourceName
    begins_at: Moment | None = Field(default=None, description="Default: now.")
    ends_at: Moment | None = Field(default=None, description="Default: until the block is lifted.")
    reason: str = Field(min_length=3, max_length=300, repr=False)
    moves: tuple[Move, ...] = Field(max_length=100)
    override_reason: str | None = OVERRIDE
