"""Contacts: kept whatever happens, claimed by one operator at a time, disposed once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contracts.ambulance.events import ContactDisposed, ContactRecorded
from contracts.ambulance.problems import ContactClaimed, WrongState
from contracts.ambulance.values import Channel, ContactState, Disposition
from contracts.problems import InvalidRequest
from services.ambulance.domain.contact import CLAIM_LASTS, Contact

from .builders import NOON, at, contact, uuid


def test_a_contact_is_kept_without_anything_known_of_it():
    kept, events = Contact.record(uuid(1), Channel.CALL, NOON)
    assert events == [ContactRecorded(contact_id=uuid(1), channel=Channel.CALL, received_at=NOON)]
    assert (kept.state, kept.version) == (ContactState.OPEN, 1)


def test_a_device_clock_that_runs_ahead_does_not_lose_the_contact():
    kept, _ = Contact.record(uuid(1), Channel.APP, NOON, received_at=at(90))
    assert kept.received_at == NOON


def test_what_is_personal_stays_out_of_the_repr():
    kept, _ = Contact.record(uuid(1), Channel.CALL, NOON, phone="+6281299990001", complaint="sesak napas")
    assert "6281299990001" not in repr(kept)
    assert "sesak" not in repr(kept)


def test_a_claim_keeps_another_operator_out_and_says_until_when():
    taken = contact()
    taken.claim("op-1", NOON)
    with pytest.raises(ContactClaimed) as refused:
        taken.claim("op-2", NOON + timedelta(seconds=44))
    assert refused.value.data.extra == {"claimed_by": "op-1", "free_at": (NOON + CLAIM_LASTS).isoformat()}


def test_a_claim_is_free_again_after_45_seconds():
    taken = contact()
    taken.claim("op-1", NOON)
    stale = NOON + timedelta(seconds=45)
    assert taken.state_at(stale) is ContactState.OPEN
    taken.claim("op-2", stale)
    assert taken.holder(stale) == "op-2"


def test_the_holder_may_renew_the_claim():
    taken = contact()
    taken.claim("op-1", NOON)
    taken.claim("op-1", NOON + timedelta(seconds=30))
    assert taken.holder(NOON + timedelta(seconds=74)) == "op-1"


def test_only_the_holder_disposes_while_the_claim_is_live():
    taken = contact()
    taken.claim("op-1", NOON)
    with pytest.raises(ContactClaimed):
        taken.dispose(Disposition.SILENT, None, None, "op-2", at(0.5))
    events = taken.dispose(Disposition.SILENT, None, None, "op-1", at(0.5))
    assert events == [ContactDisposed(contact_id=uuid(1), disposition=Disposition.SILENT)]


@pytest.mark.parametrize("claimed", [False, True])
def test_anybody_disposes_without_a_live_claim(claimed):
    free = contact()
    if claimed:
        free.claim("op-1", NOON)
    assert free.dispose(Disposition.CUT_OFF, None, None, "op-2", at(1))


def test_the_same_decision_again_changes_nothing_and_another_is_refused():
    done = contact()
    done.dispose(Disposition.INCIDENT, None, uuid(2), "op-1", NOON)
    assert done.dispose(Disposition.INCIDENT, " ", uuid(2), "op-2", at(5)) == []
    assert done.settled(Disposition.INCIDENT, None, None)
    for other in ((Disposition.SILENT, None), (Disposition.INCIDENT, uuid(9))):
        with pytest.raises(WrongState) as refused:
            done.dispose(other[0], None, other[1], "op-1", at(5))
        assert refused.value.data.extra == {"state": "disposed", "allowed": []}
    assert (done.version, done.disposed_by) == (2, "op-1")


@pytest.mark.parametrize(
    ("disposition", "reason", "incident_id", "pointer"),
    [
        (Disposition.PRANK, "  ", None, "/reason"),
        (Disposition.INCIDENT, None, None, "/incident_id"),
        (Disposition.SILENT, None, uuid(2), "/incident_id"),
    ],
)
def test_a_decision_that_lacks_something_names_the_field(disposition, reason, incident_id, pointer):
    fresh = contact()
    with pytest.raises(InvalidRequest) as refused:
        fresh.dispose(disposition, reason, incident_id, "op-1", NOON)
    assert refused.value.data.errors[0].pointer == pointer
    assert (fresh.state, fresh.version) == (ContactState.OPEN, 1)


class ContactLife(RuleBasedStateMachine):
    """Three operators work on one contact; a model of the claim stands beside it."""

    operators = st.sampled_from(["op-1", "op-2", "op-3"])

    def __init__(self):
        super().__init__()
        self.contact, self.now = contact(), NOON
        self.claim_of, self.claim_until, self.decision = None, NOON, None
        self.changes = 0

    def _free_for(self, operator):
        return self.claim_of in (None, operator) or self.now >= self.claim_until

    @rule(seconds=st.integers(1, 60))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(by=operators)
    @precondition(lambda self: self.decision is None)
    def somebody_claims(self, by):
        if not self._free_for(by):
            with pytest.raises(ContactClaimed):
                self.contact.claim(by, self.now)
            return
        before = self.contact.version
        assert self.contact.claim(by, self.now) == []
        renewed_at_once = self.claim_of == by and self.claim_until == self.now + CLAIM_LASTS
        assert self.contact.version == before + (not renewed_at_once)
        self.changes += not renewed_at_once
        self.claim_of, self.claim_until = by, self.now + CLAIM_LASTS

    @rule(by=operators, disposition=st.sampled_from(list(Disposition)))
    def somebody_disposes(self, by, disposition):
        given = (disposition, "said so", uuid(2) if disposition is Disposition.INCIDENT else None)
        if self.decision is not None:
            if given == self.decision:
                assert self.contact.dispose(*given, by, self.now) == []
            else:
                with pytest.raises(WrongState):
                    self.contact.dispose(*given, by, self.now)
        elif self._free_for(by):
            assert len(self.contact.dispose(*given, by, self.now)) == 1
            self.decision = given
            self.changes += 1
        else:
            with pytest.raises(ContactClaimed):
                self.contact.dispose(*given, by, self.now)

    @rule(by=operators)
    @precondition(lambda self: self.decision is not None)
    def nobody_claims_what_is_disposed(self, by):
        with pytest.raises(WrongState):
            self.contact.claim(by, self.now)

    @invariant()
    def the_version_counts_the_changes(self):
        assert self.contact.version == 1 + self.changes

    @invariant()
    def a_disposed_contact_keeps_its_decision(self):
        if self.decision is not None:
            assert (self.contact.disposition, self.contact.reason, self.contact.incident_id) == self.decision


TestContactLife = ContactLife.TestCase
