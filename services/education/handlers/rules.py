"""Rules of who gets a waiver, as data."""

from __future__ import annotations

from datetime import date

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    ListRules,
    MonthlyRateView,
    NoRules,
    Programme,
    RateInUse,
    RulesList,
    RulesSet,
    RulesView,
    SetRules,
)
from contracts.problems import require_version

from .. import store
from ..domain.eligibility.rules import Rules
from ..domain.months import term_days


def set_rules(work: Work, request: SetRules) -> RulesView:
    """Another version; what months cost stays once they were claimed."""
    take_turn(work, f"rules {request.programme} {request.school_year}")
    known = store.rules.newest(work, request.programme, request.school_year)
    require_version(known.version if known else 0, request.version)
    told = request.rules
    new = Rules(
        request.programme,
        request.school_year,
        known.version + 1 if known else 1,
        told.residency,
        told.partner_school,
        tuple(sorted(told.grades)),
        told.highest_decile,
        told.letter_for_decile,
        {one.level: one.rupiah for one in told.monthly},
        request.note,
        work.now,
        work.actor.subject,
    )
    if known and known.monthly != new.monthly:
        require_unclaimed(work, new.programme, new.school_year)
    store.rules.add(work, new)
    subject = f"{new.programme} {new.school_year}"
    told_all = RulesSet(programme=new.programme, school_year=new.school_year, version=new.version)
    work.emit(subject, new.version, told_all)
    work.audit(subject, version=new.version)
    return rules_view(new)


def list_rules(work: Work, query: ListRules) -> RulesList:
    """The newest first."""
    return RulesList(items=tuple(map(rules_view, store.rules.some(work, query))))


def newest(work: Work, programme: Programme, school_year: str) -> Rules:
    """The version that holds. Raises NoRules."""
    found = store.rules.newest(work, programme, school_year)
    if found is None:
        raise NoRules(f"{programme} has no rules for {school_year}", detail_id=f"belum ada aturan {school_year}")
    return found


def require_unclaimed(work: Work, programme: Programme, school_year: str, npsn: str | None = None) -> None:
    """Raise RateInUse if months of the school year were claimed, of all schools or of one."""
    months = store.claim.rated_months(work, programme, *_year(school_year), npsn)
    if months:
        raise RateInUse(months=[one.isoformat() for one in months])


def rules_view(one: Rules) -> RulesView:
    """What is shown of a version."""
    return RulesView(
        programme=one.programme,
        school_year=one.school_year,
        version=one.version,
        residency=one.residency,
        partner_school=one.partner_school,
        grades=one.grades,
        highest_decile=one.highest_decile,
        letter_for_decile=one.letter_for_decile,
        monthly=tuple(MonthlyRateView(level=level, rupiah=rupiah) for level, rupiah in one.monthly.items()),
        note=one.note,
        made_at=one.made_at,
        made_by=one.made_by,
    )


def _year(school_year: str) -> tuple[date, date]:
    return term_days(school_year, 1)[0], term_days(school_year, 2)[1]
