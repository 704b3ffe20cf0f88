"""Applications: handed in, looked at, listed. Deciding is in deciding.py."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from chassis.privacy.masks import mask_name
from chassis.turns import take_turn
from chassis.work import Work
from contracts.education import (
    Advice,
    AlreadyApplied,
    ApplicationPage,
    ApplicationState,
    ApplicationSubmitted,
    ApplicationView,
    Channel,
    GetApplication,
    ListApplications,
    Programme,
    SubmitApplication,
)
from contracts.problems import NotFound
from contracts.times import WIB

from .. import store
from ..domain.application import Application
from ..domain.pupil import Pupil
from . import decision_views, find, judging, rules

KIND = store.school.KIND


def submit_application(work: Work, request: SubmitApplication) -> ApplicationView:
    """By the school or the office."""
    pupil = find.pupil(work, request.pupil_id)
    channel = Channel.SCHOOL if KIND in work.actor.rows else Channel.OFFICE
    new = submit(work, pupil, request.programme, request.school_year, request.term, channel)
    return application_view(work, new, pupil)


def submit(
    work: Work, pupil: Pupil, programme: Programme, school_year: str, number: int, channel: Channel
) -> Application:
    """The rules are looked at right away; what is missing is said."""
    holding = rules.newest(work, programme, school_year)
    term = (programme, school_year, number)
    take_turn(work, turn(pupil.id, programme))
    if store.pupil.get(work, pupil.id) is None:  # joined into another entry while we waited
        raise NotFound(f"no pupil {pupil.id}", detail_id=f"tidak ada peserta didik {pupil.id}")
    if known := store.application.open_one(work, pupil.id, *term):
        raise AlreadyApplied(application_id=str(known))
    if waiver := store.waiver.holding(work, pupil.id, *term):
        raise AlreadyApplied(waiver_id=str(waiver))
    new = Application(work.new_id(), pupil.id, *term, channel, work.actor.subject, work.now)
    _, judgement = judging.judged(work, holding, [pupil.id])[pupil.id]
    if judgement.advice is not Advice.ELIGIBLE:
        new.tell(work.now.astimezone(WIB).date())
    store.application.put(work, new, known=False)
    told = ApplicationSubmitted(
        application_id=new.id,
        pupil_id=pupil.id,
        programme=new.programme,
        school_year=new.school_year,
        term=new.term,
        state=new.state,
    )
    work.emit(new.id, new.version, told)
    work.audit(new.id, programme=new.programme, school_year=new.school_year, term=new.term, state=new.state)
    return new


def look_again(work: Work, pupils: Collection[UUID]) -> None:
    """Something was shown for these pupils: their undecided applications say what the rules say now."""
    for one in store.application.undecided(work, pupils):
        holding = rules.newest(work, one.programme, one.school_year)
        _, judgement = judging.judged(work, holding, [one.pupil_id])[one.pupil_id]
        one.show(enough=judgement.advice is Advice.ELIGIBLE)
        store.application.put(work, one, known=True)


def get_application(work: Work, request: GetApplication) -> ApplicationView:
    """With what the rules say now."""
    find.require_purpose(work)
    one, pupil = load(work, request.application_id)
    work.audit(one.id, looked=True)
    return application_view(work, one, pupil)


def list_applications(work: Work, query: ListApplications) -> ApplicationPage:
    """Oldest first, without what the rules say."""
    find.require_purpose(work)
    if query.npsn is not None:
        find.require_school(work, query.npsn)
    found, cursor = store.application.pages(work, query)
    items = []
    for one in found:
        pupil = store.pupil.get(work, one.pupil_id)
        items.append(_view(work, one, pupil))
    return ApplicationPage(items=tuple(items), next=cursor)


def turn(pupil_id: UUID, programme: Programme) -> str:
    """Whoever applies or decides for a pupil takes it before looking at what the pupil has."""
    return f"waiver {pupil_id} {programme}"


def load(work: Work, application_id: UUID, *, lock: bool = False) -> tuple[Application, Pupil]:
    """An application of a pupil whom the caller may see; with a lock while nobody else decides. Raises NotFound."""
    found = store.application.get(work, application_id)
    while found and lock:
        take_turn(work, turn(of := found.pupil_id, found.programme))
        found = store.application.get(work, application_id, lock=True)
        if found and found.pupil_id == of:  # else it became another entry's while we waited
            break
    pupil = store.pupil.get(work, found.pupil_id) if found else None
    mine = work.actor.rows.get(KIND)
    if not found or not pupil or (mine is not None and (not pupil.enrolment or pupil.enrolment.npsn not in mine)):
        raise NotFound(f"no application {application_id}", detail_id=f"tidak ada permohonan {application_id}")
    return found, pupil


def application_view(work: Work, one: Application, pupil: Pupil) -> ApplicationView:
    """With the decision, or what the rules say now."""
    more: dict[str, object] = {}
    if one.decision_id and (decision := store.decision.get(work, one.decision_id)):
        more["decision"] = decision_views.decision_view(decision)
        more["advice"] = judging.advice_view(decision.judgement)
    if one.state is not ApplicationState.DECIDED:
        holding = rules.newest(work, one.programme, one.school_year)
        more["advice"] = judging.advice_view(judging.judged(work, holding, [pupil.id])[pupil.id][1])
    return _view(work, one, pupil).model_copy(update=more)


def _view(work: Work, one: Application, pupil: Pupil | None) -> ApplicationView:
    npsn = pupil.enrolment.npsn if pupil and pupil.enrolment else None
    name = pupil.details["name"] if pupil else ""
    return ApplicationView(
        id=one.id,
        pupil_id=one.pupil_id,
        name=name if not name or find.own_school(work, npsn) else mask_name(name),
        programme=one.programme,
        school_year=one.school_year,
        term=one.term,
        npsn=npsn,
        state=one.state,
        channel=one.channel,
        submitted_at=one.submitted_at,
        answer_until=one.answer_until if one.state is ApplicationState.EVIDENCE_NEEDED else None,
        version=one.version,
    )
