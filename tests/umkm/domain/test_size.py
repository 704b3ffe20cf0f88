"""PP 7/2021 article 35, at every boundary."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.problems import InvalidRequest
from contracts.umkm import SizeBasis
from services.umkm.domain.size import class_of, declared

BILLION = 1_000_000_000
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("basis", "rupiah", "size_class"),
    [
        ("capital", 0, "micro"),
        ("capital", 1 * BILLION, "micro"),
        ("capital", 1 * BILLION + 1, "small"),
        ("capital", 5 * BILLION, "small"),
        ("capital", 5 * BILLION + 1, "medium"),
        ("capital", 10 * BILLION, "medium"),
        ("turnover", 0, "micro"),
        ("turnover", 2 * BILLION, "micro"),
        ("turnover", 2 * BILLION + 1, "small"),
        ("turnover", 15 * BILLION, "small"),
        ("turnover", 15 * BILLION + 1, "medium"),
        ("turnover", 50 * BILLION, "medium"),
    ],
)
def test_a_limit_belongs_to_the_lower_class(basis: str, rupiah: int, size_class: str) -> None:
    assert class_of(SizeBasis(basis), rupiah) == size_class


@pytest.mark.parametrize(("basis", "rupiah"), [("capital", 10 * BILLION + 1), ("turnover", 50 * BILLION + 1)])
def test_more_than_a_medium_enterprise_has_is_refused(basis: str, rupiah: int) -> None:
    with pytest.raises(InvalidRequest) as refused:
        class_of(SizeBasis(basis), rupiah)
    assert refused.value.data.errors[0].code == "above_medium"


@pytest.mark.parametrize(
    ("basis", "year", "founded_on", "code"),
    [
        ("capital", None, date(2026, 1, 1), ""),
        ("capital", None, date(2025, 12, 31), "running"),
        ("turnover", 2025, date(2025, 12, 31), ""),
        ("turnover", 2024, date(2025, 12, 31), "year_not_over"),
        ("turnover", 2026, date(2020, 5, 1), "year_not_over"),
        ("turnover", 2025, date(2026, 1, 1), "year_not_over"),
    ],
)
def test_capital_counts_until_a_year_has_ended(basis: str, year: int | None, founded_on: date, code: str) -> None:
    try:
        size = declared(SizeBasis(basis), 5, year, founded_on, TODAY)
        assert (code, size.year) == ("", year or 2026)
    except InvalidRequest as refused:
        assert refused.data.errors[0].code == code
