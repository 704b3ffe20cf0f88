"""Bodies for which no hearse is free."""

from __future__ import annotations

from uuid import UUID

from chassis.turns import take_turn
from chassis.work import Work
from contracts.ambulance.requests.body_transports import (
    ApproveTransportUnit,
    EngagePartnerHearse,
    KeepBody,
    ListBodyTransports,
)
from contracts.ambulance.views import BodyTransportPage, BodyTransportView
from contracts.base import Event
from contracts.hearse import VehicleUnavailable
from contracts.problems import NotFound

from .. import store
from ..domain.body_transport import BodyTransport
from . import find


def raise_task(work: Work, told: VehicleUnavailable) -> None:
    """One task for each booking."""
    take_turn(work, f"body {told.booking_id}")
    if store.body_transport.get(work, told.booking_id) is not None:
        return
    task, events = BodyTransport.needed(told, work.now)
    store.body_transport.add(work, task)
    work.emit(task.booking_id, task.version, *events)
    work.audit(task.booking_id, state=task.state)


def list_body_transports(work: Work, query: ListBodyTransports) -> BodyTransportPage:
    """Newest first."""
    tasks, cursor = store.body_transport.pages(work, query)
    return BodyTransportPage(items=tuple(map(_view, tasks)), next=cursor)


def engage_partner_hearse(work: Work, request: EngagePartnerHearse) -> BodyTransportView:
    """Another organisation brings it."""
    task = _load(work, request.booking_id)
    return _settle(work, task, task.engage_partner(request.responsible, work.actor.subject, work.now))


def approve_transport_unit(work: Work, request: ApproveTransportUnit) -> BodyTransportView:
    """A supervisor lends a unit."""
    task = _load(work, request.booking_id)
    unit = find.unit(work, request.unit_id)
    return _settle(work, task, task.approve_unit(unit, request.responsible, work.actor.subject, work.now))


def keep_body(work: Work, request: KeepBody) -> BodyTransportView:
    """It stays where it is."""
    task = _load(work, request.booking_id)
    return _settle(work, task, task.keep(request.responsible, request.until, work.actor.subject, work.now))


def _load(work: Work, booking_id: UUID) -> BodyTransport:
    found = store.body_transport.get(work, booking_id, lock=True)
    if found is None:
        raise NotFound(f"no task for booking {booking_id}", detail_id=f"tidak ada tugas untuk pesanan {booking_id}")
    return found


def _settle(work: Work, task: BodyTransport, events: list[Event]) -> BodyTransportView:
    if events:
        store.body_transport.save(work, task)
        work.emit(task.booking_id, task.version, *events)
        work.audit(task.booking_id, outcome=task.outcome, unit_id=task.unit_id)
    return _view(task)


def _view(task: BodyTransport) -> BodyTransportView:
    return BodyTransportView(
        booking_id=task.booking_id,
        state=task.state,
        raised_at=task.raised_at,
        incident_id=task.incident_id,
        patient_id=task.patient_id,
        facility_id=task.facility_id,
        kelurahan_code=task.kelurahan_code,
        earliest_at=task.earliest_at,
        outcome=task.outcome,
        unit_id=task.unit_id,
        responsible=task.responsible,
        until=task.until,
        settled_at=task.settled_at,
        settled_by=task.settled_by,
        version=task.version,
    )
