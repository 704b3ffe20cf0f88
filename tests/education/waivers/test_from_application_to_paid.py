"""The whole way: application, decision, waiver, confirmed months, claim, batch, bank file, paid."""

from __future__ import annotations

import hashlib

import pytest

from contracts import education as asked
from tests.education.office import MANAGER, OFFICER, ONE, operator

from .desk import TREASURER, YEAR, Desk


def test_the_whole_way(desk: Desk) -> None:
    pupils = desk.enrol(1, 2, 3)
    desk.attest()
    application = desk.apply(pupils[0], actor=operator(ONE))
    assert (application.state, application.channel, application.advice.advice) == ("submitted", "school", "eligible")
    decided = desk.decide(application.id)
    assert (decided.state, decided.decision.outcome) == ("decided", "granted")
    assert decided.decision.inputs["resident_by"] == "school_attestation"
    assert desk.ask(asked.ReplayDecision, decision_id=decided.decision.id).same
    desk.grant(*pupils[1:])
    for month in ("2026-07-01", "2026-08-01", "2026-09-01"):
        assert desk.confirm(month).confirmed == 3
    claim = desk.claim("2026-07-01", "2026-09-01")
    assert (claim.state, claim.pupil_months, claim.rupiah) == ("approved", 9, 3 * 500_000), (
        "a quarter of the year's two million"
    )
    assert desk.balance() == claim.rupiah
    desk.budget(10_000_000)
    desk.accounts()
    batch = desk.draft()
    assert (batch.lines, batch.rupiah, batch.unfunded) == (1, claim.rupiah, 0)
    desk.export(batch)
    rows = desk.bank_file(batch)
    assert [row[0] for row in rows] == ["H", "D", "T"]
    assert rows[1][2:6] == ["110", "0012345678901", "SD CONTOH", str(claim.rupiah)]
    content = desk.ask(asked.DownloadBankFile, TREASURER, disbursement_id=batch.id).content
    body, _, last = content.rpartition(b"T;")
    assert last.decode().strip() == f"1;{claim.rupiah};{hashlib.sha256(body).hexdigest()}"
    told = desk.pay(batch)
    assert (told.paid, told.bounced, told.disbursement.state) == (1, 0, "reconciled")
    assert desk.balance() == 0
    budget = desk.ask(asked.ListBudgets).items[0]
    assert (budget.paid, budget.owed, budget.on_its_way) == (claim.rupiah, 0, 0)
    events = desk.office.events()
    for event in ("waiver-granted", "claim-approved", "disbursement-approved", "disbursement-paid"):
        assert event in events
    with pytest.raises(asked.NothingToPay):
        desk.draft()


def test_one_child_one_waiver(desk: Desk) -> None:
    (pupil,) = desk.enrol(1)
    desk.attest()
    desk.apply(pupil)
    with pytest.raises(asked.AlreadyApplied):
        desk.apply(pupil)
    desk.decide(desk.ask(asked.ListApplications, OFFICER).items[0].id)
    with pytest.raises(asked.AlreadyApplied):
        desk.apply(pupil)
    desk.grant(pupil, term=2)
    assert len(desk.ask(asked.ListWaivers, OFFICER, school_year=YEAR).items) == 2


def test_maker_is_not_checker(desk: Desk) -> None:
    pupils = desk.enrol(1)
    desk.attest()
    desk.grant(*pupils)
    desk.confirm("2026-08-01")
    told = {"npsn": ONE, "programme": "bop", "first_month": "2026-08-01", "last_month": "2026-08-01"}
    claim = desk.ask(asked.SubmitClaim, OFFICER, **told)
    with pytest.raises(asked.SamePerson):
        desk.ask(asked.ApproveClaim, OFFICER, claim_id=claim.id)
    desk.ask(asked.ApproveClaim, MANAGER, claim_id=claim.id)
    desk.budget(10_000_000)
    desk.accounts()
    batch = desk.draft()
    with pytest.raises(asked.WaiverWrongState):
        desk.ask(asked.ApproveDisbursement, MANAGER, disbursement_id=batch.id)
    desk.office.work()
    desk.ask(asked.VerifyDisbursement, MANAGER, disbursement_id=batch.id)
    for actor in (TREASURER, MANAGER):
        with pytest.raises(asked.SamePerson):
            desk.ask(asked.ApproveDisbursement, actor, disbursement_id=batch.id)
    assert desk.ask(asked.ApproveDisbursement, OFFICER, disbursement_id=batch.id).state == "approved"
