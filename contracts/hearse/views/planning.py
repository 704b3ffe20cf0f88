"""Free times."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from ...base import View


class SlotView(View):
    """A time at which all that is needed is free. Nothing is kept: hold it or confirm it."""

    pickup_at: AwareDatetime
    arrives_at: AwareDatetime = Field(description="At the destination.")
    vehicle_id: str
    officer_ids: tuple[str, ...] = Field(description="The driver first.")


class SlotList(View):
    items: tuple[SlotView, ...]
    searched_until: AwareDatetime = Field(description="Nothing was looked for after this time.")
