"""An owner has died: an officer gets a task; nothing changes by itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from contracts import umkm as asked
from contracts.hearse import DeathCorrected, DeathRecorded
from contracts.problems import NotFound
from tests.umkm.office import Office, nik

DAY = date(2026, 11, 20)


def died(office: Office, number: int, booking: UUID | None = None, revision: int = 1) -> UUID:
    """What the hearse service tells."""
    id, key = booking or uuid4(), office.runtime.person_keys.person_key(nik(number))
    office.tell(DeathRecorded(booking_id=id, person_key=key, died_on=DAY, revision=revision), "mark_death")
    return id


def taken_back(office: Office, number: int, booking: UUID, revision: int = 2) -> None:
    """It was another person."""
    key = office.runtime.person_keys.person_key(nik(number))
    told = {"reason": "not_dead", "previous_died_on": DAY, "died_on": None, "revision": revision}
    office.tell(DeathCorrected(booking_id=booking, person_key=key, **told), "mark_death")


def tasks(office: Office, state: str = "open") -> list[UUID]:
    """Businesses with a task."""
    return [one.business_id for one in office.ask(asked.ListOwnerTasks(state=state)).items]


def test_each_business_of_the_deceased_is_a_task_and_stays_as_it_is(office: Office) -> None:
    first, second, other = office.verified(1), office.register(1, name="Lain"), office.register(2)
    died(office, 1)
    assert sorted(tasks(office)) == sorted([first.id, second.id])
    assert office.ask(asked.GetBusiness(business_id=first.id)).state == "verified"
    assert other.id not in tasks(office)
    task = office.ask(asked.ListOwnerTasks()).items[0]
    assert task.owner_name != "Siti Contoh 1"
    done = office.ask(asked.FinishOwnerTask(task_id=task.id, note="usaha diteruskan anak"))
    assert (done.state, done.note) == ("done", "usaha diteruskan anak")
    assert office.events("owner-task") == ["owner-task-opened"] * 2 + ["owner-task-closed"]
    with pytest.raises(NotFound):
        office.ask(asked.FinishOwnerTask(task_id=uuid4(), note="tidak ada"))


def test_a_death_taken_back_withdraws_the_task_but_not_what_was_settled(office: Office) -> None:
    business = office.register(1)
    booking = died(office, 1)
    taken_back(office, 1, booking)
    assert (tasks(office), tasks(office, "withdrawn")) == ([], [business.id])
    died(office, 1, booking, revision=3)
    assert tasks(office) == [business.id]
    task = office.ask(asked.ListOwnerTasks()).items[0]
    office.ask(asked.FinishOwnerTask(task_id=task.id, note="selesai"))
    taken_back(office, 1, booking, revision=4)
    assert tasks(office, "done") == [business.id]


def test_a_death_that_was_told_before_the_business_was_known(office: Office) -> None:
    died(office, 1)
    business = office.register(1)
    assert tasks(office) == [business.id]
