"""How the calls from one number turned out: counted from the contacts themselves, so that nothing has to be kept in
step, and what is deleted of them is forgotten here too."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text

from chassis.question import Question, array_of
from chassis.work import Work
from contracts.ambulance.values import Disposition

from ..domain.caller import CALL_BACK_SCORE, HALF_LIFE, UNKNOWN, Standing

# Literals: with parameters a generic plan could not use the partial index.
_SCORE = f"""SELECT coalesce(sum(power(0.5, greatest(0, extract(epoch FROM CAST(:now AS timestamptz) - disposed_at))
                        / {HALF_LIFE.total_seconds()})), 0) AS score, count(*) AS pranks
             FROM contact WHERE disposition = '{Disposition.PRANK}'"""
_STANDING = text(f"""SELECT prank.score, prank.pranks,
    (SELECT count(*) FROM contact
     WHERE phone_key = :phone_key AND disposition = '{Disposition.INCIDENT}') AS real
    FROM ({_SCORE} AND phone_key = :phone_key) AS prank""")
_DOUBTED = Question(
    text(f"""SELECT told.incident_id FROM contact AS told
    LEFT JOIN LATERAL ({_SCORE} AND contact.phone_key = told.phone_key) AS prank ON true
    WHERE told.incident_id = ANY(CAST(:ids AS uuid[]))
    GROUP BY told.incident_id HAVING min(prank.score) >= {CALL_BACK_SCORE}""")
)


def standing(work: Work, phone: str | None) -> Standing:
    """Of the number of a contact; of no number nothing is known."""
    if phone is None:
        return UNKNOWN
    values = {"phone_key": work.person_keys.phone_key(phone), "now": work.now}
    row = work.read(_STANDING, values).one()
    return Standing(round(float(row.score), 3), row.pranks, row.real)


def doubted(work: Work, incident_ids: Collection[UUID]) -> set[UUID]:
    """Those of the incidents of which only callers with a nuisance standing have told: one other caller is enough to
    be believed."""
    if not incident_ids:
        return set()
    return {row["incident_id"] for row in work.ask(_DOUBTED, ids=array_of(incident_ids), now=work.now)}
