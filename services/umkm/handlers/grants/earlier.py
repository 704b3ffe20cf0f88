"""Grants that people have received elsewhere, or before this system."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import wrong_field
from contracts.umkm import EarlierGrantView, RecordEarlierGrant

from ... import store
from ..day import today


def record_earlier_grant(work: Work, request: RecordEarlierGrant) -> EarlierGrantView:
    """Once for a person and a programme."""
    if request.received_on > today(work):
        raise wrong_field("received_on", "future", "the day is still to come", "send the day of the receipt")
    key = work.person_keys.person_key(request.nik)
    take_turn(work, f"earlier grant of {key}")
    id = store.grants.earlier.find(work, key, request.programme) or work.new_id()
    store.grants.earlier.put(work, id, key, request.programme, request.received_on, request.holds)
    work.audit(id, received_on=str(request.received_on), holds=request.holds)
    return EarlierGrantView(id=id, programme=request.programme, received_on=request.received_on, holds=request.holds)
