"""What a person has to look at, and pupils whose numbers are awaited."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from ...base import Event


class NumbersAwaited(Event, type="education.numbers-awaited.v1"):
    """These pupils have neither NISN nor NIK: they are kept for the term, with a task; told of up to 500 at a time."""

    npsn: str
    due_on: date = Field(description="The last day of the term.")
    pupil_ids: tuple[UUID, ...]


class NumbersArrived(Event, type="education.numbers-arrived.v1"):
    """These pupils have a number now, or are at no school any more: nothing is awaited of them."""

    pupil_ids: tuple[UUID, ...]


class NumbersOverdue(Event, type="education.numbers-overdue.v1"):
    """The term is over, and these pupils still have no number. They stay; a person decides."""

    npsn: str
    due_on: date
    pupil_ids: tuple[UUID, ...]


class TaskOpened(Event, type="education.task-opened.v1"):
    """Somebody is to look at a pupil."""

    task_id: UUID
    kind: str = Field(description="pupil_deceased or guardian_deceased; more may come.")
    pupil_id: UUID
    npsn: str | None = None


class TaskClosed(Event, type="education.task-closed.v1"):
    """Somebody did, or the death was taken back."""

    task_id: UUID
    kind: str
    state: str = Field(description="done or withdrawn; more may come.")
