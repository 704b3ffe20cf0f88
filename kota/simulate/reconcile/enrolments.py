"""Who goes to which school by the events alone: what a listener would know who has heard all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import create_engine, text

from .listening import listen

Enrolled = dict[str, set[str]]
"""Ids of pupils by school."""
_HERE = text("SELECT npsn, pupil_id::text FROM enrolment WHERE to_on IS NULL AND npsn = ANY(:npsns)")


class Listener:
    """Hears events in the order in which they were published; one that comes again is heard once."""

    def __init__(self) -> None:
        self._heard: set[str] = set()
        self._school: dict[str, str] = {}

    def hear(self, id: str, event_type: str, body: str) -> None:
        """One event."""
        if id in self._heard:
            return
        self._heard.add(id)
        told: dict[str, Any] = json.loads(body) if event_type.startswith("education.") else {}
        match event_type:
            case "education.pupils-enrolled.v1":
                self._school |= {one["pupil_id"]: told["npsn"] for one in told["pupils"]}
            case "education.transfer-confirmed.v1":
                self._school[told["pupil_id"]] = told["to_npsn"]
            case "education.enrolments-ended.v1":
                for pupil in told["pupil_ids"]:
                    if self._school.get(pupil) == told["npsn"]:
                        del self._school[pupil]
            case "education.pupils-joined.v1":
                npsn = self._school.pop(told["duplicate_id"], None)
                if npsn is not None:
                    self._school[told["pupil_id"]] = npsn

    def enrolled(self, npsns: Iterable[str]) -> Enrolled:
        """Who is at these schools."""
        found: Enrolled = {npsn: set() for npsn in npsns}
        for pupil, npsn in self._school.items():
            if npsn in found:
                found[npsn].add(pupil)
        return found


def by_events(amqp_uri: str, expected: Enrolled, limit: float) -> Enrolled:
    """What the stream tells of the schools in `expected`, as soon as it is that; at most `limit` seconds of reading."""
    listener = Listener()
    listen(amqp_uri, listener.hear, lambda: listener.enrolled(expected) == expected, limit)
    return listener.enrolled(expected)


def by_database(url: str, npsns: list[str]) -> Enrolled:
    """What the education service's database holds."""
    engine = create_engine(url, connect_args={"connect_timeout": 5})
    found: Enrolled = {npsn: set() for npsn in npsns}
    with engine.connect() as connection:
        for npsn, pupil in connection.execute(_HERE, {"npsns": npsns}):
            found[npsn].add(pupil)
    engine.dispose()
    return found
