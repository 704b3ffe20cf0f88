"""What other services told: households with priority, owners who have died; and what an officer has to do then."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import OwnerTaskKind, OwnerTaskState


class PriorityHouseholdView(View):
    """A household that is offered training first. Officers see only that it has social priority, not why."""

    id: UUID
    household_key: str
    since: AwareDatetime


class PriorityHouseholdPage(Page):
    items: tuple[PriorityHouseholdView, ...]


class OwnerDeathView(View):
    """A mark: this person has died. An officer looks whether they owned a business or a loan."""

    id: UUID
    person_key: str
    died_on: date
    marked_at: AwareDatetime
    holds: bool = Field(description="False: it was taken back.")


class OwnerDeathPage(Page):
    items: tuple[OwnerDeathView, ...]


class OwnerTaskView(View):
    """Something for an officer to settle."""

    id: UUID
    kind: OwnerTaskKind
    state: OwnerTaskState
    business_id: UUID
    business_name: str
    owner_name: str = Field(description="Masked.")
    opened_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    note: str | None = None


class OwnerTaskPage(Page):
    items: tuple[OwnerTaskView, ...]
