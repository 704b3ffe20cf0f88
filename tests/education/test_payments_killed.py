"""The service killed with kill -9 at every step from the draft to the bank's answer: all is paid, and nothing twice."""

from __future__ import annotations

import hashlib
import signal
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT, AFTER_PUBLISH, BEFORE_ACK, BEFORE_COMMIT, VARIABLE
from contracts import REQUESTS
from contracts import education as asked
from tests.education.office import ONE, TWO, Office
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

from .waivers.desk import Desk

SCOPES = sorted({one.scope for name, one in REQUESTS.items() if name.startswith("education.")})
MONTH = "2026-08-01"
POINTS = [
    pytest.param(BEFORE_COMMIT, marks=pytest.mark.stress),
    AFTER_COMMIT,
    pytest.param(AFTER_PUBLISH, marks=pytest.mark.stress),
    pytest.param(BEFORE_ACK, marks=pytest.mark.stress),
]
TELLS = ("approve_claim", "approve_disbursement", "import_bank_results")
"""Steps that publish something."""


class Dying:
    """A service that dies at a point of each step, and somebody who asks again."""

    def __init__(self, process: ServiceProcess, vhost: Vhost, point: str) -> None:
        self.process, self.vhost, self.point, self.deaths = process, vhost, point, 0

    def step(self, operation: str, subject: str = "treasurer-1", **request: Any) -> Any:
        """The reply of the second time."""
        given = {
            "actor": {"subject": subject, "client": "c-1", "scopes": SCOPES},
            "idempotency_key": str(uuid.uuid4()),
        }
        self.process.end()
        self.process.environment[VARIABLE] = f"{self.point}:1"
        self.process.start()
        with Caller(self.vhost) as caller:
            caller.send(f"education.{operation}", request, **given)
            if self.point != AFTER_PUBLISH or operation in TELLS:
                self._dies()
            else:
                self.process.kill()
            del self.process.environment[VARIABLE]
            self.process.start()
            reply = caller.call(f"education.{operation}", request, **given)
        assert reply["error"] is None, (operation, reply)
        return reply["result"]

    def _dies(self) -> None:
        process = self.process.process
        assert process is not None
        until(lambda: process.poll() is not None, "the service to die", 30)
        assert process.returncode == -signal.SIGKILL
        self.deaths += 1


@pytest.mark.timeout(240)
@pytest.mark.parametrize("point", POINTS)
def test_from_the_draft_to_the_banks_answer(
    office: Office, vhost: Vhost, service: Callable[..., ServiceProcess], tmp_path: Any, point: str
) -> None:
    office.now = datetime.now(UTC)
    desk = Desk(office)
    for npsn, numbers in ((ONE, (1, 2)), (TWO, (11,))):
        pupils = desk.enrol(*numbers, npsn=npsn)
        desk.attest(npsn)
        desk.grant(*pupils)
        desk.confirm(MONTH, npsn)
    desk.claim(MONTH, MONTH, TWO)
    desk.budget(50_000_000)
    desk.accounts()
    told = {"npsn": ONE, "programme": "bop", "first_month": MONTH, "last_month": MONTH}
    claim = desk.ask(asked.SubmitClaim, **told)

    dying = Dying(service("education", STORAGE_URL=tmp_path.as_uri()), vhost, point)
    approved = dying.step("approve_claim", "officer-9", claim_id=str(claim.id))
    assert approved["rupiah"] == 2 * 166_667
    batch = dying.step("draft_disbursement", programme="bop", budget_year=2026)
    assert (batch["lines"], batch["rupiah"]) == (2, 3 * 166_667)
    about = {"disbursement_id": batch["id"]}
    until(
        lambda: desk.ask(asked.GetDisbursement, **about).recheck.state == "done", "the re-check, by whoever lives", 60
    )
    dying.step("verify_disbursement", **about)
    dying.step("approve_disbursement", "manager-1", **about)
    exported = dying.step("export_disbursement", **about)
    assert (exported["state"], exported["exports"]) == ("exported", 1)
    file = desk.ask(asked.DownloadBankFile, **about)
    assert hashlib.sha256(file.content).hexdigest() == exported["file_sha256"]
    lines = [row.split(";") for row in file.content.decode().splitlines() if row.startswith("D")]
    answers = [f"{lines[0][1]};PAID;{lines[0][5]};2026-11-23;", f"{lines[1][1]};BOUNCED;{lines[1][5]};2026-11-23;tutup"]
    content = "\n".join(["reference;status;rupiah;date;reason", *answers]).encode()
    digest = hashlib.sha256(content).hexdigest()
    with office.storage.writing(f"bankresults/{digest}") as target:
        target.write(content)
    stored = {"key": f"bankresults/{digest}", "name": "hasil.csv", "size": len(content), "sha256": digest}
    result = dying.step("import_bank_results", **about, file=stored)
    assert (result["paid"], result["bounced"], result["disbursement"]["state"]) == (1, 1, "reconciled")

    until(lambda: office.rows("SELECT * FROM outbox WHERE published_at IS NULL") == [], "the outbox to be empty", 30)
    assert dying.deaths == (6 if point != AFTER_PUBLISH else 3)
    assert [desk.balance(npsn) for npsn in (ONE, TWO)] == [0, 166_667], "what bounced is owed, the rest is paid"
    kinds = [row.kind for row in desk.ledger()]
    assert sorted(kinds) == ["due", "due", "due", "paid"]
    events = office.events()
    for once in ("disbursement-approved", "disbursement-paid", "disbursement-bounced"):
        assert events.count(once) == 1, once
