"""Lists as other systems export them, and tables that stand elsewhere."""

from __future__ import annotations

import pytest

from contracts import education as asked
from tests.education.files import by_xlsxwriter, child, grid
from tests.education.office import OFFICER, Office

EMIS = {
    "Nama": "Nama Lengkap",
    "NIPD": "NIS Lokal",
    "JK": "Jenis Kelamin",
    "Rombel Saat Ini": "Tingkat - Rombel",
    "No KK": "Nomor KK",
    "Data Ayah > NIK": "NIK Ayah",
    "Data Ibu > NIK": "NIK Ibu",
}


def test_the_list_of_a_madrasah(office: Office) -> None:
    row = {"npsn": "99000004", "name": "MI CONTOH", "level": "MI", "ownership": "private", "kecamatan_code": "36.71.01"}
    office.ask(asked.ImportSchools.model_validate({"schools": [row]}), OFFICER)
    told = [{EMIS.get(name, name): value for name, value in child(number).items()} for number in (1, 2, 3)]
    for one in told:
        one["Jenis Kelamin"] = {"L": "Laki-laki", "P": "Perempuan"}[one["Jenis Kelamin"]]
    columns = [name for name in told[0] if " > " not in name]
    done = office.apply(office.preview(by_xlsxwriter(grid(told, columns)), "99000004"), confirm_npsn="99000004")
    assert done.counts == {"new": 3}
    assert office.rows("SELECT count(*) FROM guardian")[0][0] == 6


@pytest.mark.parametrize("front", [0, 1, 12])
def test_the_table_is_found_by_its_words(office: Office, front: int) -> None:
    notes = [[f"catatan {number}"] for number in range(front)]
    lines = [*notes, *grid([child(1), child(2)]), [], ["Jumlah: 2"], []]
    lines = [
        [cell.upper() if isinstance(cell, str) and cell.startswith("Nama") else cell for cell in line] for line in lines
    ]
    assert office.preview(by_xlsxwriter(lines)).counts == {"new": 2}


def test_a_list_without_what_is_needed_says_which(office: Office) -> None:
    without = [name for name in child(1) if name != "Tanggal Lahir"]
    roster = office.preview(by_xlsxwriter(grid([child(1)], without)))
    assert (roster.state, roster.refusal.code) == ("refused", "columns_missing")
    assert "tanggal lahir" in roster.refusal.problem
    other = office.preview(by_xlsxwriter([["a", "b"], [1, 2]]))
    assert other.refusal.code == "no_header"
