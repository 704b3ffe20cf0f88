"""Businesses described, verified, suspended, closed."""

from __future__ import annotations

from chassis.work import Work
from contracts.base import Event
from contracts.problems import wrong_field
from contracts.umkm import (
    BusinessChanged,
    BusinessClosed,
    BusinessPage,
    BusinessResumed,
    BusinessSizeDeclared,
    BusinessSuspended,
    BusinessVerified,
    BusinessView,
    CloseBusiness,
    DeclareSize,
    DescribeBusiness,
    GetBusiness,
    ListBusinesses,
    ResumeBusiness,
    SuspendBusiness,
    VerifyBusiness,
    WithdrawalCause,
)

from .. import store
from ..domain.business import Business
from . import find, giving, listings, registering, shelf, views
from .day import today


def describe_business(work: Work, request: DescribeBusiness) -> BusinessView:
    """What has changed."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    told = request.model_dump(exclude={"business_id", "version"}, exclude_none=True)
    if not told:
        raise wrong_field("name", "nothing", "nothing was told", "send at least one field")
    if request.kelurahan_code is not None:
        registering.require_city(request.kelurahan_code)
    if request.name is not None:
        registering.require_new_name(work, business.owner_id, request.name, business.id)
    registering.require_free_nib(work, request.nib, business.id)
    if not business.describe(**told):
        return views.one_business(work, business)
    return _keep(work, business, BusinessChanged(business_id=business.id, state=business.state))


def declare_size(work: Work, request: DeclareSize) -> BusinessView:
    """Its class may be another one; what was granted before stays."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    before = business.size.size_class
    size = registering.size_of(request.size, business.founded_on, today(work))
    if not business.declare(size):
        return views.one_business(work, business)
    told = BusinessSizeDeclared(
        business_id=business.id, size_class=size.size_class, size_class_before=before, year=size.year
    )
    return _keep(work, business, told)


def verify_business(work: Work, request: VerifyBusiness) -> BusinessView:
    """An officer has compared the papers."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    if not business.verify(work.actor.subject):
        return views.one_business(work, business)
    owner = find.owner_of(work, business.owner_id)
    told = BusinessVerified(
        business_id=business.id,
        person_key=owner.person_key,
        kecamatan_code=business.kelurahan_code[:8],
        size_class=business.size.size_class,
        has_nib=business.nib is not None,
    )
    return _keep(work, business, told)


def suspend_business(work: Work, request: SuspendBusiness) -> BusinessView:
    """For now."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    business.suspend(request.reason)
    return _keep(work, business, BusinessSuspended(business_id=business.id))


def resume_business(work: Work, request: ResumeBusiness) -> BusinessView:
    """As before."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    business.resume()
    view = _keep(work, business, BusinessResumed(business_id=business.id, state=business.state))
    giving.serve_again(work, business.id)
    return view


def close_business(work: Work, request: CloseBusiness) -> BusinessView:
    """Given up: its seats go to others, too."""
    business = find.business(work, request.business_id, lock=True, seen=request.version)
    business.close(request.reason)
    view = _keep(work, business, BusinessClosed(business_id=business.id))
    giving.release_business(work, business.id)
    listings.withdraw_all(work, business, WithdrawalCause.BUSINESS_CLOSED)
    return view


def get_business(work: Work, request: GetBusiness) -> BusinessView:
    """One; looking is recorded."""
    find.require_purpose(work)
    business = find.business(work, request.business_id)
    work.audit(business.id, looked=True)
    return views.one_business(work, business)


def list_businesses(work: Work, query: ListBusinesses) -> BusinessPage:
    """Newest first."""
    found, cursor = store.business.pages(work, query)
    owners = store.owner.some(work, {one.owner_id for one in found})
    permits = store.permit.of(work, [one.id for one in found])
    items = tuple(
        views.business_view(
            work, one, owners[one.owner_id], [p for p in permits if p.business_id == one.id], whole=False
        )
        for one in found
    )
    return BusinessPage(items=items, next=cursor)


def _keep(work: Work, business: Business, told: Event) -> BusinessView:
    store.business.put(work, business, known=True)
    shelf.follow_business(work, business)
    work.emit(business.id, business.version, told)
    work.audit(business.id, state=business.state, size_class=business.size.size_class)
    return views.one_business(work, business)
