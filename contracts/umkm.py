"""The UMKM service's language (micro, small and medium enterprises)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from .base import View
from .paging import Page, PageQuery

SUBSCRIBES = ("education.waiver-granted.v1", "hearse.death-recorded.v1", "hearse.death-corrected.v1")


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


class ListOwnerDeaths(PageQuery, operation="umkm.list_owner_deaths", scope="umkm:read", reply=OwnerDeathPage):
    """Newest first."""


class ListPriorityHouseholds(
    PageQuery, operation="umkm.list_priority_households", scope="umkm:read", reply=PriorityHouseholdPage
):
    """Newest first."""
