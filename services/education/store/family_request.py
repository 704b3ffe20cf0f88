"""Corrections that parents ask for, complaints of levies; what they wrote is encrypted."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, RowMapping, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import ComplaintState, ListCorrectionRequests, ListLevyComplaints

from ..domain.family_requests import Complaint, CorrectionRequest
from .columns import locked, metadata, moment
from .enrolment import enrolment, here
from .school import KIND

CORRECTION_WAITING_SECONDS = """
SELECT coalesce(extract(epoch FROM now() - min(asked_at)), 0) FROM correction_request WHERE answered_at IS NULL
"""

correction_request = Table(
    "correction_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("pupil_id", Uuid, nullable=False),
    Column("citizen", Text, nullable=False),
    Column("text", Text, nullable=False, comment="encrypted"),
    moment("asked_at", required=True),
    moment("due_at", required=True),
    moment("answered_at"),
    Column("answered_by", Text),
    Column("corrected", Boolean),
    Column("answer", Text, comment="encrypted"),
)
complaint = Table(
    "complaint",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("npsn", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("text", Text, nullable=False, comment="encrypted"),
    Column("citizen", Text),
    Column("state", Text, nullable=False),
    moment("received_at", required=True),
    moment("decided_at"),
    Column("decided_by", Text),
    Column("answer", Text, comment="encrypted"),
)
_SEALED = ("text", "answer")


def put(work: Work, changed: CorrectionRequest | Complaint, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    table = complaint if isinstance(changed, Complaint) else correction_request
    values = {one.name: getattr(changed, one.name) for one in fields(changed) if one.name != "id"}
    for name in _SEALED:
        values[name] = encrypt(work, values[name], f"{table.name}.{name}", changed.id)
    if known:
        work.update(table, {"id": changed.id}, **values)
    else:
        work.insert(table, id=changed.id, **values)


def get_correction(work: Work, request_id: UUID) -> CorrectionRequest | None:
    """One, locked."""
    wanted = select(correction_request).where(correction_request.c.id == request_id)
    row = work.read(locked(wanted, True)).mappings().first()
    return CorrectionRequest(**_opened(work, correction_request, row)) if row else None


def get_complaint(work: Work, complaint_id: UUID) -> Complaint | None:
    """One, locked."""
    row = work.read(locked(select(complaint).where(complaint.c.id == complaint_id), True)).mappings().first()
    return _complaint(work, row) if row else None


def corrections(work: Work, query: ListCorrectionRequests) -> tuple[list[CorrectionRequest], str | None]:
    """What is due first stands first; only about pupils at schools that the caller may see."""
    table = correction_request
    statement = select(table).outerjoin(enrolment, (enrolment.c.pupil_id == table.c.pupil_id) & here)
    if KIND in work.actor.rows:
        statement = statement.where(enrolment.c.npsn.in_(work.actor.rows[KIND]))
    if query.answered is not None:
        statement = statement.where(table.c.answered_at.is_not(None) == query.answered)
    rows, cursor = page(work, statement, query, table.c.due_at, table.c.id)
    return [CorrectionRequest(**_opened(work, table, row)) for row in rows], cursor


def complaints(work: Work, query: ListLevyComplaints) -> tuple[list[Complaint], str | None]:
    """Oldest first."""
    statement = select(complaint)
    if query.npsn is not None:
        statement = statement.where(complaint.c.npsn == query.npsn)
    if query.state is not None:
        statement = statement.where(complaint.c.state == query.state)
    rows, cursor = page(work, statement, query, complaint.c.received_at, complaint.c.id)
    return [_complaint(work, row) for row in rows], cursor


def _complaint(work: Work, row: RowMapping) -> Complaint:
    values = _opened(work, complaint, row)
    return Complaint(**{**values, "state": ComplaintState(row["state"])})


def _opened(work: Work, table: Table, row: RowMapping) -> dict[str, Any]:
    return {**row, **{name: decrypt(work, row[name], f"{table.name}.{name}", row["id"]) for name in _SEALED}}
