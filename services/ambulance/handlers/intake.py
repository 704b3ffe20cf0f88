"""Taking contacts. A call is kept whatever is known of it; `open_incident` reads nothing and writes one statement."""

from __future__ import annotations

from chassis.work import Work
from contracts.ambulance.requests.intake import (
    ClaimContact,
    DisposeContact,
    GetContact,
    ListContacts,
    OpenIncident,
    RecordContact,
)
from contracts.ambulance.values import ContactState, Disposition
from contracts.ambulance.views import ContactPage, ContactView, IncidentView
from contracts.base import Event
from contracts.problems import wrong_field

from .. import store
from ..domain.contact import Contact
from ..domain.duplicates import told_of
from ..domain.incident import Incident
from ..domain.place import NOWHERE, Place
from . import call_backs, clocks, find
from .views import contact_view, incident_view, standing_view

CALLED_BACK = (Disposition.CUT_OFF, Disposition.SILENT)


def record_contact(work: Work, request: RecordContact) -> ContactView:
    """Keep a contact."""
    contact, events = Contact.record(
        work.new_id(),
        request.channel,
        work.now,
        received_at=request.received_at,
        phone=request.phone,
        complaint=request.complaint,
        place=_place(work, request),
    )
    store.contact.add(work, contact)
    work.emit(contact.id, contact.version, *events)
    work.audit(contact.id, channel=contact.channel)
    return contact_view(contact, work.now)


def claim_contact(work: Work, request: ClaimContact) -> ContactView:
    """Take a contact for 45 s."""
    contact = find.contact(work, request.contact_id, lock=True)
    before = contact.version
    contact.claim(work.actor.subject, work.now)
    if contact.version != before:
        store.contact.save(work, contact)
        work.audit(contact.id, state=contact.state)
    return _for_the_operator(work, contact)


def dispose_contact(work: Work, request: DisposeContact) -> ContactView:
    """Decide what a contact was; `incident` opens one or joins the one named."""
    contact = find.contact(work, request.contact_id, lock=True)
    if contact.settled(request.disposition, request.reason, request.incident_id):
        return contact_view(contact, work.now)
    opened, events = _incident_of(work, contact, request)
    incident_id = opened.id if opened else request.incident_id
    disposed = contact.dispose(request.disposition, request.reason, incident_id, work.actor.subject, work.now)
    if opened:
        store.incident.add(work, opened)
        clocks.incident_opened(work, opened)
        work.emit(opened.id, opened.version, *events)
    store.contact.save(work, contact)
    work.emit(contact.id, contact.version, *disposed)
    work.audit(contact.id, disposition=request.disposition, incident_id=incident_id and str(incident_id))
    if request.disposition is Disposition.CUT_OFF and (contact.phone or contact.phone_told):
        call_backs.plan(work, contact.id, work.now)
    return contact_view(contact, work.now)


def open_incident(work: Work, request: OpenIncident) -> IncidentView:
    """Keep a contact and open its incident in one step: one step, one event."""
    place = _place(work, request)
    contact, _ = Contact.record(
        work.new_id(), request.channel, work.now, phone=request.phone, complaint=request.complaint, place=place
    )
    incident, opened = _open(work, request, place)
    contact.dispose(Disposition.INCIDENT, None, incident.id, work.actor.subject, work.now)
    store.incident.add(work, incident)
    clocks.incident_opened(work, incident)
    store.contact.add(work, contact)
    told = (event.model_copy(update={"contact_id": contact.id}) for event in opened)
    work.emit(incident.id, incident.version, *told)
    work.audit(incident.id, contact_id=str(contact.id), incident_class=incident.incident_class, kind=incident.kind)
    return incident_view(incident).model_copy(update={"contact_id": contact.id})


def get_contact(work: Work, query: GetContact) -> ContactView:
    """Show a contact; its number only while somebody may still have to call it."""
    contact = find.contact(work, query.contact_id)
    if not _needed(work, contact):
        return contact_view(contact, work.now, masked=True)
    return _for_the_operator(work, contact)


def list_contacts(work: Work, query: ListContacts) -> ContactPage:
    """Newest first, phone numbers masked."""
    contacts, cursor = store.contact.pages(work, query)
    return ContactPage(items=tuple(contact_view(one, work.now, masked=True) for one in contacts), next=cursor)


def _for_the_operator(work: Work, contact: Contact) -> ContactView:
    """With what helps to judge it: how the calls of this number turned out, and what was told of nearby."""
    known = store.caller.standing(work, contact.phone)
    undecided = contact.state is not ContactState.DISPOSED and contact.place != NOWHERE
    around = store.incident.opened_around(work, contact.received_at, contact.id) if undecided else []
    return contact_view(contact, work.now).model_copy(
        update={
            "standing": standing_view(known) if contact.phone else None,
            "may_be_same": tuple(other.id for other in around if told_of(contact, other)),
        }
    )


def _needed(work: Work, contact: Contact) -> bool:
    if contact.state is not ContactState.DISPOSED or contact.disposition in CALLED_BACK:
        return True
    incident = store.incident.get(work, contact.incident_id) if contact.incident_id else None
    return incident is not None and store.incident.original_of(work, incident).active


def _place(work: Work, request: RecordContact | OpenIncident) -> Place:
    return Place.of(find.locate(work), request.location, request.kelurahan_code, request.landmark)


def _incident_of(work: Work, contact: Contact, request: DisposeContact) -> tuple[Incident | None, list[Event]]:
    if request.disposition is not Disposition.INCIDENT:
        return None, []
    if request.incident_id is None:
        return _open(work, request, _told(work, contact, request))
    if not store.incident.is_open(work, request.incident_id):
        raise wrong_field("incident_id", "not_open", "no open incident has this id", "open a new one: leave it out")
    return None, []


def _open(work: Work, request: OpenIncident | DisposeContact, place: Place) -> tuple[Incident, list[Event]]:
    ids = [work.new_id() for _ in range(request.patients)]
    return Incident.open(work.new_id(), request.incident_class, request.kind, place, ids, work.now, request.pickup_at)


def _told(work: Work, contact: Contact, request: DisposeContact) -> Place:
    given = (request.location, request.kelurahan_code, request.landmark)
    return contact.place.corrected(find.locate(work), *given) if any(given) else contact.place
