"""Every command that README and the documents name is there, and does its work on a running suite."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import amqp
import pytest

from chassis.broker import DEAD, ConfirmedBatch, ServiceQueues, connect
from kota.demo.city import burial_unit
from kota.demo.waivers import RULES
from tests.kota.importing import files
from tests.support.processes import ROOT
from tests.support.suite import Installation
from tests.support.waiting import until

DOCUMENTS = ("README.md", "docs/deploying.md", "docs/operations.md", "docs/performance.md", "docs/testing.md")
COMMAND = re.compile(r"(?:`|-m )kota ((?:[a-z]+(?:-[a-z]+)* ?)+)")
TARGET = re.compile(r"\bmake ([a-z]+)\b(?! [a-z]+ of)")
OF_THE_SUITE_ITSELF = {"up", "down", "reset"}
"""Every test with a suite runs the first two; the third would end it."""
OF_OTHER_SERVERS = {"provision broker", "provision secrets"}
"""Run by tests/kota/test_provisioning.py, on servers of their own."""

Arguments = Callable[[Path], list[str]]
RUN: dict[str, Arguments] = {
    "status": lambda _: [],
    "dead list": lambda _: [],
    "audit verify": lambda _: [],
    "migrate": lambda _: [],
    "import areas": lambda folder: [str(files.collection(folder, files.feature()))],
    "import facilities": lambda folder: [str(files.table(folder, files.CLINIC, files.BASE))],
    "import hearse-fleet": lambda folder: [unit(folder)],
    "import schools": lambda folder: [schools(folder)],
    "simulate rosters": lambda _: ["--schools", "3", "--pupils", "20", "--seed", "7"],
    "simulate crowd": lambda _: ["--owners", "40", "--seats", "6", "--seed", "7"],
    "simulate year": lambda _: ["--seed", "7"],
    "simulate ladder": lambda _: ["--seed", "7", "--groups", "1", "--days", "60"],
    "rules try": lambda folder: [rules(folder), "--programme", "bop", "--school-year", "2026/2027"],
    "rules replay": lambda _: [],
    "simulate day": lambda _: ["--incidents", "2", "--speed", "6000", "--nuisance", "2", "--seed", "7"],
    "simulate replay": lambda folder: ["--since", "2026-11-01", "--units", fleet(folder), "--picture", picture(folder)],
}


def fleet(folder: Path) -> str:
    path = folder / "fleet.csv"
    path.write_text("longitude,latitude\n106.65,-6.15\n106.62,-6.18\n")
    return str(path)


def unit(folder: Path) -> str:
    path = folder / "unit.json"
    path.write_text(json.dumps(burial_unit()))
    return str(path)


def rules(folder: Path) -> str:
    path = folder / "rules.json"
    path.write_text(json.dumps(RULES[0]["rules"] | {"grades": [1, 2]}))
    return str(path)


def schools(folder: Path) -> str:
    path = folder / "schools.csv"
    path.write_text("npsn,name,level,status,kecamatan_code,address,lat,lng\n99000081,SD UJI,SD,negeri,36.71.01,,,\n")
    return str(path)


def picture(folder: Path) -> str:
    return str(folder / "replay.png")


def documented() -> set[str]:
    found = {match.strip() for name in DOCUMENTS for match in COMMAND.findall((ROOT / name).read_text("utf-8"))}
    return {
        next((known for known in (*RUN, *OF_OTHER_SERVERS) if f"{one} ".startswith(f"{known} ")), one) for one in found
    }


def test_no_documented_command_is_left_out_here() -> None:
    assert {"status", "dead list", "audit verify", "simulate day"} <= documented()
    assert documented() <= {*RUN, *OF_THE_SUITE_ITSELF, *OF_OTHER_SERVERS}, "say above how to run it"


def test_every_documented_target_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {match for name in DOCUMENTS for match in TARGET.findall((ROOT / name).read_text("utf-8"))}
    assert {"up", "test"} <= named <= targets


@pytest.mark.parametrize("command", RUN)
@pytest.mark.timeout(180)
def test_it_does_its_work(running: Installation, tmp_path: Path, command: str) -> None:
    done = running.kota(*command.split(), *RUN[command](tmp_path))
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Traceback" not in said, said
    if command == "simulate replay":
        assert Path(picture(tmp_path)).stat().st_size > 1000


def park(running: Installation, reason: str) -> str:
    """A parked message of the hearse; returns its id."""
    id, queues = str(uuid.uuid4()), ServiceQueues("hearse")
    headers = {
        "ce-id": id,
        "ce-type": "ambulance.patient-deceased.v9",
        "x-attempt": 1,
        "x-reason": reason,
        "ce-time": datetime.now(UTC).isoformat(),
    }
    with connect(running.suite.amqp_uri("kota"), name="test") as connection:
        batch = ConfirmedBatch(connection)
        batch.send(amqp.Message("{}", delivery_mode=2, application_headers=headers), queues.delay, DEAD)
        batch.wait()
    return id


def test_a_parked_message_is_listed_shown_replayed_and_dropped(running: Installation) -> None:
    kept, gone = park(running, "nobody here handles this type"), park(running, "of no use")

    def listed() -> str:
        return running.kota("dead", "list", "hearse").stdout

    until(lambda: kept in listed() and gone in listed(), "both to be listed", limit=20)
    assert kept in running.kota("dead", "show", "hearse", kept).stdout
    assert running.kota("dead", "drop", "hearse", gone, "--reason", "a test").returncode == 0
    assert gone not in listed() and kept in listed()
    assert running.kota("dead", "replay", "hearse", kept).returncode == 0
    until(lambda: "nobody here handles" in listed(), "the message to be parked again", limit=20)
    assert running.kota("dead", "drop", "hearse", "--all", "--reason", "a test").returncode == 0
    assert "Nothing is parked" in listed()
