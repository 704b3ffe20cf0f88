"""Made-up children in the columns of the Dapodik list. Their NIK serials are 9000 and above: nobody has them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

GIVEN = [
    "Ahmad",
    "Siti",
    "Muhammad",
    "Nur",
    "Putri",
    "Dewi",
    "Budi",
    "Agus",
    "Rizky",
    "Aisyah",
    "Fajar",
    "Indah",
    "Bayu",
    "Citra",
    "Dian",
    "Eka",
    "Farhan",
    "Gilang",
    "Hana",
    "Intan",
    "Joko",
    "Kartika",
    "Maulana",
    "Nabila",
    "Oktavia",
    "Panji",
    "Qonita",
    "Raihan",
    "Salsabila",
    "Taufik",
    "Umar",
    "Vina",
    "Wahyu",
    "Yusuf",
    "Zahra",
    "Aditya",
    "Bella",
]
FAMILY = [
    "Saputra",
    "Wulandari",
    "Hidayat",
    "Rahmawati",
    "Pratama",
    "Lestari",
    "Kurniawan",
    "Anggraini",
    "Setiawan",
    "Permata",
    "Ramadhan",
    "Maharani",
    "Nugroho",
    "Oktaviani",
    "Firmansyah",
    "Puspitasari",
    "Gunawan",
    "Handayani",
    "Santoso",
    "Utami",
]
STREETS = "Melati Mawar Kenanga Merdeka Sudirman Daan_Mogot Veteran Cut_Mutia".replace("_", " ").split(" ")
PARENTS = ("Data Ayah", "Data Ibu", "Data Wali")
OF_PARENT = ("Nama", "Tahun Lahir", "Jenjang Pendidikan", "Pekerjaan", "Penghasilan", "NIK")
PLAIN = [
    "No",
    "Nama",
    "NIPD",
    "JK",
    "NISN",
    "Tempat Lahir",
    "Tanggal Lahir",
    "NIK",
    "Agama",
    "Alamat",
    "RT",
    "RW",
    "Dusun",
    "Kelurahan",
    "Kecamatan",
    "Kode Pos",
    "Jenis Tinggal",
    "Alat Transportasi",
    "Telepon",
    "HP",
    "E-Mail",
    "SKHUN",
    "Penerima KPS",
    "No. KPS",
]
LATER = [
    "Rombel Saat Ini",
    "No Peserta Ujian Nasional",
    "No Seri Ijazah",
    "Penerima KIP",
    "Nomor KIP",
    "Nama di KIP",
    "Nomor KKS",
    "No Registrasi Akta Lahir",
    "Bank",
    "Nomor Rekening Bank",
    "Rekening Atas Nama",
    "Layak PIP (usulan dari sekolah)",
    "Alasan Layak PIP",
    "Kebutuhan Khusus",
    "Sekolah Asal",
    "Anak ke-berapa",
    "Lintang",
    "Bujur",
    "No KK",
    "Berat Badan",
    "Tinggi Badan",
    "Lingkar Kepala",
    "Jml. Saudara\nKandung",
    "Jarak Rumah ke Sekolah (KM)",
]


def titles() -> tuple[list[str | None], list[str | None]]:
    """The two header rows."""
    upper: list[str | None] = list(PLAIN)
    lower: list[str | None] = [None] * len(PLAIN)
    for parent in PARENTS:
        upper += [parent] + [None] * (len(OF_PARENT) - 1)
        lower += OF_PARENT
    return [*upper, *LATER], [*lower, *([None] * len(LATER))]


def nik(number: int, year: int, month: int, woman: bool) -> str:
    """Of person `number`: no two numbers below 364,000 give the same."""
    day = number // 13_000 % 28 + 1 + (40 if woman else 0)
    return f"3671{number % 13 + 1:02d}{day:02d}{month:02d}{year % 100:02d}{9000 + number // 13 % 1000:04d}"


def row(number: int, draw: random.Random, first_grade: int = 1, grades: int = 6) -> list[Any]:
    """The cells of one child; None for an empty one."""
    grade = first_grade + number % grades
    year, month = 2020 - grade, number % 12 + 1
    sex = draw.choice("LP")
    name = f"{draw.choice(GIVEN)} {draw.choice(GIVEN)} {draw.choice(FAMILY)}".upper()
    day = number // 13_000 % 28 + 1
    cells: dict[str, Any] = {
        "No": number + 1,
        "Nama": name,
        "NIPD": f"{number:06d}",
        "JK": sex,
        "NISN": f"{2_000_000 + number:010d}",
        "Tempat Lahir": "Tangerang",
        "Tanggal Lahir": f"{year}-{month:02d}-{day:02d}",
        "NIK": nik(number, year, month, sex == "P"),
        "Agama": "Islam",
        "Alamat": f"Jl. {draw.choice(STREETS)} No. {draw.randint(1, 200)}",
        "RT": draw.randint(1, 9),
        "RW": draw.randint(1, 9),
        "Kelurahan": "Sukarasa",
        "Kecamatan": "Kec. Tangerang",
        "Kode Pos": "15111",
        "Jenis Tinggal": "Bersama orang tua",
        "Alat Transportasi": "Jalan kaki",
        "HP": f"0812{number:08d}",
        "Penerima KPS": "Tidak",
        "Rombel Saat Ini": f"Kelas {grade} {'ABCD'[number % 4]}",
        "Penerima KIP": draw.choice(("Ya", "Tidak")),
        "No Registrasi Akta Lahir": f"3671-LT-{number:08d}",
        "Layak PIP (usulan dari sekolah)": "Tidak",
        "Kebutuhan Khusus": "Tidak ada",
        "Sekolah Asal": "TK Contoh",
        "Anak ke-berapa": draw.randint(1, 4),
        "Lintang": -6.1 - draw.random() / 10,
        "Bujur": 106.6 + draw.random() / 10,
        "No KK": f"3671{number % 13 + 1:02d}1205{10 + number // 13_000 % 28:02d}{9000 + number // 13 % 1000:04d}",
        "Berat Badan": draw.randint(15, 50),
        "Tinggi Badan": draw.randint(100, 160),
        "Lingkar Kepala": draw.randint(45, 55),
        "Jml. Saudara\nKandung": draw.randint(0, 4),
        "Jarak Rumah ke Sekolah (KM)": draw.randint(1, 5),
    }
    father = [
        f"Bapak {draw.choice(FAMILY)}",
        1982,
        "SMA / sederajat",
        "Karyawan Swasta",
        "Rp. 2,000,000 - Rp. 4,999,999",
    ]
    mother = [f"Ibu {draw.choice(FAMILY)}", 1985, "SMA / sederajat", "Tidak bekerja", "Tidak Berpenghasilan"]
    parents = [*father, nik(number, 1982, 3, False), *mother, nik(number, 1985, 4, True), *([None] * len(OF_PARENT))]
    return [*(cells.get(name) for name in PLAIN), *parents, *(cells.get(name) for name in LATER)]


def rows(count: int, seed: int = 1, **more: Any) -> Iterator[list[Any]]:
    """So many children, the same for the same seed."""
    draw = random.Random(seed)
    return (row(number, draw, **more) for number in range(count))


def write(path: Path, count: int, heading: str) -> None:
    """A workbook of so many children, as XlsxWriter writes it."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Daftar Peserta Didik")
    head = (["Daftar Peserta Didik"], [heading], ["Kecamatan Kec. Tangerang"], ["Tanggal Unduh"], *titles())
    for line, cells in enumerate([*head]):
        _put(sheet, line, cells)
    for line, cells in enumerate(rows(count), start=len(head)):
        _put(sheet, line, cells)
    book.close()


def _put(sheet: Any, line: int, cells: list[Any]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, str):
            sheet.write_string(line, column, value)
        elif value is not None:
            sheet.write_number(line, column, value)
