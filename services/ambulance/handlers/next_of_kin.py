"""Who speaks for the deceased, as it was learned on the spot: whom the hearse service asks, and nobody else.

Who called is often a passer-by, who must not be told that somebody died: only who was with the patient says that the
caller is family.
"""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.deaths import NextOfKinGiven
from contracts.problems import wrong_field

from .. import store
from ..domain.incident import Incident
from ..domain.patient import NextOfKin
from ..store.contact import Caller

IS_CALLER = "next_of_kin.is_caller"
SEND_PHONE = "send their phone in `phone`"


def resolve(work: Work, incident: Incident, given: NextOfKinGiven | None) -> NextOfKin | None:
    """With the number, and the account in the super app, of who called. Raises InvalidRequest if nobody can be
    reached that way, or if it cannot be told which caller is meant."""
    if given is None:
        return None
    callers = store.contact.callers(work, incident.id)
    name = (given.name or "").strip() or None
    if given.is_caller:
        caller = _the_one(callers)
        return NextOfKin(name, given.phone or caller.phone, caller.citizen)
    if given.phone is None:
        raise wrong_field("next_of_kin.phone", "missing", "the next of kin cannot be reached", SEND_PHONE)
    same = (one.citizen for one in callers if one.phone == given.phone and one.citizen)
    return NextOfKin(name, given.phone, next(same, None))


def _the_one(callers: list[Caller]) -> Caller:
    if len(callers) > 1:
        raise wrong_field(IS_CALLER, "ambiguous", "several people called about this incident", SEND_PHONE)
    if not callers:
        raise wrong_field(IS_CALLER, "unknown", "the caller left neither a number nor an account", SEND_PHONE)
    return callers[0]
