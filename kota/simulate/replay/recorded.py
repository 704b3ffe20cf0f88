"""Calls as they were recorded: when, where, how long the crew was on scene and at the hospital, how fast it drove."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from contracts.ambulance.values import IncidentClass, Triage
from contracts.geography import Point
from kota.importing.faults import Fault, refuse
from kota.importing.reading import read_table

COLUMNS = ("called_at", "longitude", "latitude", "on_scene_min", "transport", "handover_min")
DRIVE_RATIOS = (0.3, 3.0)
"""Recorded over expected driving time; what lies beyond is a milestone pressed too late or too early."""


@dataclass(frozen=True)
class Recorded:
    """One unit's work for one call. None: it was not recorded. `response` in minutes, as it really was."""

    called_at: datetime
    place: Point
    triage: Triage | None
    on_scene: float | None
    transported: bool
    handover: float | None
    drive_ratio: float = 1.0
    response: float | None = None


@dataclass
class History:
    """What was read, and how many incidents were left out for which reason."""

    calls: list[Recorded] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def history(incidents: Iterable[dict[str, Any]]) -> History:
    """The emergencies of the API's incidents to which a unit came; each unit that came is a call of its own."""
    read = History()
    for incident in incidents:
        reached = [one for one in incident["assignments"] if "on_scene" in _milestones(one)]
        if incident["incident_class"] != IncidentClass.EMERGENCY:
            read.left_out["not an emergency"] += 1
        elif incident["location"] is None:
            read.left_out["without a point on the map"] += 1
        elif not reached:
            read.left_out["no unit reached the scene"] += 1
        else:
            read.calls += _calls(incident, reached)
    read.calls.sort(key=lambda call: call.called_at)
    return read


def _calls(incident: dict[str, Any], reached: list[dict[str, Any]]) -> Iterator[Recorded]:
    place = Point(coordinates=tuple(incident["location"]["coordinates"]))
    triage = Triage(incident["triage"]) if incident["triage"] else None
    opened = datetime.fromisoformat(incident["opened_at"])
    for number, one in enumerate(sorted(reached, key=lambda one: one["dispatched_at"])):
        at = _milestones(one)
        called = opened if number == 0 else datetime.fromisoformat(one["dispatched_at"])
        left = at.get("patient_loaded") or at.get("completed")
        ended = at.get("handed_over") or at.get("completed")
        yield Recorded(
            called_at=called,
            place=place,
            triage=triage,
            on_scene=_minutes(at["on_scene"], left),
            transported="at_hospital" in at or "patient_loaded" in at,
            handover=_minutes(at.get("at_hospital"), ended),
            drive_ratio=_drive_ratio(one, at),
            response=_minutes(called, at["on_scene"]),
        )


def _milestones(assignment: dict[str, Any]) -> dict[str, datetime]:
    return {one["milestone"]: datetime.fromisoformat(one["at"]) for one in assignment["milestones"]}


def _minutes(since: datetime | None, until: datetime | None) -> float | None:
    return None if since is None or until is None else max(0.0, (until - since).total_seconds() / 60)


def _drive_ratio(assignment: dict[str, Any], at: dict[str, datetime]) -> float:
    started = at.get("en_route") or at.get("acknowledged") or datetime.fromisoformat(assignment["dispatched_at"])
    expected = assignment["expected_seconds"]
    if not expected:
        return 1.0
    least, most = DRIVE_RATIOS
    return min(most, max(least, (at["on_scene"] - started).total_seconds() / expected))


def read_calls(path: Path) -> History:
    """A CSV of calls; `triage` and `drive_ratio` are optional columns. Raises BadFile with every fault."""
    calls, faults = [], []
    for line, row in read_table(path, COLUMNS):
        try:
            calls.append(_row(row))
        except ValueError as error:
            text = str(error).partition("\n")[0]
            faults.append(Fault(line, "row", text, "write times with their offset, and numbers with a point"))
    refuse(path.name, faults)
    return History(sorted(calls, key=lambda call: call.called_at))


def _row(row: dict[str, str]) -> Recorded:
    called_at = datetime.fromisoformat(row["called_at"])
    if called_at.tzinfo is None:
        raise ValueError(f"called_at has no offset: {row['called_at']}")
    return Recorded(
        called_at=called_at,
        place=Point(coordinates=(float(row["longitude"]), float(row["latitude"]))),
        triage=Triage(row["triage"]) if row.get("triage") else None,
        on_scene=float(row["on_scene_min"]),
        transported=row["transport"] == "1",
        handover=float(row["handover_min"] or 0),
        drive_ratio=float(row.get("drive_ratio") or 1),
    )
