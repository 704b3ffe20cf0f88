"""What the ambulance service tells one other service only, sealed in an event: personal data without which that one
could not act."""

from __future__ import annotations

from pydantic import Field

from ..base import View
from ..geography import Point


class DeathDetails(View):
    """For the hearse service with a confirmed death: what the family would otherwise be asked a second time."""

    nik: str | None = Field(default=None, repr=False, description="NIK of the deceased, if it is known.")
    location: Point | None = Field(default=None, repr=False, description="Where the body is.")
    landmark: str | None = Field(default=None, repr=False, description="As it was told; none at a facility.")
    next_of_kin_name: str | None = Field(default=None, repr=False)
    next_of_kin_phone: str | None = Field(default=None, repr=False, description="E.164.")
    next_of_kin_citizen: str | None = Field(
        default=None, description="Their opaque id, if they asked for the ambulance through the super app."
    )
