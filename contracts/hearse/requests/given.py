"""What a request says of people and places."""

from __future__ import annotations

from pydantic import Field

from ...base import Model
from ...geography import Point
from ...identity import FamilyCardNumber, KelurahanCode, Nik, Phone
from ...times import Moment
from ..ids import BurialPlaceId, FacilityId
from ..values import DestinationKind

Name = Field(min_length=1, max_length=150, repr=False)


class ReporterGiven(Model):
    """Who asks for the hearse, and answers the phone."""

    name: str = Name
    phone: Phone = Field(repr=False)
    relationship: str | None = Field(default=None, max_length=60, examples=["anak"])


class DeceasedGiven(Model):
    """The name is enough; the numbers let other services know, and find the same deceased booked twice."""

    name: str = Name
    nik: Nik | None = Field(default=None, repr=False)
    family_card_number: FamilyCardNumber | None = Field(default=None, repr=False)
    died_at: Moment | None = None


class PlaceGiven(Model):
    """A point, a facility, a kelurahan or an address: at least one of them."""

    location: Point | None = Field(default=None, repr=False)
    kelurahan_code: KelurahanCode | None = None
    facility_id: FacilityId | None = None
    address: str | None = Field(default=None, max_length=300, repr=False)


class DestinationGiven(PlaceGiven):
    """Where to. A city cemetery is named by its id and needs nothing else."""

    kind: DestinationKind
    burial_place_id: BurialPlaceId | None = Field(default=None, description="With kind `city_cemetery`.")
