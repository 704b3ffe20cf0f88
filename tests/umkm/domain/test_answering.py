"""How long an offer is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.umkm.domain.seat import answer_until

BEGINS = datetime(2026, 12, 7, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours_before", "hours_kept"),
    [(200, 24), (36, 24), (30, 18), (13.5, 1.5), (13, 1), (12.5, 1), (12, 1), (5, 1), (1, 1), (0.5, 0.5)],
)
def test_a_day_but_not_into_the_last_twelve_hours_and_then_an_hour_each(hours_before: float, hours_kept: float) -> None:
    now = BEGINS - timedelta(hours=hours_before)
    assert answer_until(now, BEGINS) == now + timedelta(hours=hours_kept)


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=60)))
def test_it_never_outlives_the_beginning_and_is_always_some_time(before: timedelta) -> None:
    now = BEGINS - before
    until = answer_until(now, BEGINS)
    assert now < until <= BEGINS
