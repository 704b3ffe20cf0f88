"""A booking on its way into and out of its row; names, numbers, addresses and what was said are encrypted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.encrypted import decrypt, encrypt
from chassis.work import Work
from contracts.hearse.values import BookingState, DestinationKind, Origin

from ..domain.booking import Booking
from ..domain.people import Deceased, Dispute, Reporter
from ..domain.place import Destination, Place
from .columns import from_point, to_point


def said(work: Work, of: Booking) -> dict[str, Any]:
    """What was told of it."""
    reporter, deceased, destination = of.reporter, of.deceased, of.destination
    place = destination.place if destination else Place()
    secret = {
        "reporter_name": reporter.name if reporter else None,
        "reporter_phone": reporter.phone if reporter else None,
        "deceased_name": deceased.name,
        "deceased_nik": deceased.nik,
        "deceased_family_card": deceased.family_card_number,
        "pickup_address": of.pickup.address,
        "destination_address": place.address,
        "note": of.note,
    }
    return {
        **_encrypted(work, of.id, secret),
        "relationship": reporter.relationship if reporter else None,
        "person_key": deceased.person_key,
        "household_key": deceased.household_key,
        "name_key": deceased.name_key,
        "died_at": deceased.died_at,
        **from_point(of.pickup.location, "pickup_"),
        "pickup_kelurahan_code": of.pickup.kelurahan_code,
        "pickup_facility_id": of.pickup.facility_id,
        "destination_kind": destination.kind if destination else None,
        **from_point(place.location, "destination_"),
        "destination_kelurahan_code": place.kelurahan_code,
        "destination_facility_id": place.facility_id,
        "burial_place_id": destination.burial_place_id if destination else None,
        "earliest_at": of.earliest_at,
        "requested_at": of.requested_at,
    }


def standing(work: Work, of: Booking) -> dict[str, Any]:
    """What was decided of it."""
    dispute = of.dispute
    secret = {
        "reason_note": of.reason_note,
        "dispute_responsible": dispute.responsible if dispute else None,
        "dispute_note": dispute.note if dispute else None,
    }
    return {
        **_encrypted(work, of.id, secret),
        "state": of.state,
        "approved_at": of.approved_at,
        "approved_by": of.approved_by,
        "closed_at": of.closed_at,
        "reason": of.reason,
        "police_hold": of.police_hold,
        "disputed_at": dispute.opened_at if dispute else None,
        "disputed_by": dispute.opened_by if dispute else None,
        "unavailable_at": of.unavailable_at,
        "erased_at": of.erased_at,
        "version": of.version,
    }


def _encrypted(work: Work, id: UUID, texts: dict[str, str | None]) -> dict[str, str | None]:
    return {name: encrypt(work, text, f"booking.{name}", id) for name, text in texts.items()}


def entity(work: Work, row: RowMapping) -> Booking:
    """The booking of a row."""
    id = row["id"]

    def told(name: str) -> str | None:
        return decrypt(work, row[name], f"booking.{name}", id)

    name, phone, responsible, note = (
        told("reporter_name"),
        told("reporter_phone"),
        told("dispute_responsible"),
        told("dispute_note"),
    )
    return Booking(
        id=id,
        state=BookingState(row["state"]),
        origin=Origin(row["origin"]),
        created_at=row["created_at"],
        reporter=Reporter(name, phone, row["relationship"]) if phone else None,
        deceased=Deceased(
            name=told("deceased_name"),
            nik=told("deceased_nik"),
            family_card_number=told("deceased_family_card"),
            died_at=row["died_at"],
            person_key=row["person_key"],
            household_key=row["household_key"],
            name_key=row["name_key"],
        ),
        pickup=_place(row, "pickup_", told("pickup_address")),
        destination=_destination(row, told("destination_address")),
        earliest_at=row["earliest_at"],
        note=told("note"),
        incident_id=row["incident_id"],
        patient_id=row["patient_id"],
        confirmation=row["confirmation"],
        police_hold=row["police_hold"],
        requested_at=row["requested_at"],
        approved_at=row["approved_at"],
        approved_by=row["approved_by"],
        closed_at=row["closed_at"],
        reason=row["reason"],
        reason_note=told("reason_note"),
        dispute=Dispute(row["disputed_at"], row["disputed_by"], responsible, note) if responsible and note else None,
        unavailable_at=row["unavailable_at"],
        erased_at=row["erased_at"],
        version=row["version"],
    )


def _place(row: RowMapping, prefix: str, address: str | None) -> Place:
    return Place(to_point(row, prefix), row[f"{prefix}kelurahan_code"], row[f"{prefix}facility_id"], address)


def _destination(row: RowMapping, address: str | None) -> Destination | None:
    if row["destination_kind"] is None:
        return None
    kind = DestinationKind(row["destination_kind"])
    return Destination(kind, _place(row, "destination_", address), row["burial_place_id"])
