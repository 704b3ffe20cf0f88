"""Real processes: a file is read and applied by them, and one that is killed in the middle is made up for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psutil
import pytest

from contracts import REQUESTS
from tests.api.wrong import valid
from tests.education.files import by_hand, child, grid
from tests.education.office import ONE, SCOPES, THREE, TWO, Office
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.support.rpc import Caller
from tests.support.waiting import until

from .waivers.desk import Desk as WaiverDesk

MANY = 12_000
FOR_ALL_SCHOOLS = {"list_schools", "list_cut_offs", "list_rules", "list_correction_requests", "list_waiver_figures"}
"""Lists that anybody at a school may ask for: the schools are one's own, the days are everybody's."""
PATIENCE = 60


class Desk:
    """A school's operator before the running service."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    def ask(self, operation: str, **request: Any) -> Any:
        """The result; a refusal fails the test."""
        actor = {"subject": "operator-1", "client": "c", "scopes": sorted(SCOPES), "rows": {"npsn": [ONE]}}
        reply = self.caller.call(f"education.{operation}", request, actor=actor)
        assert reply["error"] is None, reply
        return reply["result"]

    def roster(self, id: str) -> Any:
        """As it is now."""
        return self.ask("get_roster", roster_id=id)

    def in_state(self, id: str, state: str) -> Any:
        """Once it is."""
        until(lambda: self.roster(id)["state"] == state, f"the roster to be {state}", limit=PATIENCE)
        return self.roster(id)


@pytest.fixture
def desk(vhost: Vhost) -> Iterator[Desk]:
    """Who asks."""
    with Caller(vhost) as caller:
        yield Desk(caller)


@pytest.fixture
def start(office: Office, service: Callable[..., ServiceProcess], tmp_path: Any) -> Callable[[], ServiceProcess]:
    """Service processes with the test's storage."""
    office.now = datetime.now(UTC)
    return lambda: service("education", STORAGE_URL=tmp_path.as_uri())


def stored(office: Office, rows: int) -> dict[str, Any]:
    """A list of so many children, in storage; the request that tells of it."""
    content = by_hand(grid([child(number) for number in range(1, rows + 1)]))
    digest = hashlib.sha256(content).hexdigest()
    key = f"rosters/{digest}"
    with office.storage.writing(key) as file:
        file.write(content)
    told = {"key": key, "name": "daftar.csv", "size": len(content), "sha256": digest}
    return {"npsn": ONE, "school_year": "2026/2027", "file": told}


def worker(process: ServiceProcess) -> psutil.Process | None:
    """The process that reads or applies, if there is one."""
    assert process.process is not None
    found = psutil.Process(process.process.pid).children()
    return next((one for one in found if "chassis.job" in one.cmdline()), None)


def test_read_and_applied_by_processes_of_their_own(
    office: Office, desk: Desk, start: Callable[[], ServiceProcess]
) -> None:
    service = start()
    id = desk.ask("upload_roster", **stored(office, 40))["id"]
    assert desk.in_state(id, "preview")["counts"] == {"new": 40}
    desk.ask("apply_roster", roster_id=id)
    desk.in_state(id, "applied")
    assert len(office.pupils()) == 40
    done = 'kota_jobs_total{kind="roster-apply",outcome="done"}'
    until(lambda: service.metric(done) == 1, "the process to be counted")
    until(lambda: office.rows("SELECT * FROM outbox WHERE published_at IS NULL") == [], "the outbox to be empty")


@pytest.mark.timeout(240)
def test_a_reader_that_is_killed_begins_again_and_nothing_is_read_twice(
    office: Office, desk: Desk, start: Callable[[], ServiceProcess]
) -> None:
    service = start()
    id = desk.ask("upload_roster", **stored(office, MANY))["id"]
    until(lambda: 0 < desk.roster(id)["rows"] < MANY, "reading to have begun", limit=PATIENCE)
    reader = worker(service)
    assert reader is not None
    reader.kill()
    assert desk.in_state(id, "preview")["counts"] == {"new": MANY}
    assert office.rows("SELECT count(*) FROM roster_row")[0][0] == MANY
    assert service.metric('kota_jobs_total{kind="roster-parse",outcome="failed"}') == 1


@pytest.mark.timeout(240)
def test_a_service_that_is_killed_leaves_its_work_to_another(
    office: Office, desk: Desk, start: Callable[[], ServiceProcess]
) -> None:
    first = start()
    id = desk.ask("upload_roster", **stored(office, MANY))["id"]
    until(lambda: desk.roster(id)["rows"] > 0, "reading to have begun", limit=PATIENCE)
    reader = worker(first)
    second = start()
    first.kill()
    assert reader is not None
    reader.wait(5)  # it ends with the service that started it
    desk.in_state(id, "preview")
    desk.ask("apply_roster", roster_id=id)
    applying = until(lambda: worker(second), "applying to have begun", limit=PATIENCE)
    applying.kill()
    desk.in_state(id, "applied")
    assert office.rows("SELECT count(*) FROM pupil")[0][0] == MANY
    assert office.rows("SELECT count(*), count(DISTINCT pupil_id) FROM enrolment")[0] == (MANY, MANY)
    assert office.rows("SELECT count(*) FROM outbox WHERE type = 'education.roster-applied.v1'")[0][0] == 1


def test_another_schools_operator_gets_nothing_by_asking_the_service_itself(
    office: Office, vhost: Vhost, start: Callable[[], ServiceProcess]
) -> None:
    office.now = datetime.now(UTC)
    roster = office.enrol(1, 2)
    office.apply(office.preview(by_hand(grid([child(1), child(3, NISN="-", NIK="-")])), TWO), confirm_npsn=TWO)
    transfer = office.rows("SELECT id FROM transfer")[0].id
    task = office.rows("SELECT id FROM task")[0].id
    (pupil, _) = office.pupils()
    application = WaiverDesk(office).apply(pupil.id)
    start()  # only now: a process takes jobs too, and lists that it applies are not applied yet when the next is read
    september = {"programme": "bop", "month": "2026-09-01"}
    quarter = {"programme": "bop", "first_month": "2026-07-01", "last_month": "2026-09-01"}
    term = {"programme": "bop", "school_year": "2026/2027", "term": 2}
    requests: list[tuple[str, dict[str, Any]]] = [
        ("get_school", {"npsn": ONE}),
        ("upload_roster", stored(office, 3)),
        ("get_roster", {"roster_id": str(roster.id)}),
        ("list_rosters", {"npsn": ONE}),
        ("list_roster_rows", {"roster_id": str(roster.id)}),
        ("download_refused_rows", {"roster_id": str(roster.id)}),
        ("apply_roster", {"roster_id": str(roster.id)}),
        ("abandon_roster", {"roster_id": str(roster.id)}),
        ("undo_roster", {"roster_id": str(roster.id), "reason": "bukan milik saya"}),
        ("list_pupils", {"npsn": ONE}),
        ("get_pupil", {"pupil_id": str(pupil.id)}),
        ("disclose_pupil", {"pupil_id": str(pupil.id), "reason": "ingin tahu"}),
        ("withdraw_pupil", {"pupil_id": str(pupil.id), "reason": "other"}),
        ("correct_pupil", {"pupil_id": str(pupil.id), "correction": {"sex": "L"}, "source": "school"}),
        ("graduate_pupils", {"npsn": ONE, "last_day": "2026-12-19", "count": 1}),
        ("list_agreements", {"npsn": ONE}),
        ("list_transfers", {"npsn": ONE}),
        ("list_tasks", {"npsn": ONE}),
        ("finish_task", {"task_id": str(task), "note": "bukan milik saya"}),
        ("confirm_transfers", {"transfer_ids": [str(transfer)]}),
        ("decline_transfer", {"transfer_id": str(transfer)}),
        ("record_evidence", {"pupil_id": str(pupil.id), "kind": "school_attestation", "shown_on": "2026-08-03"}),
        ("attest_residency", {"npsn": ONE, "shown_on": "2026-08-03"}),
        ("submit_application", {"pupil_id": str(pupil.id), **term}),
        ("get_application", {"application_id": str(application.id)}),
        ("list_applications", {"npsn": ONE}),
        ("list_waivers", {"npsn": ONE}),
        ("confirm_month", {"npsn": ONE, **september}),
        ("correct_month", {"pupil_id": str(pupil.id), "reason": "bukan milik saya", **september}),
        ("list_confirmed", {"npsn": ONE}),
        ("submit_claim", {"npsn": ONE, **quarter}),
        ("list_claims", {"npsn": ONE}),
        ("list_ledger", {"npsn": ONE}),
        ("answer_correction_request", {"request_id": str(task), "corrected": False, "answer": "bukan milik saya"}),
        ("list_reviews", {"npsn": ONE}),
        ("object_to_transfer", {"transfer_id": str(transfer), "reason": "bukan milik saya"}),
    ]
    scopes = SCOPES | {"education:enrol", "education:apply", "education:confirm", "education:public"}
    theirs = {name.partition(".")[2]: one for name, one in REQUESTS.items() if name.startswith("education.")}
    beyond = {name for name, one in theirs.items() if one.scope not in scopes}
    assert beyond | {name for name, _ in requests} | FOR_ALL_SCHOOLS == set(theirs), "an operation was forgotten"
    actor = {"subject": "o", "client": "c", "scopes": sorted(scopes), "rows": {"npsn": [THREE]}}
    with Caller(vhost) as caller:
        for operation in sorted(beyond):
            schema = theirs[operation].model_json_schema()
            request = valid("", schema, schema)
            if "file" in request:
                request["file"] = stored(office, 4)["file"]
            reply = caller.call(f"education.{operation}", request, actor=actor, purpose="uji")
            assert reply["error"] and reply["error"]["slug"] == "forbidden", (operation, reply)
        for operation, request in requests:
            reply = caller.call(f"education.{operation}", request, actor=actor, purpose="uji")
            assert reply["error"] and reply["error"]["slug"] in ("forbidden", "not-found"), (operation, reply)
