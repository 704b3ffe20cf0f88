"""Pupils shown: masked for whoever is not of the school; looking at one, and unmasking, is recorded."""

from __future__ import annotations

from chassis.privacy.masks import mask_name, mask_nik, mask_nisn
from chassis.work import Work
from contracts.education import (
    DisclosePupil,
    EnrolmentView,
    GetPupil,
    ListPupils,
    PupilDisclosure,
    PupilPage,
    PupilView,
)

from .. import store
from ..domain.pupil import Enrolment, Pupil
from ..domain.roster.names import matches, sought
from . import find

MINE = store.school.KIND


def list_pupils(work: Work, query: ListPupils) -> PupilPage:
    """Those whom the caller may see."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    mine = work.actor.rows.get(MINE)
    words, numbers = _search(work, query.search)
    codes = [work.person_keys.word_code(word) for word in words]
    pupils, cursor = store.pupil.pages(work, query, mine, codes, numbers)
    if words:
        pupils = [one for one in pupils if matches(one.details["name"], query.search or "")]
    return PupilPage(items=tuple(pupil_view(work, one) for one in pupils), next=cursor)


def get_pupil(work: Work, request: GetPupil) -> PupilView:
    """With all schools."""
    find.require_purpose(work)
    pupil = find.pupil(work, request.pupil_id)
    work.audit(pupil.id, looked=True)
    every = tuple(place_view(one) for one in store.pupil.enrolments(work, pupil.id))
    return pupil_view(work, pupil).model_copy(update={"enrolments": every})


def disclose_pupil(work: Work, request: DisclosePupil) -> PupilDisclosure:
    """Unmasked."""
    pupil = find.pupil(work, request.pupil_id)
    store.note.add(work, pupil.id, "disclosed", request.reason)
    work.audit(pupil.id, disclosed=True)
    return PupilDisclosure(id=pupil.id, details=pupil.details, version=pupil.version)


def _search(work: Work, search: str | None) -> tuple[tuple[str, ...], dict[str, str]]:
    """What to look up: beginnings of words of a name, or a number's key by kind."""
    if search is None:
        return (), {}
    digits = "".join(one for one in search if one.isdigit())
    if len(digits) >= 8 and not any(one.isalpha() for one in search):
        kind = "nik" if len(digits) == 16 else "nisn"
        return (), {kind: work.person_keys.checked("person" if kind == "nik" else "nisn", digits)}
    return sought(search), {}


def pupil_view(work: Work, pupil: Pupil) -> PupilView:
    """Numbers are masked always, the name for whoever is not of the school."""
    details, place = pupil.details, pupil.enrolment
    own = find.own_school(work, place.npsn if place else None)
    return PupilView(
        id=pupil.id,
        name=details["name"] if own else mask_name(details["name"]),
        sex=pupil.sex,
        birth_year=pupil.birth_date.year,
        nisn=mask_nisn(details["nisn"]) if details.get("nisn") else None,
        nik=mask_nik(details["nik"]) if details.get("nik") else None,
        provisional=pupil.provisional,
        enrolment=place_view(place) if place else None,
        version=pupil.version,
    )


def place_view(place: Enrolment) -> EnrolmentView:
    """A time at a school."""
    return EnrolmentView(
        npsn=place.npsn,
        school_year=place.school_year,
        grade=place.grade,
        class_name=place.class_name,
        from_on=place.from_on,
        to_on=place.to_on,
        ended=place.ended,
    )
