"""Loading what a request names, or refusing it: not found, not the caller's, not on the map."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.geography import Point
from contracts.problems import Forbidden, NotFound, wrong_field

from .. import store
from ..domain.assignment import Assignment
from ..domain.contact import Contact
from ..domain.incident import Incident
from ..domain.patient import Patient
from ..domain.place import Locate, Located
from ..domain.unit import Unit


def contact(work: Work, contact_id: UUID, *, lock: bool = False) -> Contact:
    """The contact; for a citizen one of their own. Raises NotFound."""
    found = store.contact.get(work, contact_id, lock=lock)
    theirs = work.actor.rows.get(store.contact.CITIZEN)
    if found is None or (theirs is not None and store.contact.owner(work, contact_id) not in theirs):
        raise NotFound(f"no contact {contact_id}", detail_id=f"tidak ada kontak {contact_id}")
    return found


def incident(work: Work, incident_id: UUID, *, lock: bool = False) -> Incident:
    """The incident with its patients. Raises NotFound."""
    found = store.incident.get(work, incident_id, lock=lock)
    if found is None:
        raise no_incident(incident_id)
    return found


def no_incident(incident_id: UUID) -> NotFound:
    """The refusal of an id that is no incident's."""
    return NotFound(f"no incident {incident_id}", detail_id=f"tidak ada kejadian {incident_id}")


def assignment(work: Work, assignment_id: UUID, *, lock: bool = False) -> Assignment:
    """The assignment, if its unit is one that the caller may touch. Raises NotFound, Forbidden.

    To lock it, lock its incident first.
    """
    found = store.assignment.get(work, assignment_id, lock=lock)
    if found is None:
        raise NotFound(f"no assignment {assignment_id}", detail_id=f"tidak ada penugasan {assignment_id}")
    require_unit(work, found.unit_id)
    return found


def assignment_and_incident(work: Work, assignment_id: UUID) -> tuple[Assignment, Incident]:
    """Both, locked in the order that avoids deadlocks. Raises NotFound, Forbidden."""
    incident_id = store.assignment.incident_of(work, assignment_id)
    locked = incident(work, incident_id, lock=True) if incident_id else None
    found = assignment(work, assignment_id, lock=True)
    assert locked is not None, "assignments are never removed"
    return found, locked


def unit(work: Work, unit_id: str, *, lock: bool = False) -> Unit:
    """The unit, if the caller may touch it. Raises NotFound, Forbidden."""
    require_unit(work, unit_id)
    found = store.unit.get(work, unit_id, lock=lock)
    if found is None:
        raise NotFound(f"no unit {unit_id}", detail_id=f"tidak ada unit {unit_id}")
    return found


def require_unit(work: Work, unit_id: str) -> None:
    """Row scope: a crew touches its own units only. Raises Forbidden."""
    if not work.actor.may_touch("unit", unit_id):
        raise Forbidden(f"unit {unit_id} is not yours", detail_id=f"unit {unit_id} bukan milik Anda", unit_id=unit_id)


def incident_of_crew(work: Work, incident_id: UUID) -> Incident:
    """The incident, locked, if a unit of the caller's was sent to it. Raises NotFound, Forbidden."""
    found = incident(work, incident_id, lock=True)
    require_on_incident(work, incident_id)
    return found


def own_units(work: Work) -> tuple[str, ...] | None:
    """The units to which a crew is limited; None for who is not."""
    return work.actor.rows.get("unit")


def require_patient(work: Work, patient: Patient) -> None:
    """Row scope: a crew leaves alone the patient whom another unit takes. Raises Forbidden."""
    if patient.assignment_id is not None and own_units(work) is not None:
        taken_by = store.assignment.get(work, patient.assignment_id)
        if taken_by is not None:
            require_unit(work, taken_by.unit_id)


def require_on_incident(work: Work, incident_id: UUID) -> None:
    """Row scope: a crew sees and touches only incidents that one of its units serves, or is planned for. Raises
    Forbidden."""
    if own_units(work) is None:
        return
    planned = {plan.unit_id for plan in store.plan.of_incidents(work, [incident_id])}
    if not any(work.actor.may_touch("unit", id) for id in store.assignment.units_on(work, incident_id) | planned):
        raise Forbidden(
            "your unit was not sent to this incident", detail_id="unit Anda tidak ditugaskan ke kejadian ini"
        )


def require_facility(work: Work, facility_id: str | None) -> None:
    """Raise InvalidRequest for a facility that is named but unknown."""
    if facility_id is not None and not store.facility.exists(work, facility_id):
        raise wrong_field("facility_id", "unknown", "no such facility", "choose one of ambulance.list_facilities")


def locate(work: Work) -> Locate:
    """The map, looked at only if there is a point to find."""

    def on_map(point: Point) -> Located:
        return store.area.MAP.locator(work).locate(point)

    return on_map
