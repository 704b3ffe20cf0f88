"""How vehicles, officers and burial places are named."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from ..ambulance.ids import CODE, FacilityId

__all__ = ["BurialPlaceId", "FacilityId", "OfficerId", "ResourceName", "SeenVersion", "VehicleId"]

VehicleId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]
OfficerId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]
ResourceName = Annotated[
    str,
    Field(
        max_length=48,
        pattern=r"^(vehicle|officer):[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="A vehicle or an officer, as in `taken` of a refusal.",
        examples=["vehicle:JNZ-01", "officer:PTG-01"],
    ),
]
BurialPlaceId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]

SeenVersion = Annotated[
    StrictInt,
    Field(ge=1, description="The version that you saw (or send it as If-Match): changed since, nothing is done (412)."),
]
