"""What is shown of alerts."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import AlertState


class AlertView(View):
    """Something that somebody must look at, by ids and codes only."""

    id: UUID
    kind: str = Field(description="An AlertKind; show one that you don't know as it is.")
    state: AlertState
    raised_at: AwareDatetime
    booking_id: UUID
    detail: dict[str, str | int] = Field(
        default_factory=dict, description="Codes and figures of its kind, such as `minutes` or `affected` bookings."
    )
    acknowledged_by: str | None = None
    acknowledged_at: AwareDatetime | None = None
    resolved_by: str | None = Field(default=None, description="`system` when its cause ended.")
    resolved_at: AwareDatetime | None = None
    version: int


class AlertPage(Page):
    items: tuple[AlertView, ...]
