"""Facilities and the fleet: read whole, or refused with every wrong value named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kota.importing.facilities import read_facilities
from kota.importing.faults import BadFile
from kota.importing.fleet import demo_fleet

from .files import BASE, CEMETERY, CLINIC, HEADER, HOSPITAL, PLANNED, table

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "facilities_36.71.csv"


def test_rows_become_facilities_and_the_others_are_told(tmp_path: Path) -> None:
    read = read_facilities(table(tmp_path, CLINIC, HOSPITAL, PLANNED, BASE, CEMETERY))
    assert [(row.id, row.type, row.emergency_24h) for row in read.rows] == [
        ("PKM-1", "puskesmas", True),
        ("RS-1", "hospital", False),
    ]
    assert [(label.partition(" ")[0], why.partition(":")[0]) for label, why in read.set_aside] == [
        ("RS-2", "it does not operate yet"),
        ("TPU-1", "a cemetery is not this service's yet"),
    ]


def test_semicolons_separate_too(tmp_path: Path) -> None:
    read = read_facilities(table(tmp_path, CLINIC.replace(",", ";"), header=HEADER.replace(",", ";")))
    assert len(read.rows) == 1


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("PKM-1,", ",", "id"),
        ("Puskesmas Satu", "", "name"),
        (",puskesmas,", ",clinic,", "type"),
        (",yes,", ",maybe,", "emergency_24h"),
        ("-6.17", "6,17", "row"),
        ("-6.17", "south", "approx_lat"),
        ("106.63", "", "approx_lng"),
        ("106.63", "6.63", "approx_lng/approx_lat"),
        ("106.63", "nan", "approx_lng/approx_lat.0"),
        ("36.71.01.1001", "36.71.01.9999", "kelurahan_code"),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(tmp_path: Path, before: str, after: str, column: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_facilities(table(tmp_path, HOSPITAL, CLINIC.replace(before, after)))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]
    assert refused.value.faults[0].problem and refused.value.faults[0].fix


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    wrong = CLINIC.replace("yes", "maybe").replace("puskesmas", "clinic")
    with pytest.raises(BadFile) as refused:
        read_facilities(table(tmp_path, CLINIC, wrong))
    assert {fault.column for fault in refused.value.faults} == {"type", "emergency_24h", "id"}


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="lacks the column"):
        read_facilities(table(tmp_path, "x", header="id"))


def test_a_row_that_ends_early_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="row 2, approx_lat: the row ends before"):
        read_facilities(table(tmp_path, "PKM-1,Puskesmas Satu,puskesmas,36.71.01,"))


def test_the_fleet_stands_at_bases_in_kecamatan_and_at_the_health_office(tmp_path: Path) -> None:
    sites = read_facilities(table(tmp_path, CLINIC, HOSPITAL, BASE)).sites
    fleet = demo_fleet(sites)
    assert [unit.id for unit in fleet[:3]] == ["AMB-01", "KEC-01", "KEC-04"]
    assert len(fleet) == 3 + 7
    more = demo_fleet(sites, units_per_base=3)
    assert [unit.id for unit in more[:3]] == ["AMB-01", "AMB-01-2", "AMB-01-3"]
    assert not [unit for unit in demo_fleet(sites, units_per_base=0) if unit.id.startswith("AMB")]


@pytest.mark.skipif(not REAL.exists(), reason="the city's own file is not here")
def test_the_citys_own_file_is_read_whole() -> None:
    read = read_facilities(REAL)
    bases = [site for site in read.sites if site.type == "ambulance_base"]
    assert len(read.rows) + len(bases) + len(read.set_aside) == 36
    assert Counter(row.type for row in read.rows) == {"puskesmas": 19, "hospital": 12}
    fleet = demo_fleet(read.sites)
    assert len(fleet) == len({unit.id for unit in fleet}) == 23
