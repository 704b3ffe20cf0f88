"""Where something happened, as well as it is known: a point, or a kelurahan with a landmark, or less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from contracts.ambulance.problems import PlaceMissing
from contracts.geography import Point
from contracts.identity import in_city
from contracts.problems import wrong_field


@dataclass(frozen=True, slots=True)
class Located:
    """What the map says of a point."""

    kelurahan_code: str | None
    outside_city: bool


Locate = Callable[[Point], Located]


@dataclass(frozen=True, slots=True)
class Place:
    """Not in the repr: where a patient lives is personal data."""

    location: Point | None = field(default=None, repr=False)
    kelurahan_code: str | None = None
    landmark: str | None = field(default=None, repr=False)
    outside_city: bool = False

    @classmethod
    def of(cls, locate: Locate, location: Point | None, kelurahan_code: str | None, landmark: str | None) -> Place:
        """Build a place. A point decides the kelurahan, because the map is surer than what was heard on the
        phone; the kelurahan given stands only where the map knows none. A point outside the city is kept and
        flagged."""
        text = (landmark or "").strip() or None
        if location is None:
            return cls(None, kelurahan_code, text, kelurahan_code is not None and not in_city(kelurahan_code))
        found = locate(location)
        code = found.kelurahan_code or (None if found.outside_city else kelurahan_code)
        return cls(location, code, text, found.outside_city)

    @property
    def known(self) -> bool:
        """True if a unit can be sent there: a point, or a kelurahan with a landmark."""
        return self.location is not None or (self.kelurahan_code is not None and self.landmark is not None)

    def require_known(self) -> None:
        """Raise PlaceMissing if there is nowhere to send a unit."""
        if not self.known:
            raise PlaceMissing(
                "no point, and no kelurahan with a landmark, is known",
                detail_id="titik, atau kelurahan beserta patokan, belum diketahui",
                fix="locate_incident",
            )

    def corrected(
        self,
        locate: Locate,
        location: Point | None = None,
        kelurahan_code: str | None = None,
        landmark: str | None = None,
    ) -> Place:
        """The place with what was given put in. A new kelurahan without a point drops a point that lies
        elsewhere.

        Raises InvalidRequest when nothing is given.
        """
        if location is None and kelurahan_code is None and not (landmark or "").strip():
            raise wrong_field("location", "missing", "nothing to correct", "send location, kelurahan_code or landmark")
        text = landmark or self.landmark
        if location is not None:
            return Place.of(locate, location, kelurahan_code, text)
        code = kelurahan_code or self.kelurahan_code
        return Place.of(locate, self.location if code == self.kelurahan_code else None, code, text)


NOWHERE = Place()
"""Nothing is known of the place yet."""
