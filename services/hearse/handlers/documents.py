"""Papers: brought, refused, to follow; the death letter, and what it tells other services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chassis.work import Work
from contracts.hearse.requests.documents import CorrectDeath, RecordDocument, VerifyDeathLetter
from contracts.hearse.values import DeathCorrection, DocumentKind, DocumentState
from contracts.hearse.views import BookingView
from contracts.problems import NotFound

from .. import store
from ..domain import document as rules
from ..domain.booking import Booking
from ..domain.death_record import DeathRecord, require_same_person
from ..domain.document import Document
from ..domain.refusals import wrong_state
from . import find
from .booking import show


def record_document(work: Work, request: RecordDocument) -> BookingView:
    """What has become of a paper; the same again changes nothing."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    new = rules.recorded(request.kind, request.state, request.reason)
    if store.document.of(work, booking.id).get(new.kind) != new:
        _put(work, booking, new)
        work.audit(booking.id, document=new.kind, state=new.state)
    return show(work, booking)


def verify_death_letter(work: Work, request: VerifyDeathLetter) -> BookingView:
    """The letter holds."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    if booking.erased_at is not None:  # a letter would bring back who was forgotten
        raise wrong_state("verify_death_letter", "erased", [])
    keys, card = work.person_keys, request.family_card_number
    person_key = keys.person_key(request.nik)
    require_same_person(booking.deceased, person_key)
    household_key = keys.household_key(card) if card else booking.deceased.household_key
    before = store.document.record_of(work, booking.id)
    record, events = DeathRecord.verify(booking.id, before, person_key, household_key, request.died_on, work.now)
    if events:
        booking.deceased = replace(
            booking.deceased, nik=request.nik, person_key=person_key, household_key=household_key
        )
        store.document.put_record(work, record, letter_number=request.letter_number)
        store.booking.save_submitted(work, booking)
        work.flush()
        _put(work, booking, Document(DocumentKind.DEATH_LETTER, DocumentState.VERIFIED))
        work.emit(booking.id, booking.version, *events)
        work.audit(booking.id, document=DocumentKind.DEATH_LETTER, revision=record.revision)
    return show(work, booking)


def correct_death(work: Work, request: CorrectDeath) -> BookingView:
    """It does not hold as it was told."""
    booking = find.booking(work, request.booking_id, lock=True, seen=request.version)
    record = store.document.record_of(work, booking.id)
    if record is None:
        raise NotFound("no death is recorded", detail_id="belum ada kematian yang dicatat")
    correct(work, booking, record, request.reason, request.died_on, request.note)
    return show(work, booking)


def correct(
    work: Work,
    booking: Booking,
    record: DeathRecord,
    reason: DeathCorrection,
    died_on: date | None = None,
    note: str | None = None,
) -> None:
    """Correct a record, and tell it; the booking is locked."""
    events = record.correct(reason, died_on, work.now)
    if not events:
        return
    store.document.put_record(work, record, note=note)
    if reason is DeathCorrection.WRONG_PERSON:
        booking.deceased = replace(
            booking.deceased, nik=None, person_key=None, household_key=None, family_card_number=None
        )
        store.booking.save_submitted(work, booking)
        work.flush()
    state = DocumentState.VERIFIED if record.holds else DocumentState.RECEIVED
    _put(work, booking, Document(DocumentKind.DEATH_LETTER, state))
    work.emit(booking.id, booking.version, *events)
    work.audit(booking.id, corrected=reason, revision=record.revision)


def _put(work: Work, booking: Booking, new: Document) -> None:
    store.document.put(work, booking.id, new)
    booking.touch()
    store.booking.save(work, booking)
