"""Tasks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from ...base import View
from ...paging import Page
from ..values import TaskKind, TaskState


class TaskView(View):
    """Somebody is to look at a pupil. `notice_id` is the death notice that it is about, if it is about one."""

    id: UUID
    kind: TaskKind
    state: TaskState
    pupil_id: UUID
    name: str = Field(description="Masked.")
    npsn: str | None = Field(default=None, description="The pupil's present school.")
    notice_id: UUID | None = None
    opened_at: AwareDatetime
    priority: bool = Field(description="True for a child whose guardian has died: it is looked at first.")
    due_on: date | None = Field(default=None, description="The last day for it, such as that of the term.")
    overdue: bool = False
    finished_at: AwareDatetime | None = None
    note: str | None = None
    template: dict[str, str] | None = Field(default=None, description="Words of condolence, by language.")


class TaskPage(Page):
    items: tuple[TaskView, ...]
