"""The education office that is measured: its rosters as the service gets them, and a whole city's pupils."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from bench.education_files import FAMILY, GIVEN
from bench.servers import servers
from chassis.jobs import lease
from chassis.migrate import upgrade
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.storage import Storage
from chassis.work import Cause, Work
from contracts import education as asked
from contracts.base import Request
from contracts.context import Actor
from services.education.domain.roster.details import packed_by_name
from services.education.handlers import pupils, rosters, schools, undoing
from services.education.handlers.name_index import index_of
from services.education.store.pupil import DETAILS

ONE = "99000001"
EVERYWHERE = Actor(subject="officer-1")
YEAR = "2026/2027"
PUPILS = (
    "enrolment",
    "guardian",
    "pupil_identifier",
    "pupil",
    "roster_before",
    "roster_row",
    "roster",
    "outbox",
    "timer",
)
CHUNK = 5_000


@contextmanager
def private_office() -> Iterator[Office]:
    """On a database and a folder of its own, which are gone afterwards."""
    with servers(("education",)) as private, tempfile.TemporaryDirectory() as folder:
        database = private.databases["education"]
        upgrade("education", database)
        os.environ["STORAGE_URL"] = Path(folder).as_uri()
        yield Office(database, Path(folder))


class Office:
    """Asks the real handlers."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder, self.storage = url, folder, Storage(folder.as_uri())
        self.runtime = Runtime(Settings(service="education", database_url=url))
        self.numbers = itertools.count()
        self.schools(1)

    def ask(self, handler: Callable[[Work, Any], Any], request: Request) -> Any:
        """The reply."""

        def task(work: Work) -> Any:
            reply = handler(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=EVERYWHERE, action="bench", correlation_id="bench", purpose="bench")
        return self.runtime.run(task, cause, transactional=request.changes)

    def schools(self, count: int) -> None:
        """99000001, …"""
        rows = [
            {
                "npsn": str(99_000_001 + number),
                "name": f"SD CONTOH {number + 1}" if number else "SD CONTOH SATU",
                "level": "SD",
                "ownership": "private",
                "kecamatan_code": f"36.71.{number % 13 + 1:02d}",
            }
            for number in range(count)
        ]
        for start in range(0, count, 500):
            told = asked.ImportSchools.model_validate({"schools": rows[start : start + 500]})
            self.ask(schools.import_schools, told)

    def upload(self, file: Path) -> UUID:
        """The file lies in storage and the service is told."""
        content = file.read_bytes()
        key = "rosters/" + hashlib.sha256(str(next(self.numbers)).encode()).hexdigest()
        with self.storage.writing(key) as target:
            target.write(content)
        stored = {"key": key, "name": file.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        told = asked.UploadRoster.model_validate({"npsn": ONE, "school_year": YEAR, "file": stored})
        id: UUID = self.ask(rosters.upload_roster, told).id
        return id

    def job(self, kind: str) -> list[str]:
        """The command by which the service would start the job that is due."""
        timer = lease(self.runtime, (kind,))
        assert timer is not None, f"no {kind} is due"
        os.environ["DATABASE_URL_EDUCATION"] = self.url
        return [sys.executable, "-m", "chassis.job", "education", str(timer.id)]

    def choose(self, roster: UUID) -> None:
        """It is to be applied."""
        assert self.state(roster) == "preview", self.state(roster)
        self.ask(rosters.apply_roster, asked.ApplyRoster(roster_id=roster))

    def undo(self, roster: UUID) -> float:
        """It is taken back; seconds."""
        began = time.perf_counter()
        self.ask(undoing.undo_roster, asked.UndoRoster(roster_id=roster, reason="bench"))
        return time.perf_counter() - began

    def state(self, roster: UUID) -> str:
        """Of a roster."""
        return str(self.ask(rosters.get_roster, asked.GetRoster(roster_id=roster)).state)

    def count(self, table: str) -> int:
        """Rows."""
        return int(self._run(f"SELECT count(*) FROM {table}")[0][0])

    def empty(self) -> None:
        """No pupils any more."""
        with self.runtime.engine.connect() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(PUPILS)} CASCADE"))
            connection.execute(text("VACUUM ANALYZE"))

    def fill(self, pupils_wanted: int, schools_wanted: int) -> None:
        """A whole city's pupils, straight into the tables: only how they are found is measured."""
        self.schools(schools_wanted)
        self.schools_there = schools_wanted
        draw, keys, cipher = random.Random(7), self.runtime.person_keys, self.runtime.cipher
        words: dict[str, tuple[int, ...]] = {}
        now = self.runtime.now()
        common = ("L", "2016-05-10", b"", False, b"", now, now, "bench", 1)
        self.filled = pupils_wanted
        with self.runtime.connect() as connection:
            for start in range(0, pupils_wanted, CHUNK):
                people = [
                    (self.runtime.new_id(), number, f"{draw.choice(GIVEN)} {draw.choice(GIVEN)} {draw.choice(FAMILY)}")
                    for number in range(start, min(start + CHUNK, pupils_wanted))
                ]
                cursor = connection.cursor()
                with cursor.copy(_PUPIL) as copy:
                    for id, number, name in people:
                        told = packed_by_name({"name": name.upper(), "nisn": f"{number + 3_000_000:010d}"}).decode()
                        sealed = cipher.encrypt(told, field=DETAILS, row=id)
                        copy.write_row((id, index_of(keys, name, words), sealed, *common))
                with cursor.copy("COPY pupil_identifier (kind, hash, pupil_id) FROM STDIN") as copy:
                    for id, number, _ in people:
                        copy.write_row(("nisn", keys.checked("nisn", f"{number + 3_000_000:010d}"), id))
                with cursor.copy(_ENROLMENT) as copy:
                    for id, number, _ in people:
                        npsn = str(99_000_001 + number % schools_wanted)
                        place = (number % 6 + 1, f"Kelas {number % 6 + 1} A", YEAR, "2026-07-13")
                        copy.write_row((self.runtime.new_id(), id, npsn, *place))
            connection.execute("VACUUM ANALYZE")

    def questions(self) -> dict[str, Callable[[], float]]:
        """What people ask: milliseconds of one answer."""
        draw = random.Random(3)

        def npsn() -> str:
            return str(99_000_001 + draw.randrange(self.schools_there))

        return {
            "pupils of a school": lambda: self._timed(asked.ListPupils(npsn=npsn())),
            "pupils of a grade": lambda: self._timed(asked.ListPupils(npsn=npsn(), grade=draw.randint(1, 6))),
            "by a name, whole city": lambda: self._timed(
                asked.ListPupils(search=f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}")
            ),
            "by a name, one school": lambda: self._timed(asked.ListPupils(npsn=npsn(), search=draw.choice(GIVEN))),
            "by NISN": lambda: self._timed(asked.ListPupils(search=f"{3_000_000 + draw.randrange(self.filled):010d}")),
            "the page of a school": lambda: self._timed(asked.GetSchool(npsn=npsn())),
        }

    def _timed(self, query: Request) -> float:
        handler = schools.get_school if isinstance(query, asked.GetSchool) else pupils.list_pupils
        began = time.perf_counter()
        self.ask(handler, query)
        return (time.perf_counter() - began) * 1000

    def _run(self, statement: str) -> list[Any]:
        with self.runtime.engine.connect() as connection:
            return list(connection.execute(text(statement)))


_PUPIL = (
    "COPY pupil (id, name_index, details, sex, birth_date, name_key, provisional, fingerprint, created_at, changed_at,"
    " changed_by, version) FROM STDIN"
)
_ENROLMENT = "COPY enrolment (id, pupil_id, npsn, grade, class_name, school_year, from_on) FROM STDIN"
