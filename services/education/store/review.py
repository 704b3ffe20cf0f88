"""Reviews: an agreement of which a levy was upheld; pupils whose school's agreement does not hold any more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Text, Uuid, select, text

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.education import ListReviews, ReviewKind, ReviewState

from .columns import locked, metadata, moment
from .enrolment import enrolment, here
from .school import KIND

NOTE = "review.note"
review = Table(
    "review",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("npsn", Text, nullable=False),
    Column("pupil_id", Uuid),
    Column("cause_id", Uuid, nullable=False, comment="the complaint or the agreement"),
    moment("opened_at", required=True),
    moment("finished_at"),
    Column("finished_by", Text),
    Column("note", Text, comment="encrypted"),
)
_OPEN_FOR_PUPILS = text("""
INSERT INTO review (id, kind, state, npsn, pupil_id, cause_id, opened_at)
SELECT gen_random_uuid(), :kind, 'open', :npsn, e.pupil_id, :cause, :now FROM enrolment e
WHERE e.npsn = :npsn AND e.to_on IS NULL AND EXISTS (SELECT FROM waiver w
  WHERE w.pupil_id = e.pupil_id AND w.programme = 'bop' AND w.school_year = :school_year AND w.state = 'active')
ON CONFLICT (cause_id, kind, pupil_id) DO UPDATE SET state = 'open', opened_at = excluded.opened_at,
  finished_at = NULL, finished_by = NULL, note = NULL
RETURNING pupil_id
""")
_WITHDRAW = text("""
UPDATE review SET state = 'withdrawn', finished_at = :now
WHERE cause_id = :cause AND kind = :kind AND state = 'open' RETURNING pupil_id
""")


def open_for_pupils(work: Work, kind: ReviewKind, npsn: str, school_year: str, cause_id: UUID) -> list[UUID]:
    """One for each pupil with a waiver at a school; returns whose."""
    told = {"kind": kind, "npsn": npsn, "school_year": school_year, "cause": cause_id, "now": work.now}
    return sorted(work.read(_OPEN_FOR_PUPILS, told).scalars())


def open_for_school(work: Work, kind: ReviewKind, npsn: str, cause_id: UUID) -> None:
    """One about a school's agreement."""
    state = ReviewState.OPEN
    id = work.new_id()
    work.insert(review, id=id, kind=kind, state=state, npsn=npsn, cause_id=cause_id, opened_at=work.now)


def withdraw(work: Work, kind: ReviewKind, cause_id: UUID) -> int:
    """Those that are still open; returns how many."""
    return len(work.read(_WITHDRAW, {"kind": kind, "cause": cause_id, "now": work.now}).all())


def get(work: Work, review_id: UUID) -> dict[str, Any] | None:
    """One, locked."""
    row = work.read(locked(select(review).where(review.c.id == review_id), True)).mappings().first()
    return _opened(work, row) if row else None


def finish(work: Work, review_id: UUID, note: str) -> None:
    """Somebody has looked."""
    sealed = encrypt(work, note, NOTE, review_id)
    done = {"state": ReviewState.DONE, "finished_at": work.now, "finished_by": work.actor.subject, "note": sealed}
    work.update(review, {"id": review_id}, **done)


def pages(work: Work, query: ListReviews) -> tuple[list[dict[str, Any]], str | None]:
    """Oldest first; whoever belongs to a school sees those about its pupils."""
    statement = select(review)
    if KIND in work.actor.rows:
        joined = review.join(enrolment, (enrolment.c.pupil_id == review.c.pupil_id) & here)
        statement = statement.select_from(joined).where(enrolment.c.npsn.in_(work.actor.rows[KIND]))
    for name in ("npsn", "kind", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(review.c[name] == value)
    rows, cursor = page(work, statement, query, review.c.opened_at, review.c.id)
    return [_opened(work, row) for row in rows], cursor


def _opened(work: Work, row: Any) -> dict[str, Any]:
    return {**row, "note": decrypt(work, row["note"], NOTE, row["id"])}
