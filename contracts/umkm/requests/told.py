"""What other services told, and the tasks that come of it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ...base import Request
from ...paging import PageQuery
from ..values import OwnerTaskState
from ..views import OwnerDeathPage, OwnerTaskPage, OwnerTaskView, PriorityHouseholdPage


class ListOwnerDeaths(PageQuery, operation="umkm.list_owner_deaths", scope="umkm:read", reply=OwnerDeathPage):
    """Newest first."""


class ListPriorityHouseholds(
    PageQuery, operation="umkm.list_priority_households", scope="umkm:read", reply=PriorityHouseholdPage
):
    """Newest first."""


class ListOwnerTasks(PageQuery, operation="umkm.list_owner_tasks", scope="umkm:verify", reply=OwnerTaskPage):
    """Oldest first: businesses whose owner has died."""

    state: OwnerTaskState = OwnerTaskState.OPEN


class FinishOwnerTask(Request, operation="umkm.finish_owner_task", scope="umkm:verify", reply=OwnerTaskView):
    """What was settled with the family."""

    task_id: UUID
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)] = Field(repr=False)


__all__ = ["FinishOwnerTask", "ListOwnerDeaths", "ListOwnerTasks", "ListPriorityHouseholds"]
