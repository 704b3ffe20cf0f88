"""Terms of the programme, by version."""

from __future__ import annotations

from dataclasses import asdict

from chassis.turns import take_turn
from chassis.work import Work
from contracts.problems import NotFound
from contracts.umkm import CapitalTermsSet, CapitalTermsView, GetCapitalTerms, SetCapitalTerms

from ... import store
from ...domain.capital.terms import LadderStep, Terms


def set_capital_terms(work: Work, request: SetCapitalTerms) -> CapitalTermsView:
    """The next version; the same again changes nothing."""
    take_turn(work, "capital terms")
    newest = store.capital.terms.newest(work)
    told = {name: getattr(request, name) for name in type(request).model_fields if name != "steps"}
    steps = tuple(LadderStep(**one.model_dump()) for one in request.steps)
    terms = Terms(version=newest.version + 1, steps=steps, set_at=work.now, **told)
    terms.require_sound()
    if terms.same_as(newest):
        return _view(newest)
    store.capital.terms.add(work, terms)
    work.emit("capital terms", terms.version, CapitalTermsSet(version=terms.version))
    work.audit("capital terms", version=terms.version)
    return _view(terms)


def get_capital_terms(work: Work, query: GetCapitalTerms) -> CapitalTermsView:
    """The newest, or one of before."""
    if query.version is None:
        return _view(store.capital.terms.newest(work))
    found = store.capital.terms.get(work, query.version)
    if found is None:
        raise NotFound(f"no terms {query.version}", detail_id=f"tidak ada ketentuan {query.version}")
    return _view(found)


def _view(terms: Terms) -> CapitalTermsView:
    return CapitalTermsView.model_validate(asdict(terms))
