"""Until when rosters count."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import CutOffSet, CutOffsView, CutOffView, ListCutOffs, SetCutOff
from contracts.problems import require_version, wrong_field

from .. import store
from ..domain.cut_off import CutOff


def set_cut_off(work: Work, request: SetCutOff) -> CutOffView:
    """Moved later or earlier: what counts is judged anew."""
    begins = int(request.school_year[:4])
    if request.last_day.year not in (begins, begins + 1):
        raise wrong_field("last_day", "other_year", "the day is not in that school year", "send a day of those years")
    take_turn(work, f"cut-off {request.school_year}")
    known = store.cut_off.some(work, [request.school_year], lock=True).get((request.school_year, request.term))
    require_version(known.version if known else 0, request.version)
    if known and known.last_day == request.last_day:
        return _view(known)
    new = CutOff(request.school_year, request.term, request.last_day, known.version + 1 if known else 1)
    store.cut_off.put(work, new)
    told = CutOffSet(school_year=new.school_year, term=new.term, last_day=new.last_day, mend_until=new.mend_until)
    work.emit(f"{new.school_year} {new.term}", new.version, told)
    work.audit(f"{new.school_year} {new.term}", last_day=new.last_day.isoformat())
    return _view(new)


def list_cut_offs(work: Work, query: ListCutOffs) -> CutOffsView:
    """The latest first."""
    years = None if query.school_year is None else [query.school_year]
    return CutOffsView(items=tuple(map(_view, store.cut_off.some(work, years).values())))


def _view(one: CutOff) -> CutOffView:
    return CutOffView(
        school_year=one.school_year,
        term=one.term,
        last_day=one.last_day,
        mend_until=one.mend_until,
        version=one.version,
    )
