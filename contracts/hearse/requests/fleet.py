"""The burial unit's master data: vehicles, officers with their shifts, burial places."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from ...base import Model, Query, Request
from ...geography import Point
from ...identity import KelurahanCode
from ...paging import PageQuery
from ...times import Weekday
from ..ids import BurialPlaceId, OfficerId, VehicleId
from ..values import VehicleState
from ..views import BurialPlaceList, FleetImportView, OfficerPage, VehiclePage, VehicleView

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Hour and minute in WIB."""


class ShiftGiven(Model):
    """Duty on these days, in WIB. Until a time that is not later than its start: until then on the next day."""

    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    begins: Clock = Field(examples=["07:00"])
    ends: Clock = Field(examples=["19:00"])


class VehicleRow(Model):
    id: VehicleId
    plate: str = Field(min_length=3, max_length=15, examples=["B 1234 XYZ"])
    base: Point


class OfficerRow(Model):
    id: OfficerId
    name: str = Field(min_length=1, max_length=150, repr=False)
    drives: StrictBool = Field(description="False: an assistant only.")
    shifts: tuple[ShiftGiven, ...] = Field(max_length=14)


class OpeningGiven(Model):
    """Hours in which burials begin, in WIB, every day."""

    name: str = Field(min_length=1, max_length=40, examples=["siang"])
    begins: Clock
    ends: Clock


class BurialPlaceRow(Model):
    id: BurialPlaceId
    name: str = Field(min_length=1, max_length=150)
    location: Point
    kelurahan_code: KelurahanCode
    openings: tuple[OpeningGiven, ...] = Field(min_length=1, max_length=6)
    notice_minutes: StrictInt = Field(default=120, ge=0, le=7 * 24 * 60, description="Time to dig.")
    capacity_per_hour: StrictInt = Field(ge=1, le=50)


class ImportFleet(Request, operation="hearse.import_fleet", scope="hearse:manage", reply=FleetImportView):
    """Create or update by id; sending the same again changes nothing. A new vehicle is in service."""

    vehicles: tuple[VehicleRow, ...] = Field(default=(), max_length=200)
    officers: tuple[OfficerRow, ...] = Field(default=(), max_length=500)
    burial_places: tuple[BurialPlaceRow, ...] = Field(default=(), max_length=100)


class SetVehicleState(Request, operation="hearse.set_vehicle_state", scope="hearse:schedule", reply=VehicleView):
    """In service, or not. Trips that are planned with a vehicle that breaks down: see the breakdown."""

    vehicle_id: VehicleId
    state: VehicleState


class ListVehicles(PageQuery, operation="hearse.list_vehicles", scope="hearse:read", reply=VehiclePage):
    """By id."""


class ListOfficers(PageQuery, operation="hearse.list_officers", scope="hearse:read", reply=OfficerPage):
    """By id."""


class ListBurialPlaces(Query, operation="hearse.list_burial_places", scope="hearse:places", reply=BurialPlaceList):
    """All of them, by id."""


__all__ = [
    "BurialPlaceRow",
    "ImportFleet",
    "ListBurialPlaces",
    "ListOfficers",
    "ListVehicles",
    "OfficerRow",
    "OpeningGiven",
    "SetVehicleState",
    "ShiftGiven",
    "VehicleRow",
]
