"""Parents in the super app: they say whose parent they are, and see their own children only."""

from __future__ import annotations

from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import ChildLink, ChildList, ChildView, LinkChild, ListMyChildren, TooManyTries
from contracts.problems import Forbidden

from .. import store
from ..domain.pupil import Pupil
from .pupils import place_view

MOST_TRIES = 5


def link_child(work: Work, request: LinkChild) -> ChildLink:
    """All numbers must fit; a try that does not is counted, and answered without saying why."""
    citizen = citizen_of(work)
    take_turn(work, f"link child {citizen}")
    if store.family.tries(work, citizen) >= MOST_TRIES:
        raise TooManyTries(retry_after=3600)
    keys = work.person_keys
    kind, child = ("nisn", request.child_nisn) if request.child_nisn else ("nik", request.child_nik or "")
    key = keys.checked("nisn" if kind == "nisn" else "person", child)
    found = store.family.fitting(work, keys.checked("person", request.nik), kind, key, request.birth_date)
    if found is None:
        store.family.count_try(work, citizen)
        work.audit("family", linked=False)
        return ChildLink(linked=False)
    pupil_id, relation = found
    store.family.link(work, citizen, pupil_id, relation)
    work.audit(pupil_id, linked=True, relation=relation)
    pupil = store.pupil.get(work, pupil_id)
    return ChildLink(linked=True, child=_view(work, pupil) if pupil else None)


def list_my_children(work: Work, query: ListMyChildren) -> ChildList:
    """Those whom the caller has linked."""
    found = [store.pupil.get(work, pupil_id) for pupil_id in store.family.children(work, citizen_of(work))]
    return ChildList(items=tuple(_view(work, one) for one in found if one is not None))


def citizen_of(work: Work) -> str:
    """The citizen for whom the super app asks. Raises Forbidden."""
    own = work.actor.rows.get(store.family.CITIZEN, ())
    if len(own) != 1:
        raise Forbidden("only a citizen has children here", detail_id="hanya warga yang memiliki data anak di sini")
    return own[0]


def _view(work: Work, pupil: Pupil) -> ChildView:
    place = pupil.enrolment
    school = store.school.get(work, place.npsn) if place else None
    return ChildView(
        pupil_id=pupil.id,
        name=pupil.details["name"],
        nisn=pupil.details.get("nisn"),
        enrolment=place_view(place) if place else None,
        school_name=school.name if school else None,
    )
