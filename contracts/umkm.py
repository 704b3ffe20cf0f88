"""The UMKM service's language (micro, small and medium enterprises)."""

from __future__ import annotations

from uuid import UUID

from pydantic import AwareDatetime

from .base import View
from .paging import Page, PageQuery

SUBSCRIBES = ("education.waiver-granted.v1",)


class PriorityHouseholdView(View):
    """A household that is offered training first. Officers see only that it has social priority, not why."""

    id: UUID
    household_key: str
    since: AwareDatetime


class PriorityHouseholdPage(Page):
    items: tuple[PriorityHouseholdView, ...]


class ListPriorityHouseholds(
    PageQuery, operation="umkm.list_priority_households", scope="umkm:read", reply=PriorityHouseholdPage
):
    """Newest first."""
