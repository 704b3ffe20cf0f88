"""The business of the deceased, with both services killed with kill -9 at each step: frozen once, thawed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chassis.failpoints import AFTER_COMMIT
from chassis.runtime import Runtime
from chassis.storage import VARIABLE
from contracts import umkm as asked
from tests.journeys.test_waivers_killed import farewell
from tests.support.broker import Vhost
from tests.support.processes import ServiceProcess
from tests.umkm.capital.desk import Desk
from tests.umkm.office import Office, nik

from .killing import Story, dying, nothing_is_parked

SERVICES = ("hearse", "umkm")


@pytest.mark.timeout(240)
@dying(AFTER_COMMIT)
def test_the_business_of_the_deceased(
    point: str,
    service: Callable[..., ServiceProcess],
    vhost: Vhost,
    database: Callable[[str], str],
    runtime: Callable[[str], Runtime],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Story 3: the loan is frozen, the group is told, an officer has a task; all of it ends with a correction."""
    monkeypatch.setenv(VARIABLE, tmp_path.as_uri())
    office = Office(runtime("umkm"))
    office.now = datetime.now(UTC)
    _, loans = Desk(office).lent()
    booking = farewell(runtime)
    story = Story(point, {name: service(name, STORAGE_URL=tmp_path.as_uri()) for name in SERVICES}, vhost, database)
    letter = {"letter_number": "474/3", "nik": nik(1), "died_on": str(office.now.date())}
    frozen = story.one("umkm", "loan WHERE state = 'frozen'")
    story.step("hearse.verify_death_letter", booking_id=booking, heard=frozen, **letter)
    assert [str(office.ask(asked.GetLoan(loan_id=one.id)).state) for one in loans] == ["frozen", *["repaying"] * 4]
    (task,) = office.ask(asked.ListOwnerTasks()).items
    assert task.business_id == loans[0].business_id
    mistake = {"reason": "not_dead", "note": "kekeliruan pencatatan"}
    thawed = story.none("umkm", "loan WHERE state = 'frozen'")
    story.step("hearse.correct_death", booking_id=booking, heard=thawed, **mistake)
    assert office.ask(asked.ListOwnerTasks()).items == ()
    told = story.published("umkm")
    assert (told["loan-frozen"], told["loan-thawed"]) == (1, 1)
    assert story.published("hearse")["death-recorded"] == 1
    assert story.deaths == 4, "a service did not die where it should"
    nothing_is_parked(vhost, *SERVICES)
