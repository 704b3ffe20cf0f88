"""A bank's file of 50,000 payments: read, matched and booked, beside a bare COPY + UPDATE of as many lines.

`python -m bench.umkm_capital [--lines 50000] [--rounds 3]`: as many loans as lines, each with ten instalments and three
payments before. One line in a hundred waits for a person, one in two hundred settles its loan. Both sides begin with
the file on disk and end with the commit. Ours is what the service does: the file is taken, then booked by its job; a
last file is booked in a process of its own, whose memory is looked at. The bare side keeps a balance in each loan's
row; its lines have their transaction as key, and an index by which a loan's payments are found.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.processes import process_and_memory
from bench.servers import servers
from bench.umkm_loans import fill
from chassis.jobs import lease, perform
from chassis.migrate import upgrade
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.storage import Storage
from chassis.work import Cause, Work
from contracts import umkm as asked
from contracts.context import Actor
from contracts.times import WIB
from services.umkm.handlers.capital import bank_files
from services.umkm.jobs import JOBS

GOAL_RATIO, GOAL_MEGABYTES = 2.0, 200
BANK = Actor(subject="bench")
INSTALMENT, OWED = 206_000, 2_060_000 - 3 * 206_000
_BARE_TABLES = """
DROP TABLE IF EXISTS bare_line, bare_loan;
CREATE TABLE bare_line (transaction text PRIMARY KEY, reference text, value_date date, rupiah bigint);
CREATE INDEX ON bare_line (reference);
CREATE TABLE bare_loan (reference text PRIMARY KEY, balance bigint);
INSERT INTO bare_loan SELECT reference, 1442000 FROM loan;
ANALYZE bare_loan;
"""
_BARE_UPDATE = """
UPDATE bare_loan b SET balance = balance - l.rupiah
FROM (SELECT reference, sum(rupiah) AS rupiah FROM bare_line GROUP BY reference) l WHERE l.reference = b.reference
"""


def main() -> None:
    """Print seconds, ratio and memory of each round, then the medians."""
    parser = argparse.ArgumentParser(prog="python -m bench.umkm_capital", description=__doc__)
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 7), help="the seventh settles every loan")
    options = parser.parse_args()
    ratios = list[float]()
    with _private() as (runtime, url):
        references = fill(runtime, options.lines)
        today = runtime.now().astimezone(WIB).date()
        for number in range(options.rounds):
            content = file_of(number, references, today)
            bare = _bare(runtime, content)
            ours, _, told = _ours(runtime, url, content)
            ratios.append(ours / bare)
            print(f"round {number + 1}  bare {bare:.2f} s  ours {ours:.2f} s  {ratios[-1]:.2f} x  {told}", flush=True)
        _, most, _ = _ours(runtime, url, file_of(options.rounds, references, today), apart=True)
    middle = statistics.median(ratios)
    print(f"{options.lines:,} lines booked: median {middle:.2f} x a bare COPY + UPDATE (goal: {GOAL_RATIO:.0f})")
    print(f"memory of the job's process: {most} MB (goal: {GOAL_MEGABYTES})")


def file_of(number: int, references: list[str], today: date) -> bytes:
    """A day's file: every loan pays an instalment but for a few of each kind."""
    day, lines, rupiah = today, list[str](), 0
    for at, reference in enumerate(references):
        name, sum_ = f"B{number:02d}{at:08d}", INSTALMENT
        if at % 200 == number:
            sum_ = OWED + 1_000 * (at % 400 == number)  # settles, every other with something over
        named = f"9{reference[1:]}" if at % 100 == 50 else reference
        lines.append(f"P;{name};{named};{day};{sum_}")
        rupiah += sum_
    body = f"H;110;{number + 1:06d};{day};{day}\r\n" + "\r\n".join(lines) + "\r\n"
    content = body.encode()
    return content + f"T;{len(lines)};{rupiah};{hashlib.sha256(content).hexdigest()}\r\n".encode()


def _bare(runtime: Runtime, content: bytes) -> float:
    with runtime.connect() as connection:
        connection.execute(_BARE_TABLES)
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            began = time.perf_counter()
            with connection.transaction():
                with (
                    connection.cursor().copy("COPY bare_line FROM STDIN (DELIMITER ';')") as copy,
                    open(file.name) as lines,
                ):
                    for line in lines:
                        if line.startswith("P;"):
                            copy.write(line[2:].replace("\r", ""))
                connection.execute(_BARE_UPDATE)
            return time.perf_counter() - began


def _ours(runtime: Runtime, url: str, content: bytes, *, apart: bool = False) -> tuple[float, int, str]:
    storage, digest = Storage.from_environment(), hashlib.sha256(content).hexdigest()
    with storage.writing(f"bankfiles/{digest}") as file:
        file.write(content)
    stored = {"key": f"bankfiles/{digest}", "name": "mutasi.csv", "size": len(content), "sha256": digest}
    request = asked.SendBankFile.model_validate({"file": stored})
    began = time.perf_counter()
    sent = _ask(runtime, lambda work: bank_files.send_bank_file(work, request))
    taking = time.perf_counter() - began
    timer = lease(runtime, tuple(JOBS))
    assert timer is not None, "the job is due"
    megabytes = 0
    if apart:
        os.environ["DATABASE_URL_UMKM"] = url
        _, megabytes = process_and_memory([sys.executable, "-m", "chassis.job", "umkm", str(timer.id)])
    else:
        perform(runtime, JOBS[timer.kind], timer)
    took = time.perf_counter() - began
    file_id = UUID(str(sent.id))
    told = _ask(runtime, lambda work: bank_files.get_bank_file(work, asked.GetBankFile(bank_file_id=file_id)))
    if told.state != "booked":
        raise SystemExit(f"the file was not booked: {told}")
    return took, megabytes, f"booked {told.booked}, waiting {told.waiting}; of it taking the file {taking:.2f} s"


def _ask(runtime: Runtime, task: Any) -> Any:
    def unit(work: Work) -> Any:
        reply = task(work)
        work.commit()
        return reply

    return runtime.run(unit, Cause(actor=BANK, action="bench", correlation_id="bench"))


@contextmanager
def _private() -> Iterator[tuple[Runtime, str]]:
    with servers(("umkm",)) as private, tempfile.TemporaryDirectory() as folder:
        url = private.databases["umkm"]
        upgrade("umkm", url)
        os.environ["STORAGE_URL"] = Path(folder).as_uri()
        yield Runtime(Settings(service="umkm", database_url=url)), url


if __name__ == "__main__":
    main()
