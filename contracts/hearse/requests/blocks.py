"""Vehicles in the workshop, officers on leave, and what becomes of their trips."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ...base import Model, Query, Request
from ...times import Moment
from ..ids import OfficerId, VehicleId
from ..views import BlockList, BlockView, MoveList, MovesView
from .planning import OVERRIDE


class Who(Model):
    """A vehicle or an officer: one of them."""

    vehicle_id: VehicleId | None = None
    officer_id: OfficerId | None = None

    @model_validator(mode="after")
    def _one(self) -> Who:
        if (self.vehicle_id is None) == (self.officer_id is None):
            raise PydanticCustomError(
                "one_of", "name a vehicle or an officer", {"fix": "send either vehicle_id or officer_id"}
            )
        return self


class BlockResource(Request, Who, operation="hearse.block_resource", scope="hearse:schedule", reply=BlockView):
    """Maintenance or leave: nothing is planned meanwhile. Refused while trips are planned then: move them first."""

    begins_at: Moment
    ends_at: Moment | None = Field(default=None, description="Default: until it is lifted.")
    reason: str = Field(min_length=3, max_length=300, repr=False)


class LiftBlock(Request, operation="hearse.lift_block", scope="hearse:schedule", reply=BlockView):
    """It may be planned again; lifted before, it changes nothing."""

    block_id: UUID


class ListBlocks(Query, operation="hearse.list_blocks", scope="hearse:read", reply=BlockList):
    """Those that last or are to come, the earliest first."""


class ProposeMoves(Query, Who, operation="hearse.propose_moves", scope="hearse:schedule", reply=MoveList):
    """A vehicle breaks down or an officer falls ill: for each trip that this affects the best that is free, so that all
    of them together fit. Nothing is changed."""

    begins_at: Moment | None = Field(default=None, description="Default: now.")
    ends_at: Moment | None = Field(default=None, description="Default: for all trips to come.")


class Move(Model):
    booking_id: UUID
    pickup_at: Moment
    vehicle_id: VehicleId
    officer_ids: tuple[OfficerId, ...] = Field(min_length=1, max_length=4, description="The driver first.")


class ApplyMoves(Request, Who, operation="hearse.apply_moves", scope="hearse:schedule", reply=MovesView):
    """Block the vehicle or officer and move its trips, all or nothing. An affected trip that is not named waits to be
    planned anew. A vehicle that breaks down with the deceased in it is replaced by the one named."""

    begins_at: Moment | None = Field(default=None, description="Default: now.")
    ends_at: Moment | None = Field(default=None, description="Default: until the block is lifted.")
    reason: str = Field(min_length=3, max_length=300, repr=False)
    moves: tuple[Move, ...] = Field(max_length=100)
    override_reason: str | None = OVERRIDE
