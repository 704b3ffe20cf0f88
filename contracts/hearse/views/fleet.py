"""Vehicles, officers, burial places."""

from __future__ import annotations

from ...base import View
from ...geography import Point
from ...paging import Page
from ...times import Weekday
from ..values import VehicleState


class VehicleView(View):
    id: str
    plate: str
    base: Point
    state: VehicleState
    version: int


class VehiclePage(Page):
    items: tuple[VehicleView, ...]


class ShiftView(View):
    days: tuple[Weekday, ...]
    begins: str
    ends: str


class OfficerView(View):
    id: str
    name: str
    drives: bool
    shifts: tuple[ShiftView, ...]
    version: int


class OfficerPage(Page):
    items: tuple[OfficerView, ...]


class OpeningView(View):
    name: str
    begins: str
    ends: str


class BurialPlaceView(View):
    id: str
    name: str
    location: Point
    kelurahan_code: str
    openings: tuple[OpeningView, ...]
    notice_minutes: int
    capacity_per_hour: int
    version: int


class BurialPlaceList(View):
    items: tuple[BurialPlaceView, ...]


class FleetImportView(View):
    """How many rows were new, changed or as they were."""

    created: int
    updated: int
    unchanged: int
