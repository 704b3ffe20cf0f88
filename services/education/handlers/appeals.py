"""Appeals against a refusal, within 30 days: another person decides (deciding.py)."""

from __future__ import annotations

from chassis.work import Work
from contracts.education import ApplicationAppealed, ApplicationView, Outcome, RecordAppeal
from contracts.times import WIB

from .. import store
from ..domain.application import Application
from ..domain.waiver import wrong_state
from . import applications


def record_appeal(work: Work, request: RecordAppeal) -> ApplicationView:
    """At the counter."""
    one, pupil = applications.load(work, request.application_id, lock=True)
    appeal(work, one, request.text)
    return applications.application_view(work, one, pupil)


def appeal(work: Work, one: Application, text: str) -> None:
    """Of one that was loaded with a lock. Raises WaiverWrongState or AppealTooLate."""
    decision = store.decision.get(work, one.decision_id) if one.decision_id else None
    if decision is None or decision.outcome is not Outcome.REFUSED:
        raise wrong_state("appeal", one.state if decision is None else decision.outcome, [Outcome.REFUSED])
    one.appeal(work.now.astimezone(WIB).date())
    store.application.put(work, one, known=True)
    store.note.add(work, one.id, "appeal", text)
    work.emit(one.id, one.version, ApplicationAppealed(application_id=one.id, pupil_id=one.pupil_id))
    work.audit(one.id, state=one.state)
