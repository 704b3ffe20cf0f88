"""What the city decides about its hearse service, as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from ..base import Model

__all__ = ["Clocks", "Planning"]

Minutes = Annotated[StrictInt, Field(ge=1, le=24 * 60)]


class Planning(Model):
    """How long the parts of a trip take, and what is kept back."""

    slot_minutes: Literal[5, 10, 15, 20, 30, 60] = Field(default=15, description="Slots begin at multiples of this.")
    hold_minutes: Minutes = Field(default=15, description="A held slot is free again after this.")
    loading_minutes: Minutes = Field(default=20, description="At the pick-up.")
    unloading_minutes: Minutes = Field(default=30, description="At the destination, with the bier to the grave.")
    turnaround_minutes: Minutes = Field(default=30, description="Cleaning and rest, back at the base.")
    kilometres_per_hour: StrictInt = Field(default=25, ge=5, le=100, description="Average, on the road.")
    assumed_kilometres: StrictInt = Field(default=15, ge=1, le=500, description="Between places not on the map.")
    second_officer_kilometres: StrictInt = Field(
        default=30, ge=1, le=1000, description="Beyond this from pick-up to destination two officers go."
    )
    city_reserve: StrictInt = Field(
        default=2, ge=0, le=100, description="So many vehicles stay in the city when one leaves it."
    )
    horizon_days: StrictInt = Field(default=7, ge=1, le=31, description="How far ahead slots are looked for.")


class Clocks(Model):
    """How long something may take before somebody is told, or before it ends by itself."""

    approve_minutes: Minutes = Field(default=30, description="From request to approval.")
    arrive_minutes: Minutes = Field(default=15, description="After the approved time the vehicle is at the pick-up.")
    kin_answer_minutes: Minutes = Field(default=15, description="The next of kin answers; then somebody calls.")
    vehicle_hours: StrictInt = Field(default=3, ge=1, le=72, description="A vehicle is free within this time.")
    expire_hours: StrictInt = Field(
        default=48, ge=1, le=24 * 31, description="A booking that nobody follows up expires so long after its time."
    )
