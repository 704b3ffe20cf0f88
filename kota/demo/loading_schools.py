"""Loading the demo schools through the public API, once: schools, agreements, two lists of pupils."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx

from kota.demo.school import BEGINS_ON, SCHOOL_YEAR, SCHOOLS, WITH_ROSTER, agreement, roster, schools
from kota.errors import OperatorError

EDUCATION = "/v1/education"
GRADES = {"SD": range(1, 7), "MI": range(1, 7), "SMP": range(7, 10), "MTs": range(7, 10)}
READ_SECONDS, PAUSE = 60.0, 0.2


def load_schools(http: httpx.Client, headers: Callable[[str], dict[str, str]]) -> bool:
    """True if they were loaded, False if there were schools already. `headers` gives those of a user. Raises
    OperatorError."""
    manager = headers("education-manager")
    known = http.get(f"{EDUCATION}/schools", params={"limit": 1}, headers=manager).raise_for_status().json()
    if known["items"]:
        return False
    http.post(f"{EDUCATION}/imports/schools", json={"schools": schools()}, headers=manager).raise_for_status()
    for npsn, _, level, ownership, *_ in SCHOOLS:
        if ownership == "private":
            _agree(http, manager, agreement(npsn, GRADES[level]))
        if npsn in WITH_ROSTER:
            _enrol(http, headers(f"school-{npsn}"), npsn, roster(npsn, GRADES[level]))
    return True


def _agree(http: httpx.Client, manager: dict[str, str], draft: dict[str, Any]) -> None:
    written = http.post(f"{EDUCATION}/agreements", json=draft, headers=manager).raise_for_status().json()
    signature = {"number": f"420/{draft['npsn'][-3:]}/2026", "signed_on": "2026-07-01"}
    path = f"{EDUCATION}/agreements/{written['id']}/signature"
    http.post(path, json=signature, headers=manager).raise_for_status()


def _enrol(http: httpx.Client, operator: dict[str, str], npsn: str, content: bytes) -> None:
    form = {"npsn": npsn, "school_year": SCHOOL_YEAR, "effective_on": BEGINS_ON}
    files = {"file": ("daftar.csv", content)}
    sent = http.post(f"{EDUCATION}/rosters", data=form, files=files, headers=operator).raise_for_status().json()
    path = f"{EDUCATION}/rosters/{sent['id']}"
    _wait(http, operator, path, "preview")
    http.post(f"{path}/application", json={"confirm_npsn": npsn}, headers=operator).raise_for_status()
    _wait(http, operator, path, "applied")


def _wait(http: httpx.Client, operator: dict[str, str], path: str, state: str) -> None:
    end = time.monotonic() + READ_SECONDS
    while (now := http.get(path, headers=operator).raise_for_status().json())["state"] != state:
        if time.monotonic() > end or now["state"] in ("refused", "superseded"):
            raise OperatorError(f"A demo roster is {now['state']}, not {state}.", "Look into the log of education.")
        time.sleep(PAUSE)
