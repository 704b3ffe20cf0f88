"""The school's desk: a list is sent, read, looked at, applied, taken back; transfers."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

import pytest

from tests.education.files import by_xlsxwriter, child, grid
from tests.support.api import Api
from tests.support.browser.screen import Screen
from tests.support.waiting import until

from .conftest import Open


@pytest.fixture
def schools(api: Api) -> tuple[str, str]:
    """Two schools that no other test has pupils at."""
    first = 97_000_000 + secrets.randbelow(900_000)
    names = [str(first), str(first + 1)]
    rows = [
        {"npsn": npsn, "name": f"SD CONTOH {npsn}", "level": "SD", "ownership": "private", "kecamatan_code": "36.71.01"}
        for npsn in names
    ]
    api.post("education-manager", "/v1/education/imports/schools", {"schools": rows})
    return names[0], names[1]


def roster(folder: Path, numbers: range, wrong: bool = False) -> Path:
    """A file as a school downloads it."""
    rows = [child(number) for number in numbers]
    if wrong:
        rows[0] = rows[0] | {"Tanggal Lahir": "kemarin"}
    path = folder / f"daftar-{uuid.uuid4().hex[:6]}.xlsx"
    path.write_bytes(by_xlsxwriter(grid(rows)))
    return path


def send(screen: Screen, file: Path) -> None:
    """Until its preview is there."""
    page = screen.page
    screen.go("/sekolah")
    page.set_input_files("#file", str(file))
    page.click("form[data-upload] button.btn-primary")
    page.wait_for_url("**/sekolah/daftar/*")
    page.wait_for_selector("h1 .state-preview", timeout=30_000)


def test_from_file_to_pupils_and_back(open_screen: Open, api: Api, schools: tuple[str, str], tmp_path: Path) -> None:
    first = 12_000 + secrets.randbelow(6_900)
    screen = open_screen(f"school-{schools[0]}")
    page = screen.page
    send(screen, roster(tmp_path, range(first, first + 12), wrong=True))
    page.wait_for_selector(".fault")  # at its cell, with the way to mend it
    assert page.locator(".row-refused .fault strong").first.inner_text()
    screen.picture("sekolah-pratinjau")
    if page.locator("[name=confirm_npsn]").count():
        page.fill("[name=confirm_npsn]", schools[0])
    page.click("#apply button.btn-primary")
    page.wait_for_selector("h1 .state-applied", timeout=30_000)
    found = api.get(f"school-{schools[0]}", "/v1/education/pupils?limit=50")["items"]
    assert len(found) == 11

    screen.go("/sekolah/murid")
    assert page.locator("tbody tr").count() == 11
    nisn = str(child(first + 3)["NISN"])
    page.fill("[name=cari]", nisn)
    page.click("#search button")
    page.wait_for_selector("tbody tr:only-child")
    assert nisn not in page.url  # a number of a person stands in no address
    page.locator("tbody a").first.click()
    page.wait_for_url("**/murid/*")
    page.fill("#reason", "permintaan orang tua di loket")
    page.click("#disclose button")
    page.wait_for_selector("text=Semua yang tersimpan")
    page.reload()
    assert page.locator("text=Semua yang tersimpan").count() == 0  # shown once, kept nowhere

    screen.go("/sekolah")
    page.locator("tbody a").first.click()
    page.fill("#undo [name=reason]", "berkas yang salah")
    page.click("#undo button")
    page.wait_for_selector("h1 .state-undone", timeout=30_000)
    assert api.get(f"school-{schools[0]}", "/v1/education/pupils?limit=50")["items"] == []


def test_what_is_no_list_is_refused_with_the_way_out(
    open_screen: Open, schools: tuple[str, str], tmp_path: Path
) -> None:
    wrong = tmp_path / "foto.xlsx"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 2000)
    screen = open_screen(f"school-{schools[0]}", "/sekolah")
    page = screen.page
    page.click("form[data-upload] button.btn-primary")
    page.wait_for_selector("#notice .summary")  # no file at all
    page.set_input_files("#file", str(wrong))
    page.click("form[data-upload] button.btn-primary")
    page.wait_for_selector("#notice .summary:has-text('berkas'), main .summary")


def test_a_child_in_two_lists_is_confirmed_by_the_receiving_school(
    open_screen: Open, api: Api, schools: tuple[str, str], tmp_path: Path
) -> None:
    first = 12_000 + secrets.randbelow(6_900)
    one, other = schools
    for npsn, numbers in ((one, range(first, first + 3)), (other, range(first, first + 1))):
        screen = open_screen(f"school-{npsn}")
        send(screen, roster(tmp_path, numbers))
        if screen.page.locator("[name=confirm_npsn]").count():
            screen.page.fill("[name=confirm_npsn]", npsn)
        screen.page.click("#apply button.btn-primary")
        screen.page.wait_for_selector("h1 .state-applied", timeout=30_000)
    leaving = open_screen(f"school-{one}", "/sekolah/pindahan")
    leaving.page.wait_for_selector(f"text=ke NPSN {other}")
    screen.go("/sekolah/pindahan")
    screen.picture("sekolah-mutasi")
    leaving.page.fill(f"li:has-text('{other}') [name=reason]", "masih hadir setiap hari")
    leaving.page.click(f"li:has-text('{other}') button")
    screen.page.reload()
    assert screen.page.locator("#coming [name=transfer]").is_disabled()  # what is disputed the office decides
    screen = open_screen("education-officer", f"/sekolah/pindahan?npsn={other}")
    screen.page.locator("li", has_text=f"NPSN {one}").locator("[name=transfer]").check()
    screen.page.click("#coming button.btn-primary")
    until(lambda: len(api.get(f"school-{other}", "/v1/education/pupils")["items"]) == 1, "the child to move", limit=10)
    leaving.page.reload()
    assert f"ke NPSN {other}" not in leaving.page.inner_text("#content")


def test_a_school_sees_nobody_elses_pupils(open_screen: Open, schools: tuple[str, str]) -> None:
    screen = open_screen(f"school-{schools[0]}", f"/sekolah/murid?npsn={schools[1]}")
    assert schools[0] in screen.page.inner_text(".school-name")
