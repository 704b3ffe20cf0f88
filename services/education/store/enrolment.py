"""Times of pupils at schools; at most one of a pupil is open (uq_enrolment_pupil_id_open)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Date, SmallInteger, Table, Text, Uuid

from contracts.education import EnrolmentEnd

from ..domain.pupil import Enrolment
from .columns import metadata

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("npsn", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("grade", SmallInteger, nullable=False),
    Column("class_name", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("ended", Text),
    Column("opened_by", Uuid, comment="the roster that did it"),
    Column("closed_by", Uuid, comment="the roster that did it"),
)
here = enrolment.c.to_on.is_(None)


def entity(row: Mapping[str, Any]) -> Enrolment:
    """One of a row."""
    ended = EnrolmentEnd(row["ended"]) if row["ended"] else None
    return Enrolment(
        row["id"], row["npsn"], row["school_year"], row["grade"], row["class_name"], row["from_on"], row["to_on"], ended
    )
