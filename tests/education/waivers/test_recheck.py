"""Before money goes out everybody is looked at once more; who is in doubt is shown, and a person decides."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.jobs import lease, perform
from contracts import education as asked
from tests.education.files import child
from tests.education.office import JOBS, MANAGER, OFFICER, ONE

from .desk import ACCOUNT, TREASURER, Desk

CERDAS = "tangerang_cerdas"


@pytest.fixture
def batch(desk: Desk) -> Any:
    """Two children are owed August, of whom one moved out of the city since."""
    _, elsewhere = pupils = desk.enrol(1, 2)
    desk.attest()
    desk.grant(*pupils)
    desk.confirm("2026-08-01")
    desk.claim("2026-08-01", "2026-08-01")
    desk.budget(50_000_000)
    desk.accounts()
    desk.office.later(days=3)
    desk.attest(ONE, elsewhere)
    return desk.draft()


def verify(desk: Desk, batch: Any) -> Any:
    return desk.ask(asked.VerifyDisbursement, TREASURER, disbursement_id=batch.id)


def test_who_is_in_doubt_is_shown_before_money_goes_out(desk: Desk, batch: Any) -> None:
    assert batch.recheck.state == "running"
    with pytest.raises(asked.RecheckFirst) as refused:
        verify(desk, batch)
    assert (refused.value.data.extra, refused.value.data.retry_after) == ({"state": "running"}, 2)
    desk.office.work()
    verified = verify(desk, batch)
    recheck = verified.recheck
    assert (recheck.state, recheck.waivers, recheck.in_doubt) == ("done", 2, 1)
    in_doubt = {"evaluation_id": recheck.evaluation_id, "in_doubt": True}
    (row,) = desk.ask(asked.ListEvaluated, OFFICER, **in_doubt).items
    assert [reason.code for reason in row.reasons] == ["lives_elsewhere"]
    assert verified.rupiah == 2 * 166_667, "nothing ends by itself"
    (waiver,) = desk.ask(asked.ListWaivers, OFFICER, pupil_id=row.pupil_id).items
    desk.ask(asked.EndWaiver, OFFICER, waiver_id=waiver.id, ends_on="2026-08-01", reason="left_city", note="pindah")
    with pytest.raises(asked.DisbursementStale):
        desk.ask(asked.ApproveDisbursement, MANAGER, disbursement_id=batch.id)
    assert desk.balance() == 166_667


def test_a_newer_release_that_says_otherwise(desk: Desk) -> None:
    (pupil,) = desk.enrol(1)
    desk.attest()

    def released(decile: int, on: str) -> None:
        families = [{"family_card_number": child(1)["No KK"], "decile": decile}]
        desk.ask(asked.ImportWelfare, source=f"DTSEN {on}", released_on=on, families=families)

    released(2, "2026-06-30")
    desk.grant(pupil, programme=CERDAS)
    desk.confirm("2026-08-01", programme=CERDAS)
    desk.claim("2026-08-01", "2026-08-01", programme=CERDAS)
    desk.budget(50_000_000, programme=CERDAS)
    desk.ask(asked.SetPupilAccount, TREASURER, pupil_id=pupil, account=ACCOUNT)
    released(9, "2026-09-30")
    batch = desk.draft(programme=CERDAS)
    desk.export(batch)
    desk.pay(batch)
    found = desk.ask(asked.GetDisbursement, OFFICER, disbursement_id=batch.id)
    assert (found.recheck.in_doubt, found.paid) == (1, 80_000)


def test_a_recheck_that_failed_asks_for_another_batch(desk: Desk, batch: Any) -> None:
    for _ in range(4):
        timer = lease(desk.office.runtime, tuple(JOBS))
        desk.office.later(seconds=11)
    assert timer is not None
    perform(desk.office.runtime, JOBS[timer.kind], timer)
    with pytest.raises(asked.RecheckFirst) as refused:
        verify(desk, batch)
    assert refused.value.data.extra == {"state": "failed"}
    desk.ask(asked.CancelDisbursement, TREASURER, disbursement_id=batch.id, reason="periksa ulang gagal")
    desk.pay_all()
    assert desk.balance() == 0
