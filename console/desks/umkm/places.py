"""The kelurahan of the city, to choose one from."""

from __future__ import annotations

from functools import cache

from contracts.identity import CITY_CODE, regions_within


@cache
def kelurahan() -> tuple[tuple[str, str], ...]:
    """Codes with names, `Sukarasa, Tangerang`, by name."""
    found = [
        (code, f"{name}, {district}")
        for district_code, district in regions_within(CITY_CODE)
        for code, name in regions_within(district_code)
    ]
    return tuple(sorted(found, key=lambda one: one[1]))
