"""Tasks about pupils without a number: opened and closed by what is so, many at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import text

from chassis.work import Work

_OPEN = """
INSERT INTO task (id, kind, state, pupil_id, opened_at, due_on)
SELECT gen_random_uuid(), 'numbers_missing', 'open', told.pupil_id, :now, :due FROM ({pupils}) AS told
WHERE NOT EXISTS (
  SELECT FROM task o WHERE o.pupil_id = told.pupil_id AND o.kind = 'numbers_missing' AND o.state = 'open')
ON CONFLICT (pupil_id, due_on) WHERE kind = 'numbers_missing'
  DO UPDATE SET state = 'open', opened_at = excluded.opened_at, finished_at = NULL WHERE task.state = 'withdrawn'
RETURNING pupil_id
"""
_OF_ROSTER = text(
    _OPEN.format(
        pupils="""
SELECT pupil_id FROM roster_row WHERE roster_id = :roster AND provisional AND outcome IN ('new', 'changed')
"""
    )
)
_OF_SCHOOL = text(
    _OPEN.format(
        pupils="""
SELECT p.id AS pupil_id FROM enrolment e JOIN pupil p ON p.id = e.pupil_id AND p.provisional
WHERE e.npsn = :npsn AND e.to_on IS NULL
"""
    )
)
# Found from the few open ones, whatever has changed: each act closes those that it made needless.
_CLOSE = text("""
UPDATE task SET state = 'withdrawn', finished_at = :now WHERE id IN (
  SELECT t.id FROM task t
  LEFT JOIN pupil p ON p.id = t.pupil_id AND p.provisional
  LEFT JOIN enrolment e ON e.pupil_id = p.id AND e.to_on IS NULL
  WHERE t.kind = 'numbers_missing' AND t.state = 'open' AND e.id IS NULL
  FOR UPDATE OF t SKIP LOCKED)
RETURNING pupil_id
""")
_OVERDUE = text("""
SELECT e.npsn, t.pupil_id FROM task t JOIN enrolment e ON e.pupil_id = t.pupil_id AND e.to_on IS NULL
WHERE t.kind = 'numbers_missing' AND t.state = 'open' AND t.due_on = :due ORDER BY e.npsn, t.pupil_id
""")


def open_of_roster(work: Work, roster_id: UUID, due: date) -> list[UUID]:
    """For the pupils of a roster; returns those who had none before."""
    return list(work.read(_OF_ROSTER, {"roster": roster_id, "due": due, "now": work.now}).scalars())


def open_of_school(work: Work, npsn: str, due: date) -> list[UUID]:
    """The same for all of a school."""
    return list(work.read(_OF_SCHOOL, {"npsn": npsn, "due": due, "now": work.now}).scalars())


def close(work: Work) -> list[UUID]:
    """Those whose pupils have a number now, or are at no school; returns the pupils."""
    return list(work.read(_CLOSE, {"now": work.now}).scalars())


def overdue(work: Work, due: date) -> Collection[tuple[str, UUID]]:
    """School and pupil of those that were due and are still open."""
    return [(row["npsn"], row["pupil_id"]) for row in work.read(_OVERDUE, {"due": due}).mappings()]
