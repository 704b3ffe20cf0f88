"""Tasks: shown, finished by a person; those after deaths opened, and withdrawn when a death is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chassis.work import Work
from contracts.education import (
    FinishTask,
    ListTasks,
    TaskClosed,
    TaskKind,
    TaskOpened,
    TaskPage,
    TaskState,
    TaskView,
)
from contracts.problems import NotFound
from contracts.times import WIB

from .. import store
from ..domain.death_notice import DeathNotice
from ..domain.task import CONDOLENCE, Task
from . import find

KIND = store.school.KIND


def list_tasks(work: Work, query: ListTasks) -> TaskPage:
    """Oldest first."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    tasks, cursor = store.task.pages(work, query)
    return TaskPage(items=tuple(_view(work, one) for one in tasks), next=cursor)


def finish_task(work: Work, request: FinishTask) -> TaskView:
    """Somebody has looked."""
    task = store.task.get(work, request.task_id)
    if task is None or not _mine(work, task):
        raise NotFound(f"no task {request.task_id}", detail_id=f"tidak ada tugas {request.task_id}")
    if task.finish(work.now, work.actor.subject, request.note):
        store.task.save(work, task)
        work.emit(task.id, 2, TaskClosed(task_id=task.id, kind=task.kind, state=task.state))
        work.audit(task.id, kind=task.kind, state=task.state)
    return _view(work, task)


def follow(work: Work, notice: DeathNotice) -> None:
    """The tasks that a death notice asks for as it is now, and no others."""
    wanted = store.task.concerned_by(work, notice.id)
    for task in store.task.of_notice(work, notice.id):
        if task.state is TaskState.OPEN and (task.kind, task.pupil_id, notice.id) not in wanted:
            task.state = TaskState.WITHDRAWN
            store.task.save(work, task)
            work.emit(task.id, 2, TaskClosed(task_id=task.id, kind=task.kind, state=task.state))
    work.flush()
    open_all(work, wanted)


def open_all(work: Work, wanted: Iterable[tuple[TaskKind, UUID, UUID]]) -> None:
    """Each once."""
    for kind, pupil_id, notice_id in sorted(wanted):
        task_id = store.task.open_one(work, kind, pupil_id, notice_id)
        if task_id is not None:
            pupil = store.pupil.get(work, pupil_id)
            npsn = pupil.enrolment.npsn if pupil and pupil.enrolment else None
            work.emit(task_id, 1, TaskOpened(task_id=task_id, kind=kind, pupil_id=pupil_id, npsn=npsn))
            work.audit(task_id, kind=kind, opened=True)


def _mine(work: Work, task: Task) -> bool:
    if KIND not in work.actor.rows:
        return True
    pupil = store.pupil.get(work, task.pupil_id)
    return pupil is not None and pupil.enrolment is not None and work.actor.may_touch(KIND, pupil.enrolment.npsn)


def _view(work: Work, task: Task) -> TaskView:
    pupil = store.pupil.get(work, task.pupil_id)
    return TaskView(
        id=task.id,
        kind=task.kind,
        state=task.state,
        pupil_id=task.pupil_id,
        name=store.pupil.shown_name(work, task.pupil_id),
        npsn=pupil.enrolment.npsn if pupil and pupil.enrolment else None,
        notice_id=task.notice_id,
        opened_at=task.opened_at,
        due_on=task.due_on,
        overdue=task.overdue(work.now.astimezone(WIB).date()),
        priority=task.kind is TaskKind.GUARDIAN_DECEASED,
        finished_at=task.finished_at,
        note=task.note,
        template=CONDOLENCE if task.kind is TaskKind.PUPIL_DECEASED else None,
    )
