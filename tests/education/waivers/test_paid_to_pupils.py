"""Tangerang Cerdas: means-tested, a rate by level from the rules, paid to the pupil."""

from __future__ import annotations

from uuid import UUID

import pytest

from contracts import education as asked
from contracts.problems import Forbidden
from tests.education.office import OFFICER, ONE, operator

from .desk import ACCOUNT, TREASURER, Desk

CERDAS = "tangerang_cerdas"


def granted(desk: Desk, pupil: UUID, npsn: str = ONE) -> None:
    """By a letter of the social office, confirmed and approved for August."""
    shown = {"pupil_id": pupil, "kind": "social_letter", "shown_on": "2026-11-20", "reference": "460/12"}
    desk.ask(asked.RecordEvidence, OFFICER, **shown)
    desk.grant(pupil, programme=CERDAS)
    desk.confirm("2026-08-01", npsn, CERDAS)
    desk.claim("2026-08-01", "2026-08-01", npsn, CERDAS)


def account(desk: Desk, pupil: UUID) -> None:
    desk.ask(asked.SetPupilAccount, TREASURER, pupil_id=pupil, account=ACCOUNT)


def test_to_the_pupils_own_account(desk: Desk) -> None:
    (pupil,) = desk.enrol(1)
    desk.attest()
    application = desk.apply(pupil, CERDAS)
    assert [reason.code for reason in application.advice.reasons] == ["decile_missing"]
    with pytest.raises(Forbidden):
        told = {"pupil_id": pupil, "kind": "social_letter", "shown_on": "2026-11-20"}
        desk.ask(asked.RecordEvidence, operator(ONE), **told)
    desk.ask(asked.RecordEvidence, OFFICER, pupil_id=pupil, kind="social_letter", shown_on="2026-11-20")
    desk.decide(application.id)
    desk.confirm("2026-08-01", ONE, CERDAS)
    assert desk.claim("2026-08-01", "2026-08-01", ONE, CERDAS).rupiah == 80_000
    desk.budget(10_000_000, programme=CERDAS)
    with pytest.raises(asked.NothingToPay) as refused:
        desk.draft(programme=CERDAS)
    assert refused.value.data.extra["without_account"] == 1
    account(desk, pupil)
    batch = desk.draft(programme=CERDAS)
    (line,) = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=batch.id).items
    assert (line.pupil_id, line.npsn, line.rupiah, line.account.number) == (pupil, None, 80_000, "*********8901")
    desk.export(batch)
    desk.pay(batch)
    assert [(row.kind, row.rupiah, row.npsn) for row in desk.ledger(programme=CERDAS)] == [
        ("due", 80_000, ONE),
        ("paid", -80_000, ONE),
    ]
    granted_event = desk.office.rows("SELECT body FROM outbox WHERE type = 'education.waiver-granted.v1'")
    key = desk.office.rows("SELECT household_key FROM pupil")[0].household_key
    assert key in str(granted_event[0].body)


def test_a_child_joined_after_it_was_paid_is_not_paid_again(desk: Desk) -> None:
    one, two = desk.enrol_twice(1)
    granted(desk, one)
    account(desk, one)
    desk.budget(10_000_000, programme=CERDAS)
    desk.pay_all(programme=CERDAS)
    told = {"pupil_id": two, "duplicate_id": one, "reason": "anak yang sama", "npsn": ONE}
    desk.ask(asked.JoinPupils, OFFICER, **told)
    with pytest.raises(asked.NothingToPay):
        desk.draft(programme=CERDAS)
    rows = desk.ledger(programme=CERDAS)
    assert [(row.kind, row.rupiah) for row in rows] == [("due", 80_000), ("paid", -80_000)]
    desk.confirm("2026-09-01", ONE, CERDAS)
    desk.claim("2026-09-01", "2026-09-01", ONE, CERDAS)
    batch = desk.draft(programme=CERDAS)
    (line,) = desk.ask(asked.ListDisbursementLines, OFFICER, disbursement_id=batch.id).items
    assert (line.pupil_id, line.rupiah) == (two, 80_000), "to the account that came along"


def test_a_child_joined_before_it_was_paid(desk: Desk) -> None:
    one, two = desk.enrol_twice(1)
    granted(desk, one)
    account(desk, one)
    desk.budget(10_000_000, programme=CERDAS)
    told = {"pupil_id": two, "duplicate_id": one, "reason": "anak yang sama", "npsn": ONE}
    desk.ask(asked.JoinPupils, OFFICER, **told)
    assert desk.pay_all(programme=CERDAS).paid == 1
    assert [(row.kind, row.npsn, row.rupiah) for row in desk.ledger(programme=CERDAS)] == [
        ("due", ONE, 80_000),
        ("paid", ONE, -80_000),
    ]
    with pytest.raises(asked.NothingToPay):
        desk.draft(programme=CERDAS)


def test_a_waiver_of_the_other_programme_tells_no_family(desk: Desk) -> None:
    (pupil,) = desk.enrol(1)
    desk.attest()
    desk.grant(pupil)
    (told,) = desk.office.rows("SELECT body FROM outbox WHERE type = 'education.waiver-granted.v1'")
    assert "household_key" not in told.body
