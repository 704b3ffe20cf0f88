"""What the city decides about its ambulance service, as data: targets, clocks, limits and the siaga mode.

A change holds for clocks that begin after it; those that run keep the time that they were given.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StrictInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..base import Model

DAY_MINUTES = 24 * 60
Minutes = Annotated[StrictInt, Field(ge=1, le=DAY_MINUTES)]


class SiagaMode(StrEnum):
    """confirm: an operator confirms each proposal; auto: red incidents get the recommended unit at once."""

    CONFIRM = "confirm"
    AUTO = "auto"


class Targets(Model):
    """From the call to the first unit on scene, by colour. No national number binds; the city promises these."""

    merah_minutes: Minutes = Field(examples=[15])
    kuning_minutes: Minutes = Field(examples=[30])
    hijau_minutes: Minutes = Field(examples=[60])

    @field_validator("kuning_minutes", "hijau_minutes")
    @classmethod
    def _less_urgent_waits_longer(cls, minutes: int, fields: ValidationInfo) -> int:
        more_urgent = (fields.data.get(name, 0) for name in ("merah_minutes", "kuning_minutes"))
        if any(minutes < target for target in more_urgent):
            raise PydanticCustomError(
                "shorter_than_more_urgent",
                "a less urgent colour can't have the shorter target",
                {"fix": "send merah_minutes <= kuning_minutes <= hijau_minutes"},
            )
        return minutes


class Clocks(Model):
    """How long something may take before an alert is raised."""

    acknowledge_seconds: StrictInt = Field(ge=10, le=600, description="A crew answers a dispatch.", examples=[60])
    movement_seconds: StrictInt = Field(
        ge=30, le=1800, description="A unit that answered is seen to move.", examples=[180]
    )
    hand_over_minutes: Minutes = Field(description="A hospital takes over the patient.", examples=[30])
    pickup_minutes: Minutes = Field(description="Before its pick-up time a regular request has a unit.", examples=[60])
    facility_answer_seconds: StrictInt = Field(
        default=180, ge=30, le=3600, examples=[180], description="A facility that was asked answers."
    )
    receipt_seconds: StrictInt = Field(
        default=180, ge=30, le=3600, examples=[180], description="Another jurisdiction says that it has an incident."
    )
    reserve_minutes: Minutes = Field(
        default=60, examples=[60], description="Before its pick-up time a planned unit is sent, and free no more."
    )
    trip_minutes: Minutes = Field(
        default=120,
        examples=[120],
        description="How long a trip takes of which nobody knows where it goes; a unit that is sent elsewhere so"
        " shortly before its pick-up is not waited for.",
    )
    call_back_seconds: tuple[Annotated[StrictInt, Field(ge=1, le=3600)], ...] = Field(
        max_length=5,
        description="When a cut-off call is rung back, counted from its disposal.",
        examples=[[15, 60, 180]],
    )

    @field_validator("call_back_seconds")
    @classmethod
    def _one_after_the_other(cls, seconds: tuple[int, ...]) -> tuple[int, ...]:
        if any(later <= earlier for earlier, later in pairwise(seconds)):
            raise PydanticCustomError("not_rising", "the times must rise", {"fix": "send them in order, each once"})
        return seconds


class StatusLimits(Model):
    """How long an assignment may stay in a status; null: no limit. `dispatched` and `at_hospital` are in the clocks."""

    acknowledged_minutes: Minutes | None = Field(examples=[5])
    en_route_minutes: Minutes | None = Field(examples=[45])
    on_scene_minutes: Minutes | None = Field(examples=[45])
    patient_loaded_minutes: Minutes | None = Field(examples=[60])
    handed_over_minutes: Minutes | None = Field(examples=[30])
    not_closed_minutes: Minutes | None = Field(
        default=30, examples=[30], description="From the last unit's end until the incident is closed."
    )


class Siaga(Model):
    """Who sends the unit to a red incident."""

    mode: SiagaMode
