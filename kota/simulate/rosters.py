"""Ten schools send their lists at once, twice; then everything is counted again: no child lost, none twice.

In the second lists one child of each school has left, and three of the neighbour school have come: those moves are
proposed and confirmed. Every list also holds what is wrong with real ones: a row without a class, one that stands
twice, children without any number.
"""

from __future__ import annotations

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from kota.suite import Suite

from .education_api import EducationApi
from .reconcile.enrolments import Enrolled, by_database, by_events

FIRST_NPSN, SCHOOL_YEAR = 99_000_101, "2026/2027"
MOVING, LEAVING, NAMELESS = 3, 1, 2
SECONDS = 120.0
NEVER = ("refused", "superseded")
HEAD = ["Nama", "NIPD", "JK", "NISN", "Tanggal Lahir", "NIK", "Rombel Saat Ini", "No KK"]


@dataclass
class School:
    """One school: the children of its next list by number, and its rosters that were applied."""

    npsn: str
    children: list[int]
    rosters: list[str] = field(default_factory=list)


@dataclass
class Result:
    """What was done, and what does not fit; nothing of that is good."""

    seed: int
    schools: int
    pupils: int = 0
    rosters: int = 0
    transfers: int = 0
    seconds: float = 0.0
    in_events: int = 0
    findings: list[str] = field(default_factory=list)


class Rosters:
    """One run. `seed` decides the children: the same seed again sends the same lists."""

    def __init__(self, gateway: str, issuer: str, seed: int, schools: int, pupils: int) -> None:
        self._api = EducationApi(gateway, issuer)
        base = 1 + seed % 1_000 * schools * pupils
        self.schools = [
            School(str(FIRST_NPSN + place), list(range(base + place * pupils, base + (place + 1) * pupils)))
            for place in range(schools)
        ]
        self.result = Result(seed, schools)
        self.seen: Enrolled = {}

    def run(self) -> Result:
        """All of it."""
        began = time.monotonic()
        self._import()
        self._all_send()
        leaving = [school.children[-MOVING:] for school in self.schools]
        for place, school in enumerate(self.schools):
            school.children = [*school.children[LEAVING:], *leaving[place - 1]]
        self._all_send()
        self._confirm()
        for school, gone in zip(self.schools, leaving, strict=True):
            school.children = [one for one in school.children if one not in gone]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self._compare, self.schools))
        self.result.seconds = time.monotonic() - began
        return self.result

    def reconcile(self, suite: Suite) -> None:
        """What the API shows against the database, and against what the events alone tell."""
        told = {"database": by_database(suite.database_url("education"), list(self.seen))}
        told["events"] = by_events(suite.amqp_uri("kota"), self.seen, SECONDS)
        for where, enrolled in told.items():
            for npsn, seen in self.seen.items():
                if differs := len(seen ^ enrolled[npsn]):
                    self.result.findings.append(f"{npsn}: {differs} pupils are not what the {where} tell")
        self.result.in_events = sum(map(len, told["events"].values()))

    def _import(self) -> None:
        rows = [
            {
                "npsn": school.npsn,
                "name": f"SD SIMULASI {place + 1}",
                "level": "SD",
                "ownership": "private",
                "kecamatan_code": "36.71.01",
            }
            for place, school in enumerate(self.schools)
        ]
        self._api.ask("education-manager", "POST", "imports/schools", json={"schools": rows})

    def _all_send(self) -> None:
        with ThreadPoolExecutor(len(self.schools)) as pool:
            list(pool.map(self._send, self.schools))

    def _send(self, school: School) -> None:
        user, form = f"school-{school.npsn}", {"npsn": school.npsn, "school_year": SCHOOL_YEAR}
        sent = self._api.ask(user, "POST", "rosters", data=form, files={"file": ("daftar.csv", listed(school))})
        path = f"rosters/{sent['id']}"
        counts = self._api.until(user, path, "preview", *NEVER)["counts"]
        if (counts.get("refused"), counts.get("duplicate")) != (1, 1):
            self.result.findings.append(f"{school.npsn}: one row was to be refused, one twice: {counts}")
        choice = {"end_missing": True, "end_count": counts.get("left", 0), "confirm_npsn": school.npsn}
        self._api.ask(user, "POST", f"{path}/application", json=choice)
        self._api.until(user, path, "applied", *NEVER)
        school.rosters.append(sent["id"])
        self.result.rosters += 1

    def _confirm(self) -> None:
        for school in self.schools:
            user = f"school-{school.npsn}"
            query = f"transfers?npsn={school.npsn}&state=proposed&limit=200"
            mine = [one["id"] for one in self._api.ask(user, "GET", query)["items"] if one["to_npsn"] == school.npsn]
            if mine:
                done = self._api.ask(user, "POST", "transfer-confirmations", json={"transfer_ids": mine})
                self.result.transfers += done["pupils"]

    def _compare(self, school: School) -> None:
        """The school's pupils as it sees them, against what is to be."""
        pupils = self._api.every(f"school-{school.npsn}", f"pupils?npsn={school.npsn}")
        names, ids = [one["name"] for one in pupils], {one["id"] for one in pupils}
        expected = [name(number) for number in school.children] + [nameless(school, one) for one in range(NAMELESS)]
        lost, more = sorted(set(expected) - set(names)), sorted(set(names) - set(expected))
        twice = len(names) - len(set(names))
        if lost or more or twice:
            self.result.findings.append(f"{school.npsn}: {len(lost)} lost, {len(more)} too many, {twice} twice")
        self.result.pupils += len(names)
        self.seen[school.npsn] = ids


def listed(school: School) -> bytes:
    """A school's list as CSV."""
    rows = [child(number) for number in school.children]
    twice, unclassed = dict(rows[0]), {**child(school.children[0]), "NISN": "", "NIK": "", "Rombel Saat Ini": ""}
    none = [
        {**child(school.children[0]), "Nama": nameless(school, one), "NISN": "0000000000", "NIK": "-"}
        for one in range(NAMELESS)
    ]
    output = io.StringIO()
    writer = csv.DictWriter(output, HEAD, delimiter=";")
    writer.writeheader()
    writer.writerows([*rows, twice, unclassed, *none])
    return output.getvalue().encode()


def child(number: int) -> dict[str, Any]:
    """A made-up child: NIK serials of 9000 and above belong to nobody."""
    grade = number % 6 + 1
    year, month, day = 2019 - grade, number % 12 + 1, number // 13_000 % 28 + 1
    region, serial = f"3671{number % 13 + 1:02d}", 9000 + number // 13 % 1000
    girl = number % 2 == 1
    return {
        "Nama": name(number),
        "NIPD": number,
        "JK": "P" if girl else "L",
        "NISN": f"7{number:09d}",
        "Tanggal Lahir": f"{year}-{month:02d}-{day:02d}",
        "NIK": f"{region}{day + 40 * girl:02d}{month:02d}{year % 100:02d}{serial}",
        "Rombel Saat Ini": f"Kelas {grade} A",
        "No KK": f"{region}1205{10 + number // 13_000 % 28:02d}{serial}",
    }


def name(number: int) -> str:
    """Each child's own."""
    return f"Anak Simulasi {number}"


def nameless(school: School, place: int) -> str:
    """A child without a number: the same in every list of the school."""
    return f"Tanpa Nomor {school.npsn} {place}"
