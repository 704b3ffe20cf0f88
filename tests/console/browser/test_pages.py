"""Every page: nothing serious for axe-core, and nothing wider than the screen, also at 200 %."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from tests.support.api import Api
from tests.support.browser.screen import LAPTOP, PHONE, WIDE
from tests.support.owners import BASE, OFFICER, register

from .conftest import Open
from .test_education import TERM, YEAR, applied, partner_school
from .test_hearse import day, planned
from .test_umkm import begun

ENLARGED = (683, 384)
"""A laptop's screen at 200 %."""
REFUSED = ("/tidak-ada", "/masuk/selesai")
PLACE = {"type": "Point", "coordinates": [106.65, -6.15]}
Paths = list[tuple[str, str]]
"""User and address."""


def everyone(_: Api) -> Paths:
    return [
        ("", "/keluar"),
        ("hearse-crew-jnz-01", "/"),
        ("dispatcher", "/tidak-ada"),
        ("dispatcher", "/masuk/selesai"),
    ]


def dispatch(api: Api) -> Paths:
    told = {"complaint": "sesak", "landmark": "depan pasar", "location": PLACE}
    incident = api.post("dispatcher", "/v1/ambulance/incidents", told)["id"]
    contact = api.post("dispatcher", "/v1/ambulance/contacts", {"complaint": "pingsan", "phone": "081200001234"})["id"]
    ends = (
        "",
        "/panggilan",
        f"/insiden/{incident}",
        f"/kontak/{contact}",
        "/jemputan",
        "/usulan",
        "/peringatan",
        "/jenazah",
        f"/insiden/{incident}/pasien/1",
    )
    return [("dispatcher", f"/gawat-darurat{end}") for end in (*ends, "/peringatan", "/jenazah", "/faskes", "/unit")]


def hearse(api: Api) -> Paths:
    booked = planned(api, day(7))
    ends = ("", "/baru", f"/pemesanan/{booked}", f"/hari/{day(7)}", "/gangguan?sumber=vehicle:JNZ-01")
    return [
        *(("hearse-officer", f"/jenazah{end}") for end in ends),
        ("hearse-supervisor", f"/jenazah/pemesanan/{booked}"),
    ]


def school(api: Api) -> Paths:
    pupils = api.get("school-99000001", "/v1/education/pupils?limit=1")["items"]
    rosters = api.get("school-99000001", "/v1/education/rosters?limit=1")["items"]
    ends = ["", "/murid", "/bulan", "/pindahan", *(f"/murid/{one['id']}" for one in pupils)]
    school = [("school-99000001", f"/sekolah{end}") for end in ends]
    school += [("school-99000001", f"/sekolah/daftar/{one['id']}") for one in rosters]
    return [*school, *(("education-officer", f"/sekolah{end}?npsn=99000001") for end in ends[:4])]


def education(api: Api) -> Paths:
    npsn = partner_school(api)
    one = applied(api, npsn)[0]
    batches = api.get("education-treasurer", "/v1/education/disbursements?limit=1")["items"]
    payments = ["pembayaran", "anggaran", *(f"pembayaran/{one['id']}" for one in batches)]
    money = [("education-treasurer", f"/pendidikan/{end}") for end in payments]
    told = {"programme": "bop", "school_year": YEAR, "term": TERM, "npsn": npsn}
    evaluation = api.post("education-officer", "/v1/education/evaluations", told)["id"]
    lists = (
        "?keadaan=evidence_needed",
        "/penilaian",
        f"/penilaian/{evaluation}",
        "/klaim",
        "/pengaduan",
        f"/permohonan/{one}",
    )
    return [*money, *(("education-officer", f"/pendidikan{end}") for end in lists)]


def umkm(api: Api) -> Paths:
    business, batch = register(api, f"citizen-{uuid.uuid4().hex[:8]}"), begun(api, 3)
    listed = {what: api.get(OFFICER, f"{BASE}/{what}?limit=1")["items"] for what in ("groups", "loans", "curations")}
    ends = ["usaha", "usaha/baru", "pelatihan", "pelatihan/baru", "kurasi", "kelompok", "tunggakan", "tugas"]
    ends += [f"usaha/{business}", f"pelatihan/{batch}", f"pelatihan/{batch}/sesi/1", f"pelatihan/{batch}/hasil"]
    ends += [f"kelompok/{one['id']}" for one in listed["groups"]]
    ends += [f"pinjaman/{one['id']}" for one in listed["loans"]]
    ends += [f"kurasi/{one['listing']['id']}" for one in listed["curations"]]
    return [*((OFFICER, f"/umkm/{end}") for end in ends), ("bank-analyst", "/umkm/kelompok")]


@pytest.mark.parametrize("paths", [everyone, dispatch, hearse, school, education, umkm])
def test_every_page(open_screen: Open, api: Api, paths: Callable[[Api], Paths]) -> None:
    found: list[str] = []
    screens = {}
    for user, path in paths(api):
        if user not in screens:
            screens[user] = open_screen(user, size=WIDE)
        screen = screens[user]
        status = screen.go(path)
        found += [] if status < 400 or path in REFUSED else [f"{path} for {user}: {status}"]
        for width, height in (WIDE, LAPTOP, ENLARGED, PHONE):
            screen.page.set_viewport_size({"width": width, "height": height})
            found += [] if screen.fits() else [f"{path}: wider than {width}"]
            if (width, height) in (LAPTOP, PHONE):
                found += [f"{path} at {width}: {one}" for one in screen.axe()]
    assert found == []
