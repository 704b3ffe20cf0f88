"""What the city decides about its hearse service, as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from ..base import Model
from .values import DestinationKind, DocumentKind

__all__ = ["Clocks", "Paper", "Papers", "Planning"]

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
    retention_days: StrictInt = Field(
        default=365, ge=30, le=3660, description="So long after its end the people of a booking are forgotten."
    )
    expire_hours: StrictInt = Field(
        default=48, ge=1, le=24 * 31, description="A booking that nobody follows up expires so long after its time."
    )


class Paper(Model):
    """One that a trip to a destination asks for."""

    kind: DocumentKind
    optional: StrictBool = Field(default=False, description="Helps, but is not needed: such as SKTM for the fees.")
    may_follow: StrictBool = Field(default=True, description="False: without it the booking is not approved.")
    from_facility_only: StrictBool = Field(default=False, description="Only if the deceased is at a facility.")


def _papers(*kinds: DocumentKind) -> tuple[Paper, ...]:
    return tuple(Paper(kind=kind) for kind in kinds)


_EVERYWHERE = (DocumentKind.DEATH_LETTER, DocumentKind.REPORTER_ID_CARD)
_BURIAL = (DocumentKind.DECEASED_ID_CARD, DocumentKind.FAMILY_CARD, DocumentKind.NEIGHBOURHOOD_LETTER)


class Papers(Model):
    """What is asked for, by destination. All may follow: at night no office is open."""

    home: tuple[Paper, ...] = Field(default=_papers(*_EVERYWHERE), max_length=20)
    city_cemetery: tuple[Paper, ...] = Field(
        default=(*_papers(*_EVERYWHERE, *_BURIAL), Paper(kind=DocumentKind.POVERTY_LETTER, optional=True)),
        max_length=20,
    )
    other_cemetery: tuple[Paper, ...] = Field(default=_papers(*_EVERYWHERE), max_length=20)
    out_of_city: tuple[Paper, ...] = Field(
        default=(
            *_papers(*_EVERYWHERE, DocumentKind.NEIGHBOURHOOD_LETTER),
            Paper(kind=DocumentKind.HOSPITAL_LETTER, from_facility_only=True),
            Paper(kind=DocumentKind.TRANSPORT_PERMIT, optional=True),
        ),
        max_length=20,
    )

    def of(self, kind: DestinationKind) -> tuple[Paper, ...]:
        """The list of one destination."""
        found: tuple[Paper, ...] = getattr(self, kind)
        return found
