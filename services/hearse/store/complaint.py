"""Complaints and their answers; encrypted."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, RowMapping, Table, Text, Uuid, select

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.hearse.requests.supervision import ListComplaints

from ..domain.complaint import Complaint
from .columns import locked, metadata, moment

complaint = Table(
    "complaint",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("booking_id", Uuid, ForeignKey("booking.id"), nullable=False, index=True),
    moment("made_at", required=True),
    Column("text", Text, comment="encrypted"),
    Column("answer", Text, comment="encrypted"),
    moment("answered_at"),
    Column("answered_by", Text),
    Index("ix_complaint_made_at_id", "made_at", "id"),
)


def add(work: Work, new: Complaint) -> None:
    """Store a new complaint."""
    text = encrypt(work, new.text, "complaint.text", new.id)
    work.insert(complaint, id=new.id, booking_id=new.booking_id, made_at=new.made_at, text=text)


def save(work: Work, answered: Complaint) -> None:
    """Store an answer."""
    answer = encrypt(work, answered.answer, "complaint.answer", answered.id)
    standing = {"answered_at": answered.answered_at, "answered_by": answered.answered_by}
    work.update(complaint, {"id": answered.id}, answer=answer, **standing)


def erase(work: Work, booking_id: UUID) -> None:
    """Forget what was said."""
    work.read(complaint.update().where(complaint.c.booking_id == booking_id).values(text=None, answer=None))


def get(work: Work, complaint_id: UUID, *, lock: bool = False) -> Complaint | None:
    """One complaint."""
    row = work.read(locked(select(complaint).where(complaint.c.id == complaint_id), lock)).mappings().first()
    return _entity(work, row) if row else None


def unanswered(work: Work, booking_id: UUID) -> bool:
    """True if the booking has one."""
    waiting = (complaint.c.booking_id == booking_id) & complaint.c.answered_at.is_(None)
    return work.read(select(complaint.c.id).where(waiting).limit(1)).first() is not None


def pages(work: Work, query: ListComplaints) -> tuple[list[Complaint], str | None]:
    """Newest first."""
    statement = select(complaint)
    if query.answered is not None:
        answered = complaint.c.answered_at.is_not(None)
        statement = statement.where(answered if query.answered else ~answered)
    rows, cursor = page(work, statement, query, complaint.c.made_at, complaint.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def _entity(work: Work, row: RowMapping) -> Complaint:
    return Complaint(
        id=row["id"],
        booking_id=row["booking_id"],
        made_at=row["made_at"],
        text=decrypt(work, row["text"], "complaint.text", row["id"]),
        answer=decrypt(work, row["answer"], "complaint.answer", row["id"]),
        answered_at=row["answered_at"],
        answered_by=row["answered_by"],
    )
