"""Two entries of one child: whatever belongs to the duplicate becomes the pupil's, and its id leads to the pupil."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from chassis.work import Work

from ..domain.pupil import Enrolment

_CLOSE = text("""
UPDATE enrolment SET to_on = greatest(from_on - 1, CAST(:day AS date) - 1), ended = 'joined' WHERE id = :goes
RETURNING to_on
""")
_STEPS = tuple(
    map(
        text,
        (
            "UPDATE enrolment SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
DELETE FROM pupil_identifier d USING pupil_identifier p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND p.kind = d.kind
""",
            "UPDATE pupil_identifier SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
DELETE FROM guardian d USING guardian p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND p.relation = d.relation
""",
            "UPDATE guardian SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
DELETE FROM family_link d USING family_link p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND p.citizen = d.citizen
""",
            "UPDATE family_link SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            "UPDATE transfer SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
DELETE FROM task d USING task p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND p.kind = d.kind
  AND p.notice_id IS NOT DISTINCT FROM d.notice_id
""",
            "UPDATE task SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
UPDATE account d SET payee = CAST(CAST(:pupil AS uuid) AS text) WHERE d.payee = CAST(CAST(:duplicate AS uuid) AS text)
  AND NOT EXISTS (SELECT FROM account p WHERE p.payee = CAST(CAST(:pupil AS uuid) AS text))
""",
            """
UPDATE waiver d SET state = 'ended', end_reason = 'duplicate', ends_on = d.starts_on - 1, version = d.version + 1
FROM waiver p WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND d.state <> 'ended' AND p.state <> 'ended'
  AND (p.programme, p.school_year, p.term) = (d.programme, d.school_year, d.term)
""",
            "UPDATE waiver SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
UPDATE application d SET state = 'withdrawn', version = d.version + 1 FROM application p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND d.state NOT IN ('decided', 'withdrawn')
  AND p.state NOT IN ('decided', 'withdrawn')
  AND (p.programme, p.school_year, p.term) = (d.programme, d.school_year, d.term)
""",
            "UPDATE application SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
DELETE FROM evidence d USING evidence p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND p.kind = d.kind
""",
            "UPDATE evidence SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            """
UPDATE confirmed_month d SET voided_at = :now, void_reason = 'joined' FROM confirmed_month p
WHERE d.pupil_id = :duplicate AND p.pupil_id = :pupil AND d.voided_at IS NULL AND p.voided_at IS NULL
  AND (p.programme, p.month) = (d.programme, d.month)
""",
            "UPDATE confirmed_month SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            "UPDATE note SET subject_id = :pupil WHERE subject_id = :duplicate",
            "DELETE FROM pupil WHERE id = :duplicate",
            "UPDATE pupil_alias SET pupil_id = :pupil WHERE pupil_id = :duplicate",
            "INSERT INTO pupil_alias (id, pupil_id, joined_at) VALUES (:duplicate, :pupil, :now)",
        ),
    )
)
_LEADS_TO = text("SELECT pupil_id FROM pupil_alias WHERE id = :id")


def close(work: Work, goes: Enrolment, stays: Enrolment) -> Enrolment:
    """One of two times at schools ends before the other begins, so that no month counts twice; returns it ended."""
    day = work.read(_CLOSE, {"goes": goes.id, "day": stays.from_on}).scalar()
    goes.to_on = day
    return goes


def join(work: Work, pupil_id: UUID, duplicate_id: UUID) -> None:
    """All but what is kept in the pupil's own row."""
    told = {"pupil": pupil_id, "duplicate": duplicate_id, "now": work.now}
    for step in _STEPS:
        work.read(step, {name: told[name] for name in step._bindparams})


def leads_to(work: Work, pupil_id: UUID) -> UUID | None:
    """The pupil whose duplicate had this id."""
    found: UUID | None = work.read(_LEADS_TO, {"id": pupil_id}).scalar()
    return found
