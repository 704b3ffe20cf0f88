"""An owner has died: nothing is changed by itself, an officer gets a task for each business."""

from __future__ import annotations

from chassis.privacy.masks import mask_name
from chassis.turns import take_turn
from chassis.work import Work
from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.problems import NotFound
from contracts.umkm import (
    FinishOwnerTask,
    ListOwnerDeaths,
    ListOwnerTasks,
    OwnerDeathPage,
    OwnerDeathView,
    OwnerTaskClosed,
    OwnerTaskKind,
    OwnerTaskOpened,
    OwnerTaskPage,
    OwnerTaskState,
    OwnerTaskView,
)

from .. import store
from ..domain.business import Business
from ..domain.owner import Owner
from ..domain.owner_death import OwnerDeath, OwnerTask
from .capital import freezing


def mark_death(work: Work, told: DeathRecorded | DeathCorrected) -> None:
    """One mark for each recorded death; a correction may come before the death itself."""
    take_turn(work, f"death {told.booking_id}")
    known = store.owner_death.get(work, told.booking_id)
    mark = known or OwnerDeath(work.new_id(), told.booking_id, told.person_key, told.day, work.now)
    before = known.person_key if known else None
    if mark.hear(told):
        store.owner_death.put(work, mark)
        work.audit(mark.id, booking_id=str(told.booking_id), holds=mark.holds, revision=mark.revision)
        _follow(work, mark, before)


def follow_business(work: Work, business: Business, owner: Owner) -> None:
    """A business becomes known whose owner's death was told before."""
    for mark in store.owner_death.of_person(work, owner.person_key):
        _open(work, mark, business)


def list_owner_deaths(work: Work, query: ListOwnerDeaths) -> OwnerDeathPage:
    """Show marks, newest first."""
    rows, cursor = store.owner_death.pages(work, query)
    return OwnerDeathPage(items=tuple(OwnerDeathView.model_validate(dict(row)) for row in rows), next=cursor)


def list_owner_tasks(work: Work, query: ListOwnerTasks) -> OwnerTaskPage:
    """Oldest first."""
    tasks, cursor = store.owner_death.task_pages(work, query)
    return OwnerTaskPage(items=tuple(_view(work, one) for one in tasks), next=cursor)


def finish_owner_task(work: Work, request: FinishOwnerTask) -> OwnerTaskView:
    """Somebody has settled it."""
    task = store.owner_death.task(work, request.task_id)
    if task is None:
        raise NotFound(f"no task {request.task_id}", detail_id=f"tidak ada tugas {request.task_id}")
    if task.finish(work.now, work.actor.subject, request.note):
        _keep(work, task)
    return _view(work, task)


def _follow(work: Work, mark: OwnerDeath, before: str | None) -> None:
    """A correction may name another person: tasks of the former's businesses are withdrawn, loans follow."""
    owner = store.owner.by_key(work, mark.person_key)
    businesses = store.business.of_owner(work, owner.id) if owner and mark.holds else []
    wanted = {one.id: one for one in businesses}
    for task in store.owner_death.tasks_of(work, mark.id):
        if task.follow(task.business_id in wanted, work.now):
            _keep(work, task)
        wanted.pop(task.business_id, None)
    for business in wanted.values():
        _open(work, mark, business)
    for person in {before or mark.person_key, mark.person_key}:
        borrower = store.owner.by_key(work, person)
        if borrower is not None:
            freezing.follow_owner(work, borrower)


def _open(work: Work, mark: OwnerDeath, business: Business) -> None:
    task = OwnerTask(work.new_id(), OwnerTaskKind.OWNER_DECEASED, OwnerTaskState.OPEN, business.id, mark.id, work.now)
    _keep(work, task)


def _keep(work: Work, task: OwnerTask) -> None:
    store.owner_death.put_task(work, task)
    if task.state is OwnerTaskState.OPEN:
        told = OwnerTaskOpened(task_id=task.id, business_id=task.business_id, kind=task.kind)
        work.emit(task.id, task.version, told)
    else:
        closed = OwnerTaskClosed(task_id=task.id, business_id=task.business_id, state=task.state)
        work.emit(task.id, task.version, closed)
    work.audit(task.id, kind=task.kind, state=task.state)


def _view(work: Work, task: OwnerTask) -> OwnerTaskView:
    business = store.business.some(work, [task.business_id])[task.business_id]
    owner = store.owner.some(work, [business.owner_id])[business.owner_id]
    return OwnerTaskView(
        id=task.id,
        kind=task.kind,
        state=task.state,
        business_id=business.id,
        business_name=business.name,
        owner_name=mask_name(owner.name),
        opened_at=task.opened_at,
        finished_at=task.finished_at,
        note=task.note,
    )
