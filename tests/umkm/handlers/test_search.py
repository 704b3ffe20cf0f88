"""Search that shoppers would call right: a market of fifty-one products, judged by searching.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import umkm as asked
from tests.umkm.handlers.test_businesses import permit
from tests.umkm.handlers.test_market import seller
from tests.umkm.office import KELURAHAN, PUBLIC, Office

LINES = (Path(__file__).parents[1] / "searching.txt").read_text(encoding="utf-8").splitlines()
TITLE = re.compile(r"(\d+) (.+?)(?=\s{2,}|$)")


def market() -> dict[int, str]:
    """Titles by number, from the table's head."""
    head = " ".join(line[1:] + "  " for line in LINES if re.match(r"#\s+\d", line))
    return {int(number): title.strip() for number, title in TITLE.findall(head)}


def judged() -> Iterator[tuple[str, set[int], set[int]]]:
    """What is typed, what must be found, what must not."""
    for line in LINES:
        if line and not line.startswith("#"):
            typed, _, wanted = line.partition(">")
            found, _, not_found = wanted.partition(";")
            yield typed.strip(), set(map(int, found.split())), set(map(int, not_found.split()))


def stocked(office: Office, titles: dict[int, str]) -> None:
    """Published at once, past the assessors: it is their titles that count."""
    business = seller(office, name="Toko Contoh")
    for title in titles.values():
        office.draft(business, title=title, description="")
    office.run_sql("UPDATE listing SET state = 'published', published_at = now()")
    # Whatever changes a business brings its listings to the market.
    office.ask(asked.DescribeBusiness(business_id=business.id, name="Toko Contoh Satu"))


def test_the_table_is_long_enough_and_names_what_there_is() -> None:
    cases, titles = list(judged()), market()
    assert len(titles) == 51 and sum(len(found) + len(others) for _, found, others in cases) >= 120
    assert len(cases) >= 60
    assert all(found | others <= titles.keys() for _, found, others in cases)


def test_shoppers_find_what_they_mean_and_not_what_they_do_not(office: Office) -> None:
    titles = market()
    stocked(office, titles)
    numbers = {title: number for number, title in titles.items()}
    faults = []
    for typed, wanted, unwanted in judged():
        found = {numbers[title] for title in office.found(typed, limit=200)}
        if missed := wanted - found:
            faults.append(f"{typed!r} misses {[titles[one] for one in sorted(missed)]}")
        if wrong := unwanted & found:
            faults.append(f"{typed!r} finds {[titles[one] for one in sorted(wrong)]}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "hostile", ["'", "\\", "a' | 'b", "(", "&|!", ":*", "%", "_", "<->", "кофе", "ＫＯＰＩ", "😀 kopi"]
)
def test_signs_are_no_commands(office: Office, hostile: str) -> None:
    stocked(office, {1: "Kopi robusta", 2: "Teh melati"})
    assert set(office.found(hostile)) <= {"Kopi robusta"}


def test_those_with_the_words_in_the_title_come_first(office: Office) -> None:
    business = seller(office, name="Toko Contoh")
    office.published(business, title="Kopi susu")
    office.later(hours=1)
    office.published(business, title="Gelas keramik", description="Gelas untuk kopi dan teh, tahan panas.")
    assert office.found("kopi") == ["Kopi susu", "Gelas keramik"]
    assert office.found() == ["Gelas keramik", "Kopi susu"]


def test_filters(office: Office) -> None:
    first = seller(office, 1, name="Satu")
    second = seller(office, 2, name="Dua", kelurahan_code="36.71.05.1001")
    pirt = permit(office, first, "pirt", "2063671010001-28").permits[0]
    halal = next(p for p in permit(office, first, "halal", "ID36410000000010821").permits if p.kind == "halal")
    told = {"description": "Keripik pisang kepok, 250 gram.", "category": "packaged_food"}
    office.published(first, title="Keripik pisang", permit_ids=(pirt.id, halal.id), **told)
    office.published(first, title="Tas pandan")
    office.published(second, title="Tas rotan")
    assert office.found(pirt=True) == office.found(halal=True) == ["Keripik pisang"]
    assert office.found(kecamatan_code="36.71.05") == ["Tas rotan"]
    assert office.found("tas", kecamatan_code=KELURAHAN[:8]) == ["Tas pandan"]
    assert office.found(category="packaged_food", halal=False) == []
    assert office.found(business_id=second.id) == ["Tas rotan"]


def test_what_was_understood_is_shown(office: Office) -> None:
    stocked(office, {1: "Kopi robusta", 2: "Keripik pisang"})

    def understood(q: str) -> Any:
        return office.ask(asked.SearchListings(q=q), PUBLIC).understood

    assert (understood("kopi"), understood("kripik"), understood("robsuta")) == ((), (), ("robusta",))


def test_words_are_counted_by_what_is_shown(office: Office) -> None:
    business = seller(office, name="Toko")
    one, other = office.published(business, title="Kopi susu"), office.published(business, title="Kopi hitam")
    counts = "SELECT word, listings FROM catalogue_word WHERE word IN ('kopi', 'susu', 'hitam') ORDER BY word"
    assert [tuple(row) for row in office.rows(counts)] == [("hitam", 1), ("kopi", 2), ("susu", 1)]
    office.ask(asked.WithdrawListing(listing_id=one.id))
    office.ask(asked.DescribeListing(listing_id=other.id, stock=4))
    assert [tuple(row) for row in office.rows(counts)] == [("hitam", 1), ("kopi", 1), ("susu", 0)]
