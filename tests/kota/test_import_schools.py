"""A city's list of schools, from a CSV table."""

from __future__ import annotations

from pathlib import Path

import pytest

from kota.importing.faults import BadFile
from kota.importing.schools import read_schools
from tests.support.checkout import ROOT

HEAD = "npsn,name,level,status,kecamatan_code,address,lat,lng\n"
LISTED = ROOT.parent / "shared" / "data" / "schools_36.71.csv"


def test_a_table(tmp_path: Path) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(
        HEAD + "20600001,SD SATU,SD,negeri,36.71.01,Jl. A 1,-6.18,106.65\n69000002,MTS DUA,MTs,SWASTA,36.71.02,,,\n"
    )
    one, other = read_schools(file)
    assert (one.ownership, one.location.coordinates if one.location else None) == ("state", (106.65, -6.18))
    assert (other.level, other.ownership, other.location) == ("MTs", "private", None)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2060000,SD,SD,negeri,36.71.01,,,", "npsn"),
        ("20600001,SD SATU,SMA,negeri,36.71.01,,,", "level"),
        ("20600001,SD SATU,SD,lain,36.71.01,,,", "status"),
        ("20600001,SD SATU,SD,negeri,36.71.99,,,", "kecamatan_code"),
        ("20600001,SD SATU,SD,negeri,36.71.01,,x,106.6", "lng/lat"),
        ("20600001,SD SATU,SD,negeri,36.71.01,,106.6,-6.1", "lng/lat"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_taken(tmp_path: Path, row: str, column: str) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(f"{HEAD}20600009,SD BAIK,SD,negeri,36.71.01,,,\n{row}\n")
    with pytest.raises(BadFile) as refused:
        read_schools(file)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]


@pytest.mark.skipif(not LISTED.exists(), reason="the city's list is not here")
def test_the_citys_own_list() -> None:
    assert len(read_schools(LISTED)) == 662
