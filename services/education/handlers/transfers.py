"""A child in two schools' lists: shown to both, confirmed by the receiving one; the office decides if they differ."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.work import Work
from contracts.education import (
    ActView,
    ConfirmTransfers,
    DeclineTransfer,
    ListTransfers,
    NotEnrolled,
    ObjectToTransfer,
    OfficeDecides,
    TransferConfirmed,
    TransferDisputed,
    TransferEnded,
    TransferPage,
    TransferState,
    TransferView,
)
from contracts.problems import NotFound
from contracts.times import WIB

from .. import store
from ..domain.days import require_near
from ..domain.transfer import Transfer
from . import find, settling

KIND = store.school.KIND


def list_transfers(work: Work, query: ListTransfers) -> TransferPage:
    """Oldest first."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    transfers, cursor = store.transfer.pages(work, query)
    return TransferPage(items=tuple(_view(work, one) for one in transfers), next=cursor)


def confirm_transfers(work: Work, request: ConfirmTransfers) -> ActView:
    """All of them or none."""
    if request.from_on is not None:
        require_near("from_on", request.from_on, work.now.astimezone(WIB).date())
    transfers = _load(work, sorted(set(request.transfer_ids)), receiving=True)
    if KIND in work.actor.rows and (disputed := _disputed(transfers)):
        raise OfficeDecides(transfers=[str(id) for id in disputed])
    for one in transfers:
        one.confirm(work.now, work.actor.subject, request.from_on)
        store.transfer.save(work, one)
    work.flush()
    ids, pupils = [one.id for one in transfers], [one.pupil_id for one in transfers]
    if not store.moving.transfer(work, ids, pupils):
        raise NotEnrolled(
            "a pupil is not at the other school any more",
            detail_id="ada peserta didik yang sudah tidak di sekolah asal",
        )
    for id, pupil_id in store.transfer.lapse(work, pupils, but=ids):
        work.emit(id, 2, TransferEnded(transfer_id=id, pupil_id=pupil_id, state="lapsed"))
    store.school.changed_pupils(work, _schools(transfers))
    settling.settle_pupils(work, pupils, "transferred")
    levels = {npsn: one.level for npsn, one in store.school.some(work, _schools(transfers)).items()}
    for one in transfers:
        onward = levels[one.from_npsn] != levels[one.to_npsn]
        work.emit(one.id, one.version, _confirmed(one, "graduated" if onward else "transferred"))
    work.audit(transfers[0].to_npsn, transfers=[str(id) for id in ids])
    return ActView(pupils=len(pupils))


def decline_transfer(work: Work, request: DeclineTransfer) -> TransferView:
    """The receiving school's list was wrong, or the office so decides."""
    (transfer,) = _load(work, [request.transfer_id], receiving=True)
    if transfer.state is not TransferState.DECLINED:
        transfer.decline(work.now, work.actor.subject)
        store.transfer.save(work, transfer)
        told = TransferEnded(transfer_id=transfer.id, pupil_id=transfer.pupil_id, state=transfer.state)
        work.emit(transfer.id, transfer.version, told)
        work.audit(transfer.id, state=transfer.state)
    return _view(work, transfer)


def object_to_transfer(work: Work, request: ObjectToTransfer) -> TransferView:
    """The other school says that the child is still there."""
    (transfer,) = _load(work, [request.transfer_id], receiving=False)
    transfer.object(request.reason)
    store.transfer.save(work, transfer)
    told = TransferDisputed(
        transfer_id=transfer.id,
        pupil_id=transfer.pupil_id,
        from_npsn=transfer.from_npsn,
        to_npsn=transfer.to_npsn,
    )
    work.emit(transfer.id, transfer.version, told)
    work.audit(transfer.id, state=transfer.state)
    return _view(work, transfer)


def _load(work: Work, ids: Sequence[UUID], *, receiving: bool) -> list[Transfer]:
    """Each of them, if the caller is of the receiving (or the other) school, or of the office. Raises NotFound."""
    found = store.transfer.some(work, ids, lock=True)
    mine = [one for one in found if work.actor.may_touch(KIND, one.to_npsn if receiving else one.from_npsn)]
    if missing := sorted(set(ids) - {one.id for one in mine}):
        raise NotFound(f"no transfer {missing[0]}", detail_id=f"tidak ada mutasi {missing[0]}")
    return mine


def _disputed(transfers: Sequence[Transfer]) -> list[UUID]:
    return [one.id for one in transfers if one.state is TransferState.DISPUTED]


def _schools(transfers: Sequence[Transfer]) -> list[str]:
    return sorted({npsn for one in transfers for npsn in (one.from_npsn, one.to_npsn)})


def _confirmed(one: Transfer, reason: str) -> TransferConfirmed:
    return TransferConfirmed(
        transfer_id=one.id,
        pupil_id=one.pupil_id,
        from_npsn=one.from_npsn,
        to_npsn=one.to_npsn,
        from_on=one.from_on,
        reason=reason,
    )


def _view(work: Work, one: Transfer) -> TransferView:
    pupil = store.pupil.get(work, one.pupil_id)
    name = pupil.details["name"] if pupil else ""
    known = find.own_school(work, one.from_npsn) or (
        one.state is TransferState.CONFIRMED and find.own_school(work, one.to_npsn)
    )
    return TransferView(
        id=one.id,
        pupil_id=one.pupil_id,
        name=name if known else mask_name(name) if name else "",
        from_npsn=one.from_npsn,
        to_npsn=one.to_npsn,
        school_year=one.school_year,
        grade=one.grade,
        class_name=one.class_name,
        state=one.state,
        proposed_at=one.proposed_at,
        from_on=one.from_on,
        objection=one.objection,
        decided_at=one.decided_at,
        version=one.version,
    )
