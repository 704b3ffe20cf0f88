"""What was granted in a year, checked against figures that were reckoned by hand."""

from __future__ import annotations

import csv
import io

from contracts import umkm as asked
from tests.umkm.office import Office

from .committee import DESK, announced, apply, business, closed, decide, scored


def figures(office: Office, year: int) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Granted and granted_rupiah by kecamatan, class and sex."""
    rows = csv.DictReader(io.StringIO(office.ask(asked.GetYearReport(year=year)).content.decode()))
    return {
        (row["kecamatan"], row["size_class"], row["sex"]): (int(row["granted"]), int(row["granted_rupiah"]))
        for row in rows
    }


def test_a_year_as_reckoned_by_hand(office: Office) -> None:
    """Two women in Tangerang, one in Cipondoh; the third has the fewest points, and money is for two. In January the
    third gets three million of another round. What the first has in hand by then is not counted twice."""
    round = announced(office)
    places = ("36.71.01.1001", "36.71.01.1001", "36.71.05.1001")
    owned = [business(office, number, kelurahan_code=place) for number, place in enumerate(places, 1)]
    wants = [apply(office, round, one) for one in owned]
    for one, points in zip(wants, (5, 4, 3), strict=True):
        scored(office, one, points)
    closed(office, round)
    decide(office, round, 2)
    year = {
        ("all", "all", "all"): (2, 8_000_000),
        ("Tangerang", "all", "all"): (2, 8_000_000),
        ("all", "micro", "all"): (2, 8_000_000),
        ("all", "all", "P"): (2, 8_000_000),
        ("Tangerang", "micro", "P"): (2, 8_000_000),
    }
    assert figures(office, 2026) == year
    office.later(days=35)
    office.ask(
        asked.HandOverGrant(application_id=wants[0].id, handed_on=office.now.date(), receipt="BAST/2026/1"), DESK
    )
    later = announced(office)
    scored(office, apply(office, later, owned[2], rupiah=3_000_000))
    closed(office, later)
    decide(office, later, 1)
    assert office.now.year == 2027
    assert figures(office, 2026) == year
    assert figures(office, 2027)["Cipondoh", "micro", "P"] == (1, 3_000_000)
