"""Months that schools confirm for pupils with a waiver."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import (
    ConfirmedElsewhere,
    ConfirmedPage,
    ConfirmedView,
    ConfirmMonth,
    CorrectMonth,
    ListConfirmed,
    MonthConfirmed,
    MonthCorrected,
    NotOfSchool,
    Programme,
)
from contracts.problems import NotFound, wrong_field
from contracts.times import WIB

from .. import store
from ..domain.months import is_over
from . import find, rates, settling

KIND = store.school.KIND


def confirm_month(work: Work, request: ConfirmMonth) -> MonthConfirmed:
    """All who were there, but for some."""
    school = find.school(work, request.npsn, heir=True)
    require_over(work, "month", request.month)
    _, wanted = _meant(work, request)
    others = store.month.confirmed_by(work, request.programme, request.month, wanted).values()
    settling.take_turns(work, {school.npsn, *others})
    there, wanted = _meant(work, request)  # again, now that nobody else settles these schools
    _free_of_others(work, school.npsn, request.programme, request.month, wanted)
    if unknown := sorted({*request.absent, *(request.only or ())} - there.keys()):
        raise NotOfSchool(pupils=[str(one) for one in unknown])
    new = store.month.confirm(work, school.npsn, request.programme, request.month, wanted)
    work.audit(school.npsn, programme=request.programme, month=request.month.isoformat(), confirmed=new)
    quotas = rates.of_months(work, school.npsn, request.programme, [request.month])
    over = 0
    for grade, count in store.month.by_grade(work, school.npsn, request.programme, request.month).items():
        rate = quotas.get((request.month, grade))
        over += count - rate.paid_for(count) if rate else count
    return MonthConfirmed(confirmed=new, already=len(wanted) - new, absent=len(request.absent), over_quota=over)


def _meant(work: Work, request: ConfirmMonth) -> tuple[dict[UUID, int], set[UUID]]:
    """Who has a waiver and was there, with the grade; whom of them the school confirms."""
    there = store.month.candidates(work, request.npsn, request.programme, request.month)
    return there, set(there if request.only is None else request.only) - set(request.absent)


def correct_month(work: Work, request: CorrectMonth) -> MonthCorrected:
    """It was not so: what was due for it is taken back at once."""
    npsn = store.month.school_of(work, request.pupil_id, request.programme, request.month)
    if npsn is None or not find.may_act_for(work, npsn):
        raise NotFound(
            "this month is not confirmed for the pupil", detail_id="bulan ini belum dikonfirmasi untuk anak ini"
        )
    settling.take_turns(work, {npsn, *(group[0] for group in store.ledger.groups_of(work, [request.pupil_id]))})
    store.month.void(work, [npsn], request.pupil_id, request.programme, request.month, "corrected")
    store.note.add(work, request.pupil_id, "month_corrected", request.reason)
    change = settling.settle_pupils(work, [request.pupil_id], "corrected")
    work.audit(request.pupil_id, npsn=npsn, month=request.month.isoformat(), rupiah=change)
    return MonthCorrected(claimed_back=max(0, -change))


def list_confirmed(work: Work, query: ListConfirmed) -> ConfirmedPage:
    """By id."""
    find.require_purpose(work)
    find.school(work, query.npsn, heir=True)
    rows, cursor = store.month.pages(work, query)
    due = store.ledger.due_of(work, query.npsn, [row["pupil_id"] for row in rows])
    items = []
    for row in rows:
        pupil = store.pupil.get(work, row["pupil_id"])
        name = pupil.details["name"] if pupil else ""
        items.append(
            ConfirmedView(
                id=row["id"],
                pupil_id=row["pupil_id"],
                name=name if not name or find.own_school(work, query.npsn) else mask_name(name),
                programme=row["programme"],
                month=row["month"],
                grade=row["grade"],
                claim_id=row["claim_id"],
                rupiah=due.get((row["programme"], row["month"], row["pupil_id"])),
            )
        )
    return ConfirmedPage(items=tuple(items), next=cursor)


def require_over(work: Work, field: str, month: date) -> None:
    """Raise InvalidRequest for a month that is still running or to come."""
    if not is_over(month, work.now.astimezone(WIB).date()):
        raise wrong_field(field, "not_over", "the month is not over", "send it on the first day of the next month")


def _free_of_others(work: Work, npsn: str, programme: Programme, month: date, pupils: Collection[UUID]) -> None:
    """Confirmations of other schools that hold no more are voided; if one still holds, raise ConfirmedElsewhere."""
    for _ in range(2):
        others = {
            pupil_id: other
            for pupil_id, other in store.month.confirmed_by(work, programme, month, pupils).items()
            if other != npsn
        }
        if not others:
            return
        settling.settle(work, {(other, programme, month) for other in others.values()}, "moved")
    raise ConfirmedElsewhere(pupils=sorted(map(str, others)))
