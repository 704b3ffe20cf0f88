"""Two relatives book for one deceased: linked, both told, nothing merged by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts import hearse as asked
from services.hearse.domain.death import comparable
from tests.hearse.handlers.test_same_death import death
from tests.hearse.office import Office, citizen

NIK, OTHER = "3671014502809001", "3671010101800002"


def same(office: Office, id: Any, actor: str) -> list[str]:
    shown = office.ask(asked.GetBooking(booking_id=id), citizen(actor))
    return [str(one.reason) for one in shown.may_be_same]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"name": "H. Budi Santoso"}, {"name": "alm. budi  santoso"}, "same_name"),
        ({"name": "A", "nik": NIK}, {"name": "B", "nik": NIK}, "same_person"),
        ({"name": "Budi", "nik": NIK}, {"name": "Budi", "nik": OTHER}, None),
        ({"name": "Budi"}, {"name": "Bude"}, None),
        ({"name": "Alm."}, {"name": "Almarhumah"}, None),
    ],
)
def test_each_of_two_relatives_is_told_of_the_other(office: Office, one: Any, other: Any, reason: str | None) -> None:
    ids = [office.book(deceased=who, actor=citizen(f"c-{n}")).id for n, who in enumerate((one, other))]
    expected = [reason] if reason else []
    assert [same(office, id, f"c-{n}") for n, id in enumerate(ids)] == [expected, expected]
    assert office.events().count("booking-duplicate-suspected") == len(expected)


def test_nobody_is_told_who_the_other_is(office: Office) -> None:
    first = office.book("Budi", citizen("c-1"), reporter={"name": "Rahasia", "phone": "081299990001"})
    second = office.book("Budi", citizen("c-2"))
    assert second.may_be_same[0].booking_id == first.id and "Rahasia" not in second.model_dump_json()


def test_long_after_it_is_another_of_the_same_name(office: Office) -> None:
    office.book("Budi")
    office.later(days=4)
    assert office.book("Budi").may_be_same == ()


def test_a_draft_that_is_completed_tells_nothing_twice(office: Office) -> None:
    for _ in range(2):
        office.tell(death(), "draft_from_death")
    drafts = office.ask(asked.ListBookings()).items
    for draft in drafts:
        office.ask(
            asked.SubmitDraft(
                booking_id=draft.id,
                reporter={"name": "Siti", "phone": "081200001234"},
                deceased={"name": "Budi"},
                destination={"kind": "home", "address": "Jl. Contoh"},
                earliest_at=office.now,
            )
        )
    assert office.events().count("booking-duplicate-suspected") == 1


def test_in_the_same_moment_they_still_see_each_other(office: Office) -> None:
    with ThreadPoolExecutor(6) as threads:
        ids = [one.id for one in threads.map(lambda n: office.book("Budi", citizen(f"c-{n}")), range(6))]
    assert [len(same(office, id, f"c-{n}")) for n, id in enumerate(ids)] == [5] * 6
    assert office.events().count("booking-duplicate-suspected") == 15


@pytest.mark.parametrize(
    ("name", "expected"), [("Hj. Siti 'Aisyah", "siti aisyah"), ("ALM. JOSÉ da-Silva", "jose da silva"), ("Bpk.", "")]
)
def test_names_are_compared_as_they_sound(name: str, expected: str) -> None:
    assert comparable(name) == expected
