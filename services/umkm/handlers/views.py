"""What is shown of businesses, batches, seats and certificates. Numbers and names are masked but for their owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chassis.privacy.masks import mask_name, mask_nik, mask_phone
from chassis.work import Work
from contracts.identity import kecamatan_of
from contracts.umkm import (
    BatchView,
    BusinessView,
    CertificateView,
    OwnerView,
    PermitView,
    SeatCounts,
    SeatState,
    SeatView,
    SessionView,
    SizeView,
)

from .. import store
from ..domain.batch import Batch
from ..domain.business import Business
from ..domain.certificate import Certificate, grouped
from ..domain.owner import Owner
from ..domain.permit import Permit
from ..domain.seat import Seat
from . import find
from .day import today


def business_view(
    work: Work, business: Business, owner: Owner, permits: Collection[Permit], *, whole: bool = True
) -> BusinessView:
    """`whole`: of one that is looked at, not of a list."""
    own, day = find.own(work, owner), today(work)
    size = business.size
    return BusinessView(
        id=business.id,
        name=business.name,
        trade=business.trade,
        state=business.state,
        owner=owner_view(work, owner, whole=whole),
        kelurahan_code=business.kelurahan_code,
        kecamatan_code=kecamatan_of(business.kelurahan_code),
        address=business.address if whole or own else None,
        founded_on=business.founded_on,
        size=SizeView(
            size_class=size.size_class, basis=size.basis, year=size.year, rupiah=size.rupiah if own else None
        ),
        size_notice="outgrown" if business.outgrown else None,
        nib=business.nib,
        permits=tuple(
            PermitView(id=one.id, kind=one.kind, number=one.number, valid_until=one.valid_until, counts=one.counts(day))
            for one in permits
        ),
        reason=business.reason,
        registered_at=business.registered_at,
        version=business.version,
    )


def one_business(work: Work, business: Business, owner: Owner | None = None) -> BusinessView:
    """A business with all that belongs to it."""
    owner = owner or find.owner_of(work, business.owner_id)
    return business_view(work, business, owner, store.permit.of(work, [business.id]))


def owner_view(work: Work, owner: Owner, *, whole: bool) -> OwnerView:
    """An owner sees all of it; who has a purpose sees name and telephone; the NIK is masked for both."""
    own = find.own(work, owner)
    plain = own or whole
    return OwnerView(
        id=owner.id,
        name=owner.name if plain else mask_name(owner.name),
        nik=mask_nik(owner.nik),
        phone=owner.phone if plain else mask_phone(owner.phone),
        sex=owner.sex,
        kelurahan_code=owner.kelurahan_code,
        resident=owner.resident,
        disability=owner.disability if own else None,
        notices=owner.notices(today(work)) if whole else (),
    )


def batch_views(work: Work, batches: Sequence[Batch]) -> tuple[BatchView, ...]:
    """With seats as they are now."""
    ids = [one.id for one in batches]
    counts, lists = store.seat.counts(work, ids), store.attendance.lists(work, ids)
    return tuple(_batch(one, counts.get(one.id, store.seat.Counts()), lists.get(one.id, {}).keys()) for one in batches)


def batch_view(work: Work, batch: Batch) -> BatchView:
    """One."""
    return batch_views(work, [batch])[0]


def _batch(batch: Batch, counts: store.seat.Counts, listed: Collection[int]) -> BatchView:
    return BatchView(
        id=batch.id,
        kind=batch.kind,
        state=batch.state,
        title=batch.title,
        description=batch.description,
        venue=batch.venue,
        kelurahan_code=batch.kelurahan_code,
        classes=batch.classes,
        quota=batch.quota,
        seats=SeatCounts(taken=counts.taken, waiting=counts.waiting, free=batch.free(counts.taken)),
        opens_at=batch.opens_at,
        head_start_until=batch.head_start_until,
        closes_at=batch.closes_at,
        sessions=tuple(
            SessionView(number=number, begins_at=one.begins_at, ends_at=one.ends_at, listed=number in listed)
            for number, one in enumerate(batch.sessions, 1)
        ),
        sessions_needed=batch.sessions_needed,
        reason=batch.reason,
        version=batch.version,
    )


def seat_views(work: Work, seats: Sequence[Seat]) -> tuple[SeatView, ...]:
    """With places on lists, sessions attended, certificates."""
    owners = store.owner.some(work, {one.owner_id for one in seats})
    places = store.seat.places(work, seats)
    lists = store.attendance.lists(work, {one.batch_id for one in seats})
    certificates = store.certificate.ids_of(work, [one.id for one in seats])
    shown = []
    for seat in seats:
        came = lists.get(seat.batch_id, {})
        attended = tuple(sorted(session for session, present in came.items() if seat.number in present))
        told = {"sessions": attended, "certificate_id": certificates.get(seat.id)}
        shown.append(_seat(work, seat, owners[seat.owner_id], places.get(seat.id)).model_copy(update=told))
    return tuple(shown)


def new_seat(work: Work, seat: Seat, owner: Owner, place: int) -> SeatView:
    """One that was asked for a moment ago: nothing is read for it, while others wait."""
    return _seat(work, seat, owner, place if seat.state is SeatState.WAITING else None)


def _seat(work: Work, seat: Seat, owner: Owner, place: int | None) -> SeatView:
    return SeatView(
        id=seat.id,
        batch_id=seat.batch_id,
        business_id=seat.business_id,
        owner_name=owner.name if find.own(work, owner) else mask_name(owner.name),
        state=seat.state,
        reasons=seat.reasons,
        number=seat.number,
        place=place,
        asked_at=seat.asked_at,
        expires_at=seat.expires_at,
        version=seat.version,
    )


def seat_view(work: Work, seat: Seat) -> SeatView:
    """One."""
    return seat_views(work, [seat])[0]


def certificate_view(certificate: Certificate) -> CertificateView:
    """Without the name."""
    return CertificateView(
        id=certificate.id,
        code=grouped(certificate.code),
        state=certificate.state,
        seat_id=certificate.seat_id,
        batch_id=certificate.batch_id,
        business_id=certificate.business_id,
        course=certificate.course,
        completed_on=certificate.completed_on,
        reason=certificate.reason,
        version=certificate.version,
    )
