"""How vehicles, officers and burial places are named."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from ..ambulance.ids import CODE, FacilityId

__all__ = ["BurialPlaceId", "FacilityId", "OfficerId", "SeenVersion", "VehicleId"]

VehicleId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]
OfficerId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]
BurialPlaceId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]

SeenVersion = Annotated[
    StrictInt,
    Field(ge=1, description="The version that you saw (or send it as If-Match): changed since, nothing is done (412)."),
]
