"""Instalments: whatever is owed, for however long, from whatever day, they sum to it exactly."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.umkm import AdministrationTaken, SizeClass
from services.umkm.domain.capital.schedule import schedule, working_day
from services.umkm.domain.capital.terms import LadderStep, Terms, next_step

DAYS = st.dates(date(2019, 1, 1), date(2035, 12, 31))


def terms(basis_points: int, taken: AdministrationTaken) -> Terms:
    """With this fee."""
    step = LadderStep(1, 10**9, 60, 0)
    micro = (SizeClass.MICRO,)
    return Terms(
        1, "110", (step,), 5, 10, 21, 60, micro, basis_points, taken, 0, 48, 48, datetime(2026, 1, 1, tzinfo=UTC)
    )


@given(rupiah=st.integers(1, 10**9), months=st.integers(1, 60), on=DAYS)
def test_instalments_sum_exactly_and_differ_by_a_rupiah_at_most(rupiah: int, months: int, on: date) -> None:
    found = schedule(rupiah, months, on)
    assert sum(one.rupiah for one in found) == rupiah
    assert [one.number for one in found] == list(range(1, months + 1))
    sums = [one.rupiah for one in found]
    assert max(sums) - min(sums) <= 1 and sums == sorted(sums, reverse=True)


@given(months=st.integers(1, 60), on=DAYS)
def test_due_monthly_on_working_days_and_never_before_the_day_of_the_month(months: int, on: date) -> None:
    days = [on, *(one.due_on for one in schedule(10**6, months, on))]
    assert all(later > earlier for earlier, later in itertools.pairwise(days))
    for number, day in enumerate(days[1:], 1):
        assert day == working_day(day) and day.weekday() < 5
        year, month = divmod(on.year * 12 + on.month - 1 + number, 12)
        begins = date(year, month + 1, 1)
        nominal = min(begins.replace(day=28) + timedelta(days=3), begins + timedelta(days=on.day - 1))
        assert timedelta(0) <= day - min(nominal, day) <= timedelta(days=14), "a long holiday is ten days"


@given(
    rupiah=st.integers(500_000, 5_000_000),
    basis_points=st.integers(0, 2_000),
    taken=st.sampled_from(AdministrationTaken),
    months=st.integers(1, 24),
    on=DAYS,
)
def test_what_is_paid_out_and_paid_back_differ_by_the_fee_alone(
    rupiah: int, basis_points: int, taken: AdministrationTaken, months: int, on: date
) -> None:
    told = terms(basis_points, taken)
    fee = told.administration(rupiah)
    assert abs(fee * 10_000 - rupiah * basis_points) <= 5_000
    owed = rupiah + (fee if taken is AdministrationTaken.INSTALMENTS else 0)
    assert sum(one.rupiah for one in schedule(owed, months, on)) - told.payout(rupiah) == fee


@pytest.mark.parametrize(
    ("on", "number", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 11, 25), 1, date(2026, 12, 28)),  # Christmas, a Saturday, a Sunday
        (date(2026, 2, 20), 1, date(2026, 3, 25)),  # Idul Fitri with joint leave
        (date(2031, 1, 1), 1, date(2031, 2, 3)),  # a year without decreed holidays: weekends only
    ],
)
def test_due_days_by_hand(on: date, number: int, due: date) -> None:
    assert schedule(3_000_000, 3, on)[number - 1].due_on == due


def test_three_percent_of_two_million_over_seven_months_by_hand() -> None:
    told = terms(300, AdministrationTaken.INSTALMENTS)
    owed = 2_000_000 + told.administration(2_000_000)
    assert [one.rupiah for one in schedule(owed, 7, date(2026, 1, 5))] == [294_286] * 5 + [294_285] * 2


@pytest.mark.parametrize(
    ("settled", "step"),
    [([], 1), ([(1, True)], 2), ([(1, False)], 1), ([(1, True), (2, True)], 3), ([(1, True), (2, False)], 2)],
)
def test_the_ladder(settled: list[tuple[int, bool]], step: int) -> None:
    assert next_step(settled) == step
