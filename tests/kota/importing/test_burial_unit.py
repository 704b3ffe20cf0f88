"""The burial unit from a workbook or from JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kota.demo.city import burial_unit
from kota.importing.burial_unit import read_burial_unit
from kota.importing.faults import BadFile

VEHICLES = [["id", "plate", "longitude", "latitude"], ["JNZ-01", "B 1001 XYZ", 106.64, -6.17]]
OFFICERS = [
    ["ID", "Name", "Drives", "Shifts"],
    ["PTG-01", "Petugas Satu", "ya", "senin-jumat 07:00-19:00; sabtu 7.00-12.00"],
    [None, None, None, None],
    ["PTG-02", "Petugas Dua", "tidak", "sabtu-minggu 19:00-07:00\nmonday 19:00-07:00"],
]
PLACES = [
    ["id", "name", "longitude", "latitude", "kelurahan_code", "openings", "notice_minutes", "capacity_per_hour"],
    ["TPU-1", "TPU Contoh", "106,63", "-6,12", "36.71.10.1003", "siang 07:00-17:00; malam 18:00-20:00", None, 3],
]


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "unit.xlsx")
    return folder / "unit.xlsx"


def test_a_workbook_as_people_write_it(tmp_path: Path) -> None:
    read = read_burial_unit(workbook(tmp_path, vehicles=VEHICLES, officers=OFFICERS, burial_places=PLACES))
    assert [one.id for one in read.vehicles] == ["JNZ-01"]
    first, second = read.officers
    assert [(len(one.days), one.begins, one.ends) for one in first.shifts] == [
        (5, "07:00", "19:00"),
        (1, "07:00", "12:00"),
    ]
    assert (second.drives, [list(one.days) for one in second.shifts]) == (
        False,
        [["saturday", "sunday"], ["monday"]],
    )
    (place,) = read.burial_places
    assert (place.location.coordinates, place.notice_minutes, len(place.openings)) == ((106.63, -6.12), 120, 2)


def test_a_week_may_go_over_sunday(tmp_path: Path) -> None:
    officers = [OFFICERS[0], ["P", "N", "ya", "jumat-senin 07:00-19:00"]]
    read = read_burial_unit(workbook(tmp_path, officers=officers))
    assert list(read.officers[0].shifts[0].days) == ["friday", "saturday", "sunday", "monday"]


def test_json_as_the_api_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "unit.json"
    path.write_text(json.dumps(burial_unit()))
    assert len(read_burial_unit(path).vehicles) == 7
    path.write_text(json.dumps({"vehicles": [{"id": "JNZ-01"}]}))
    with pytest.raises(BadFile) as bad:
        read_burial_unit(path)
    assert "plate" in str(bad.value.faults[0])


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [
        ("vehicles", "longitude", "timur"),
        ("vehicles", "plate", None),
        ("officers", "drives", "mungkin"),
        ("officers", "shifts", "tiap hari"),
        ("officers", "shifts", "senin-libur 07:00-19:00"),
        ("officers", "shifts", "senin 07:00-25:00"),
        ("burial_places", "openings", "07:00"),
        ("burial_places", "capacity_per_hour", "banyak"),
        ("burial_places", "kelurahan_code", "36.71.99.9999"),
    ],
)
def test_every_wrong_cell_is_named_as_an_editor_shows_it(tmp_path: Path, sheet: str, column: str, value: Any) -> None:
    sheets = {"vehicles": VEHICLES, "officers": OFFICERS, "burial_places": PLACES}
    rows = [list(row) for row in sheets[sheet]]
    rows[1][[name.lower() for name in rows[0]].index(column)] = value
    with pytest.raises(BadFile) as bad:
        read_burial_unit(workbook(tmp_path, **{**sheets, sheet: rows}))
    assert [(one.row, one.column.split(".")[:2]) for one in bad.value.faults] == [(2, [sheet, column])]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html></html>"])
def test_what_is_no_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "unit.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        read_burial_unit(path)
    with pytest.raises(BadFile):
        read_burial_unit(workbook(tmp_path, lain=[["id"]]))
    with pytest.raises(BadFile):
        read_burial_unit(tmp_path / "fehlt.xlsx")
