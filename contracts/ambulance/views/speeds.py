"""How fast units drive."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from ...base import View


class TravelSpeedView(View):
    """Along the road, whose length is taken as 1.3 times the great circle."""

    hour: int = Field(description="Of the day in WIB, 0 to 23, in which a drive begins.")
    direction: str = Field(description="north, east, south or west: where the drive leads.")
    kilometres_per_hour: float
    trips: int = Field(description="Finished trips of the last 90 days from which it was learned; 0: assumed.")
    every_direction: bool = Field(description="This direction had too few trips: it is the speed of the whole hour.")
    source: str = Field(description="own_trips, or great_circle while it is assumed")


class TravelSpeedsView(View):
    """All hours and directions."""

    speeds: tuple[TravelSpeedView, ...]
    trips_needed: int = Field(description="A cell with fewer is not learned.")
    learned_at: AwareDatetime | None = Field(description="Null while nothing has been learned.")
