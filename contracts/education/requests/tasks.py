"""What a person has to look at: the system never acts upon a death, or a number that is not there, by itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ...base import Request
from ...identity import Npsn
from ...paging import PageQuery
from ..values import TaskKind, TaskState
from ..views import TaskPage, TaskView


class ListTasks(PageQuery, operation="education.list_tasks", scope="education:pupils", reply=TaskPage):
    """Oldest first; a school's operator sees those of their pupils."""

    npsn: Npsn | None = None
    kind: TaskKind | None = None
    state: TaskState = TaskState.OPEN
    overdue: bool | None = Field(default=None, description="True: those whose day is over.")


class FinishTask(Request, operation="education.finish_task", scope="education:enrol", reply=TaskView):
    """What was done about it."""

    task_id: UUID
    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)] = Field(repr=False)


__all__ = ["FinishTask", "ListTasks"]
