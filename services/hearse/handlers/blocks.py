"""Maintenance and leave."""

from __future__ import annotations

from chassis.work import Work
from contracts.hearse.problems import BlockedAlready, TripsPlanned
from contracts.hearse.requests.blocks import ApplyMoves, BlockResource, LiftBlock, ListBlocks, ProposeMoves
from contracts.hearse.views import BlockList, BlockView
from contracts.problems import NotFound, wrong_field

from .. import store
from ..domain import block as rules
from ..domain.block import Block
from ..domain.slots import VEHICLE
from .views import block_view


def block_resource(work: Work, request: BlockResource) -> BlockView:
    """Nothing is planned meanwhile."""
    window = rules.window(request.begins_at, request.ends_at, work.now)
    require_known(work, request)
    block = Block(work.new_id(), request.resource, window, request.reason.strip())
    planned = store.reservation.bookings_within(work, [block.resource], window)
    if planned:
        raise TripsPlanned(bookings=[str(id) for id in planned])
    keep(work, block)
    return block_view(block)


def lift_block(work: Work, request: LiftBlock) -> BlockView:
    """It may be planned again."""
    block = store.block.get(work, request.block_id, lock=True)
    if block is None:
        raise NotFound(f"no block {request.block_id}", detail_id=f"tidak ada blokir {request.block_id}")
    lifted = block.lifted(work.now)
    if lifted is not block:
        store.block.lift(work, lifted)
        work.audit(block.resource, block_id=str(block.id), lifted=True)
    return block_view(lifted)


def list_blocks(work: Work, query: ListBlocks) -> BlockList:
    """Those that last or are to come."""
    return BlockList(items=tuple(map(block_view, store.block.current(work))))


def keep(work: Work, block: Block) -> None:
    """Store a block whose vehicle or officer is locked. Raises BlockedAlready."""
    there = [one.id for one in store.block.within(work, block.window) if one.resource == block.resource]
    if there:
        raise BlockedAlready(blocks=[str(id) for id in there])
    store.block.add(work, block)
    work.audit(block.resource, block_id=str(block.id), begins_at=block.window.begins_at.isoformat())


def require_known(work: Work, request: BlockResource | ProposeMoves | ApplyMoves) -> None:
    """Lock the vehicle or officer. Raises InvalidRequest for one that is unknown."""
    lock, (_, _, id) = request.changes, request.resource.partition(":")
    if request.resource.startswith(VEHICLE):
        if not store.vehicle.some(work, [id], lock=lock):
            raise wrong_field("resource", "unknown", "no such vehicle", "choose one of hearse.list_vehicles")
    elif not store.officer.some(work, [id], lock=lock):
        raise wrong_field("resource", "unknown", "no such officer", "choose one of hearse.list_officers")
