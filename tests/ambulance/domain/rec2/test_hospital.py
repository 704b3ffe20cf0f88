"""Where the patient is taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.ambulance.domain.rec2 import FRUGAL, Hospital, HospitalReason, rank_hospitals

HOSPITALS = st.lists(
    st.builds(Hospital, st.uuids().map(str), st.floats(0, 40), st.floats(0, 60), st.booleans(), capable=st.booleans()),
    max_size=6,
)


@given(HOSPITALS, st.booleans())
def test_all_are_ranked_once_and_the_cap_holds(hospitals, time_critical):
    ranked = rank_hospitals(hospitals, FRUGAL, time_critical=time_critical)
    assert sorted(choice.hospital.id for choice in ranked) == sorted(one.id for one in hospitals)
    capable = [one for one in hospitals if one.capable]
    if not capable:
        return
    first, nearest = ranked[0].hospital, min(one.drive for one in capable)
    assert first.capable
    assert first.drive <= nearest + FRUGAL.hospital_detour
    assert ranked[0].nearest_drive == nearest
    if time_critical:
        assert first.drive == nearest


@given(HOSPITALS)
def test_the_first_is_the_best_of_those_that_are_open_capable_and_near(hospitals):
    capable = [one for one in hospitals if one.capable]
    ranked = rank_hospitals(hospitals, FRUGAL)
    if capable:
        near = [one for one in capable if one.drive <= min(c.drive for c in capable) + 10]
        best = [one for one in near if one.open] or near
        assert ranked[0].hospital.drive + ranked[0].hospital.wait == min(one.drive + one.wait for one in best)


def test_diversion_ranks_but_never_filters():
    only = Hospital("RS-1", 5.0, open=False)
    assert [(one.hospital.id, one.reason) for one in rank_hospitals([only], FRUGAL)] == [
        ("RS-1", HospitalReason.NEAREST)
    ]
    other = Hospital("RS-2", 12.0)
    assert [(one.hospital.id, one.reason) for one in rank_hospitals([only, other], FRUGAL)] == [
        ("RS-2", HospitalReason.SHORTEST_TOTAL),
        ("RS-1", HospitalReason.ON_DIVERSION),
    ]


def test_every_hospital_says_why_it_stands_where_it_does():
    hospitals = [Hospital("A", 5.0, 30.0), Hospital("B", 9.0), Hospital("C", 16.0), Hospital("D", 1.0, capable=False)]
    assert [(one.hospital.id, one.reason.value) for one in rank_hospitals(hospitals, FRUGAL)] == [
        ("B", "shortest_total"),
        ("A", "longer_total"),
        ("C", "too_far"),
        ("D", "not_capable"),
    ]
