"""What happens to a child with a waiver, with every service killed with kill -9 at each step: told once, owed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.failpoints import AFTER_COMMIT
from chassis.runtime import Runtime
from chassis.storage import VARIABLE, Storage
from contracts import education as asked
from contracts.hearse import VerifyDeathLetter
from tests.education import office as education
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import ONE, TWO, operator
from tests.education.waivers.desk import Desk
from tests.hearse import office as hearse
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess

from .killing import Story, dying, nothing_is_parked

AUGUST = date(2026, 8, 1)
MONTH = 166_667
"""Of two million a year."""


@pytest.fixture
def desk(runtime: Callable[[str], Runtime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The education office, now: two partner schools, a child at the first, whose August is claimed."""
    monkeypatch.setenv(VARIABLE, tmp_path.as_uri())
    office = education.Office(runtime("education"), Storage(tmp_path.as_uri()))
    office.now = datetime.now(UTC)
    office.schools()
    made = Desk(office)
    (pupil,) = made.enrol(1)
    made.attest()
    made.grant(pupil)
    made.confirm(AUGUST.isoformat())
    made.claim(AUGUST.isoformat(), AUGUST.isoformat())
    return made


@pytest.fixture
def starts(
    service: Callable[..., ServiceProcess], vhost: Vhost, database: Callable[[str], str], tmp_path: Path
) -> Iterator[Callable[..., Story]]:
    """A story of some services."""
    names: list[str] = []

    def start(point: str, *wanted: str) -> Story:
        names.extend(wanted)
        return Story(point, {name: service(name, STORAGE_URL=tmp_path.as_uri()) for name in wanted}, vhost, database)

    yield start
    nothing_is_parked(vhost, *names)


def waivers(desk: Desk) -> list[tuple[str, str]]:
    return [(row.programme, row.state) for row in desk.office.rows("SELECT programme, state FROM waiver ORDER BY id")]


def farewell(runtime: Callable[[str], Runtime]) -> str:
    """A burial that is over, but for the letter."""
    unit = hearse.Office(runtime("hearse"))
    unit.now = datetime.now(UTC)
    unit.fleet()
    booking = unit.approved()
    unit.confirm(booking, unit.slots(booking)[0].pickup_at)
    for milestone in ("en_route", "picked_up", "delivered", "completed"):
        unit.report(booking, milestone)
    return str(booking)


@pytest.mark.timeout(240)
@dying(AFTER_COMMIT)
def test_the_child_of_the_deceased(
    point: str, starts: Callable[..., Story], desk: Desk, runtime: Callable[[str], Runtime]
) -> None:
    """Story 2: the school's operator sees a task that comes first, and the waiver continues."""
    booking = farewell(runtime)
    story = starts(point, "hearse", "education")
    seen = story.one("education", "task WHERE kind = 'guardian_deceased' AND state = 'open'")
    letter = {"letter_number": "474/2", "nik": child(1)["Data Ibu > NIK"], "died_on": str(desk.office.now.date())}
    assert VerifyDeathLetter.model_validate({"booking_id": booking, **letter})
    story.step("hearse.verify_death_letter", booking_id=booking, heard=seen, **letter)
    (task,) = desk.ask(asked.ListTasks, operator(ONE)).items
    assert (task.kind, task.priority, task.npsn) == ("guardian_deceased", True, ONE)
    assert waivers(desk) == [("bop", "active")] and desk.balance() == MONTH
    told = story.published("education")
    assert told["task-opened"] == 1 and told["waiver-ended"] == 0
    assert story.deaths == 2, "a service did not die where it should"


@pytest.mark.timeout(240)
@dying(AFTER_COMMIT)
def test_a_family_on_its_way_up(point: str, starts: Callable[..., Story], desk: Desk) -> None:
    """Story 4: priority at the trainings comes with a means-tested waiver, and goes with it."""
    (pupil,) = desk.office.pupils(ONE)
    family = {"family_card_number": child(1)["No KK"], "decile": 2}
    released = (desk.office.now - timedelta(days=20)).date().isoformat()
    desk.ask(asked.ImportWelfare, source="DTSEN uji", released_on=released, families=[family])
    application = desk.apply(pupil.id, "tangerang_cerdas")
    assert application.state == "submitted", application.advice
    story = starts(point, "education", "umkm")
    about = {"application_id": str(application.id), "outcome": "granted"}
    story.step("education.decide_application", heard=story.one("umkm", "priority_household"), quietly=True, **about)
    assert waivers(desk) == [("bop", "active"), ("tangerang_cerdas", "active")]
    waiver = desk.office.rows("SELECT id, starts_on FROM waiver WHERE programme = 'tangerang_cerdas'")[0]
    gone = story.none("umkm", "priority_household")
    end: dict[str, Any] = {"ends_on": waiver.starts_on.isoformat(), "reason": "given_up", "note": "permintaan"}
    story.step("education.end_waiver", waiver_id=str(waiver.id), heard=gone, quietly=True, **end)
    told = story.published("education")
    assert (told["waiver-granted"], told["waiver-ended"]) == (2, 1)


@pytest.mark.timeout(240)
@dying(usual="")
def test_one_child_two_schools(point: str, starts: Callable[..., Story], desk: Desk) -> None:
    """Story 5: the month goes over to the school of the 15th, once."""
    office = desk.office
    row = by_xlsxwriter(grid([child(1)]))
    office.apply(office.preview(row, TWO, effective_on="2026-08-10"), confirm_npsn=TWO)
    (move,) = desk.ask(asked.ListTransfers, operator(TWO), npsn=TWO).items
    story = starts(point, "education")
    story.step("education.confirm_transfers", transfer_ids=[str(move.id)])
    assert [(row.kind, row.rupiah) for row in desk.ledger(npsn=ONE)] == [("due", MONTH), ("clawback", -MONTH)]
    about = {"npsn": TWO, "programme": "bop"}
    confirmed = story.step("education.confirm_month", publishes=False, month=AUGUST.isoformat(), **about)
    assert confirmed["confirmed"] == 1
    quarter = {"first_month": AUGUST.isoformat(), "last_month": AUGUST.isoformat()}
    claim = story.step("education.submit_claim", publishes=False, **about, **quarter)
    story.step("education.approve_claim", claim_id=claim["id"], subject="officer-9")
    assert [desk.balance(npsn) for npsn in (ONE, TWO)] == [0, MONTH]
    assert story.published("education")["claim-approved"] == 2
