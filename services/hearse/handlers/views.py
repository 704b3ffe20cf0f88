"""What is shown of the entities. Names and phones are whole only for who looks at one open booking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.privacy import mask_family_card, mask_name, mask_nik, mask_phone
from contracts.hearse import views as shown

from ..domain.alert import Alert
from ..domain.block import Block
from ..domain.booking import Booking
from ..domain.burial import BurialPlace
from ..domain.death_record import DeathRecord
from ..domain.document import Asked
from ..domain.duty import Officer
from ..domain.place import Place
from ..domain.replanning import Proposal
from ..domain.slots import Slot
from ..domain.trip import ORDER, Trip
from ..domain.vehicle import Vehicle


def booking_view(
    booking: Booking,
    trip: Trip | None,
    same: Sequence[shown.PossibleDuplicate] = (),
    papers: Sequence[Asked] = (),
    death: DeathRecord | None = None,
    *,
    masked: bool = False,
) -> shown.BookingView:
    """A booking with its trip; `masked` hides most of names, phone and addresses."""
    hidden = masked or not booking.open
    return shown.BookingView(
        id=booking.id,
        state=booking.state,
        origin=booking.origin,
        reporter=_reporter(booking, hidden),
        deceased=_deceased(booking, hidden),
        pickup=shown.PlaceView(**_place(booking.pickup, hidden)),
        destination=_destination(booking, hidden),
        earliest_at=booking.earliest_at,
        note=None if hidden else booking.note,
        incident_id=booking.incident_id,
        patient_id=booking.patient_id,
        police_hold=booking.police_hold,
        created_at=booking.created_at,
        requested_at=booking.requested_at,
        approved_at=booking.approved_at,
        closed_at=booking.closed_at,
        reason=booking.reason,
        reason_note=None if masked else booking.reason_note,
        dispute=_dispute(booking, hidden),
        documents=tuple(_document(one, hidden) for one in papers),
        death_record=shown.DeathRecordView(died_on=death.died_on, holds=death.holds, revision=death.revision)
        if death
        else None,
        trip=_trip(trip) if trip else None,
        may_be_same=tuple(same),
        version=booking.version,
    )


def alert_view(alert: Alert) -> shown.AlertView:
    """An alert."""
    return shown.AlertView(
        id=alert.id,
        kind=alert.kind,
        state=alert.state,
        raised_at=alert.raised_at,
        booking_id=alert.booking_id,
        detail=alert.detail,
        acknowledged_by=alert.acknowledged_by,
        acknowledged_at=alert.acknowledged_at,
        resolved_by=alert.resolved_by,
        resolved_at=alert.resolved_at,
        version=alert.version,
    )


def block_view(block: Block) -> shown.BlockView:
    """A block, with its reason: who reads it plans duty."""
    return shown.BlockView(
        id=block.id,
        resource=block.resource,
        begins_at=block.window.begins_at,
        ends_at=block.window.ends_at,
        reason=block.reason,
        lifted_at=block.lifted_at,
    )


def move_view(proposal: Proposal) -> shown.MoveView:
    """What is proposed for a trip that loses its vehicle or an officer."""
    trip, slot = proposal.affected.trip, proposal.slot
    return shown.MoveView(
        booking_id=trip.booking_id,
        trip_id=trip.id,
        pickup_at=trip.pickup_at,
        under_way=trip.carrying,
        slot=slot_view(slot) if slot else None,
        minutes_later=int((slot.pickup_at - trip.pickup_at).total_seconds() // 60) if slot else None,
    )


def slot_view(slot: Slot) -> shown.SlotView:
    """A free time."""
    return shown.SlotView(
        pickup_at=slot.pickup_at, arrives_at=slot.arrives_at, vehicle_id=slot.vehicle_id, officer_ids=slot.officer_ids
    )


def vehicle_view(vehicle: Vehicle) -> shown.VehicleView:
    """A vehicle."""
    return shown.VehicleView(
        id=vehicle.id, plate=vehicle.plate, base=vehicle.base, state=vehicle.state, version=vehicle.version
    )


def officer_view(officer: Officer) -> shown.OfficerView:
    """An officer, by name: who reads it plans duty."""
    shifts = tuple(shown.ShiftView(days=one.days, begins=one.begins, ends=one.ends) for one in officer.shifts)
    return shown.OfficerView(
        id=officer.id, name=officer.name, drives=officer.drives, shifts=shifts, version=officer.version
    )


def burial_place_view(place: BurialPlace) -> shown.BurialPlaceView:
    """A burial place."""
    return shown.BurialPlaceView(
        id=place.id,
        name=place.name,
        location=place.location,
        kelurahan_code=place.kelurahan_code,
        openings=tuple(shown.OpeningView(name=one.name, begins=one.begins, ends=one.ends) for one in place.openings),
        notice_minutes=place.notice_minutes,
        capacity_per_hour=place.capacity_per_hour,
        version=place.version,
    )


def _document(one: Asked, hidden: bool) -> shown.DocumentView:
    return shown.DocumentView(
        kind=one.document.kind,
        state=one.document.state,
        optional=one.paper.optional,
        may_follow=one.paper.may_follow,
        reason=None if hidden else one.document.reason,
    )


def _reporter(booking: Booking, hidden: bool) -> shown.ReporterView | None:
    reporter = booking.reporter
    if reporter is None:
        return None
    return shown.ReporterView(
        name=mask_name(reporter.name) if hidden and reporter.name else reporter.name,
        phone=mask_phone(reporter.phone) if hidden else reporter.phone,
        relationship=reporter.relationship,
    )


def _deceased(booking: Booking, hidden: bool) -> shown.DeceasedView:
    deceased = booking.deceased
    return shown.DeceasedView(
        name=mask_name(deceased.name) if hidden and deceased.name else deceased.name,
        nik=mask_nik(deceased.nik) if deceased.nik else None,
        family_card_number=mask_family_card(deceased.family_card_number) if deceased.family_card_number else None,
        died_at=deceased.died_at,
    )


def _place(place: Place, hidden: bool) -> dict[str, Any]:
    return {
        "location": None if hidden else place.location,
        "kelurahan_code": place.kelurahan_code,
        "facility_id": place.facility_id,
        "address": None if hidden else place.address,
    }


def _destination(booking: Booking, hidden: bool) -> shown.DestinationView | None:
    destination = booking.destination
    if destination is None:
        return None
    return shown.DestinationView(
        **_place(destination.place, hidden),
        kind=destination.kind,
        burial_place_id=destination.burial_place_id,
        out_of_city=destination.out_of_city,
    )


def _dispute(booking: Booking, hidden: bool) -> shown.DisputeView | None:
    dispute = booking.dispute
    if dispute is None:
        return None
    return shown.DisputeView(
        opened_at=dispute.opened_at,
        responsible=mask_name(dispute.responsible) if hidden else dispute.responsible,
        note=None if hidden else dispute.note,
    )


def _trip(trip: Trip) -> shown.TripView:
    done = sorted(trip.milestones.values(), key=lambda one: ORDER.index(one.milestone))
    assert trip.window.ends_at is not None, "a trip has an end"
    return shown.TripView(
        id=trip.id,
        state=trip.state,
        vehicle_id=trip.vehicle_id,
        officer_ids=trip.officer_ids,
        pickup_at=trip.pickup_at,
        arrives_at=trip.arrives_at,
        begins_at=trip.window.begins_at,
        ends_at=trip.window.ends_at,
        kilometres=trip.kilometres,
        held_until=trip.held_until,
        overridden=trip.override_reason is not None,
        milestones=tuple(
            shown.MilestoneView(milestone=one.milestone, at=one.at, recorded_at=one.recorded_at) for one in done
        ),
    )
