"""Where from and where to, as well as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.geography import Point
from contracts.hearse.values import DestinationKind
from contracts.identity import in_city, region_name
from contracts.problems import wrong_field


@dataclass(frozen=True, slots=True)
class Place:
    """Not in the repr: where somebody lives is personal data."""

    location: Point | None = field(default=None, repr=False)
    kelurahan_code: str | None = None
    facility_id: str | None = None
    address: str | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        name: str,
        location: Point | None,
        kelurahan_code: str | None,
        facility_id: str | None,
        address: str | None,
    ) -> Place:
        """The place that a request gives in its field `name`. Raises InvalidRequest if it says nothing."""
        text = (address or "").strip() or None
        if location is None and kelurahan_code is None and facility_id is None and text is None:
            raise wrong_field(
                name,
                "missing",
                "the place says nothing",
                "send location, kelurahan_code, facility_id or address",
            )
        return cls(location, kelurahan_code, facility_id, text)

    @property
    def coarse(self) -> Place:
        """Without what leads to a house."""
        return Place(None, self.kelurahan_code, self.facility_id, None)

    @property
    def in_words(self) -> str:
        """For people: the address, else the facility, else the kelurahan, else the point."""
        if self.address or self.facility_id:
            return ", ".join(filter(None, (self.address, self.facility_id)))
        if self.kelurahan_code:
            return region_name(self.kelurahan_code) or self.kelurahan_code
        if self.location is None:
            return "-"
        return f"{self.location.latitude:.5f}, {self.location.longitude:.5f}"

    @property
    def outside(self) -> bool:
        """True if it is known to lie outside of the city."""
        return self.kelurahan_code is not None and not in_city(self.kelurahan_code)


@dataclass(frozen=True, slots=True)
class Facility:
    """A hospital or puskesmas."""

    id: str
    name: str
    location: Point


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to; a city cemetery by its id, whose point and kelurahan are put in."""

    kind: DestinationKind
    place: Place
    burial_place_id: str | None = None

    @property
    def out_of_city(self) -> bool:
        """A trip out of the city needs more papers, and may not take the last vehicles."""
        return self.kind is DestinationKind.OUT_OF_CITY or self.place.outside
