"""What a month costs: as it was frozen by the first claim, else by the agreement or the programme's rules."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chassis.work import Work
from contracts.education import AgreementState, Programme, RateInUse

from .. import store
from ..domain.agreement import Agreement, Places
from ..domain.claim import Rate
from ..domain.months import school_year_of, share, term_days
from ..domain.roster.grades import GRADES
from . import find

Rates = dict[tuple[date, int], Rate]


def of_months(work: Work, npsn: str, programme: Programme, months: Collection[date]) -> Rates:
    """By month and grade; a month without agreement or rules has none."""
    agreed = _agreed(work, npsn, months) if programme is Programme.BOP else _by_rules(work, npsn, programme, months)
    return agreed | store.claim.frozen(work, npsn, programme, min(months), max(months))


def require_same(work: Work, npsn: str, school_year: str, places: Collection[Places]) -> None:
    """Raise RateInUse for another rate than that of months which were claimed in the school year."""
    begins, _ = term_days(school_year, 1)
    _, ends = term_days(school_year, 2)
    claimed = store.claim.frozen(work, npsn, Programme.BOP, begins, ends)
    new = {one.grade: one.yearly_rupiah for one in places}
    if months := sorted(
        {
            month
            for (month, grade), rate in claimed.items()
            if grade in new and share(new[grade], month) != rate.monthly_rupiah
        }
    ):
        raise RateInUse(months=[month.isoformat() for month in months])


def is_suspended(work: Work, npsn: str, months: Collection[date]) -> bool:
    """Whether an agreement of these months does not hold for now."""
    years = {school_year_of(month) for month in months}
    found = [one for year in years for one in store.agreement.of_year(work, npsn, year)]
    return any(one.state is AgreementState.SUSPENDED for one in found)


def _agreed(work: Work, npsn: str, months: Collection[date]) -> Rates:
    found: Rates = {}
    years = {school_year_of(month) for month in months}
    agreements = {year: store.agreement.of_year(work, npsn, year) for year in years}
    for month in months:
        holding = [one for one in agreements[school_year_of(month)] if _covers(one, month)]
        for one in holding[:1]:
            for places in one.places:
                found[month, places.grade] = Rate(places.quota, share(places.yearly_rupiah, month))
    return found


def _covers(one: Agreement, month: date) -> bool:
    """The month's 15th counts; what was never signed covers nothing."""
    if one.signed_on is None:
        return False
    return one.ends_on is None or one.ends_on >= month.replace(day=15)


def _by_rules(work: Work, npsn: str, programme: Programme, months: Collection[date]) -> Rates:
    school = find.known(store.school.get(work, npsn), npsn)
    found: Rates = {}
    for month in months:
        rules = store.rules.newest(work, programme, school_year_of(month))
        if rules and school.level in rules.monthly:
            rate = Rate(None, rules.monthly[school.level])
            found |= {(month, grade): rate for grade in GRADES[school.level]}
    return found
