"""Scoresheets of products and of grants, by version."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import NotFound
from contracts.umkm import (
    GetGrantScoresheet,
    GetScoresheet,
    GrantScoresheetSet,
    ScoresheetSet,
    ScoresheetView,
    SetGrantScoresheet,
    SetScoresheet,
)

from .. import store
from ..domain.scoring import Criterion, Scoresheet
from ..store.scoring import Sheets
from . import market_views


def set_scoresheet(work: Work, request: SetScoresheet) -> ScoresheetView:
    """Of products."""
    return _set(work, request, store.curation.sheets, ScoresheetSet)


def get_scoresheet(work: Work, query: GetScoresheet) -> ScoresheetView:
    """Of products."""
    return _get(work, query, store.curation.sheets)


def set_grant_scoresheet(work: Work, request: SetGrantScoresheet) -> ScoresheetView:
    """Of grants."""
    return _set(work, request, store.grants.round.sheets, GrantScoresheetSet)


def get_grant_scoresheet(work: Work, query: GetGrantScoresheet) -> ScoresheetView:
    """Of grants."""
    return _get(work, query, store.grants.round.sheets)


def _set(
    work: Work,
    request: SetScoresheet | SetGrantScoresheet,
    sheets: Sheets,
    told_as: type[ScoresheetSet | GrantScoresheetSet],
) -> ScoresheetView:
    """The next version; the same again changes nothing."""
    what = sheets.name.replace("_", " ")
    take_turn(work, what)
    newest = sheets.newest(work)
    criteria = tuple(
        Criterion(one.criterion, {"id": one.indonesian, "en": one.english}, one.most_points, one.weight)
        for one in request.criteria
    )
    told = (criteria, request.assessors_needed, request.pass_percent)
    if told == (newest.criteria, newest.assessors_needed, newest.pass_percent):
        return market_views.scoresheet(newest)
    sheet = Scoresheet(newest.version + 1, *told, work.now)
    sheets.add(work, sheet)
    work.emit(what, sheet.version, told_as(version=sheet.version))
    work.audit(what, version=sheet.version)
    return market_views.scoresheet(sheet)


def _get(work: Work, query: GetScoresheet | GetGrantScoresheet, sheets: Sheets) -> ScoresheetView:
    """The newest, or one of before."""
    if query.version is None:
        return market_views.scoresheet(sheets.newest(work))
    found = sheets.get(work, query.version)
    if found is None:
        raise NotFound(f"no scoresheet {query.version}", detail_id=f"tidak ada lembar nilai {query.version}")
    return market_views.scoresheet(found)
