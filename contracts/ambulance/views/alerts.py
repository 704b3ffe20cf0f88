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
    contact_id: UUID | None = None
    incident_id: UUID | None = None
    assignment_id: UUID | None = None
    unit_id: str | None = None
    proposed_unit_id: str | None = Field(default=None, description="The next best unit, when another one is wanted.")
    proposed_seconds: int | None = Field(default=None, description="How long that unit would drive.")
    detail: dict[str, str | int] = Field(
        default_factory=dict, description="Codes and figures of its kind, such as `attempt` or `limit_seconds`."
    )
    acknowledged_by: str | None = None
    acknowledged_at: AwareDatetime | None = None
    resolved_by: str | None = Field(default=None, description="`system` when its cause ended.")
    resolved_at: AwareDatetime | None = None
    version: int


class AlertPage(Page):
    items: tuple[AlertView, ...]
