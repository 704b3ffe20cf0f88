"""How long everything took, reckoned for what is there already; coverage every quarter of an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0011"
down_revision = "ambulance_0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MEASURES = ("call_to_dispatch", "turnout", "travel", "response", "scene", "transport", "hand_over", "total")
FIRST_TIMER = """
INSERT INTO timer (id, kind, subject, due_at, payload, correlation_id)
VALUES (gen_random_uuid(), 'coverage-sample', 'coverage', now() + interval '15 minutes', '{}', 'coverage-sample')
"""
# As store/response.py reckons it, for all at once.
FIRST_FIGURES = """
WITH done AS (
    SELECT assignment_id, max(at) FILTER (WHERE milestone = 'en_route') AS en_route,
           max(at) FILTER (WHERE milestone = 'on_scene') AS on_scene,
           max(at) FILTER (WHERE milestone = 'patient_loaded') AS patient_loaded,
           max(at) FILTER (WHERE milestone = 'at_hospital') AS at_hospital,
           max(at) FILTER (WHERE milestone = 'handed_over') AS handed_over,
           max(at) FILTER (WHERE milestone = 'completed') AS completed
      FROM milestone GROUP BY assignment_id),
trip AS (
    SELECT a.id, a.incident_id, a.unit_id, a.dispatched_at, i.opened_at, i.incident_class, i.triage, i.pickup_at,
           replace(left(i.kelurahan_code, 8), '.', '')::int AS kecamatan,
           coalesce(i.pickup_at, i.opened_at) AS told, d.*,
           coalesce(on_scene, patient_loaded, at_hospital, handed_over, completed) AS arrived,
           row_number() OVER (PARTITION BY a.incident_id ORDER BY a.dispatched_at, a.id) AS place,
           row_number() OVER (PARTITION BY a.incident_id ORDER BY
               coalesce(on_scene, patient_loaded, at_hospital, handed_over, completed) NULLS LAST, a.id) AS arrival
      FROM assignment a JOIN incident i ON i.id = a.incident_id LEFT JOIN done d ON d.assignment_id = a.id),
spans AS (
    SELECT trip.*, CASE WHEN place = 1 AND pickup_at IS NULL THEN dispatched_at - opened_at END AS to_dispatch,
           CASE WHEN arrival = 1 THEN greatest(interval '0', arrived - told) END AS to_arrival
      FROM trip)
INSERT INTO response (assignment_id, incident_id, opened_at, incident_class, triage, kecamatan, hour, base, first,
                      call_to_dispatch, turnout, travel, response, scene, transport, hand_over, total)
SELECT s.id, s.incident_id, s.opened_at, s.incident_class, s.triage, s.kecamatan,
       extract(hour FROM told AT TIME ZONE 'Asia/Jakarta')::smallint,
       round((u.base_longitude - 90) * 1000)::int * 30000 + round((u.base_latitude + 15) * 1000)::int, place = 1,
       extract(epoch FROM to_dispatch)::int, extract(epoch FROM en_route - dispatched_at)::int,
       extract(epoch FROM on_scene - en_route)::int,
       CASE WHEN arrived IS NOT NULL THEN extract(epoch FROM to_arrival)::int END,
       extract(epoch FROM patient_loaded - on_scene)::int, extract(epoch FROM at_hospital - patient_loaded)::int,
       extract(epoch FROM handed_over - at_hospital)::int,
       extract(epoch FROM coalesce(handed_over, completed) - told)::int
  FROM spans s JOIN unit u ON u.id = s.unit_id
"""


def upgrade() -> None:
    """The tables of services/ambulance/store/{response,coverage_sample}.py, and an index of contact.py."""
    op.create_table(
        "response",
        sa.Column("assignment_id", sa.Uuid, primary_key=True),
        sa.Column("incident_id", sa.Uuid, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("incident_class", sa.Text, nullable=False),
        sa.Column("triage", sa.Text),
        sa.Column("kecamatan", sa.Integer, comment="its code without the dots"),
        sa.Column("hour", sa.SmallInteger, nullable=False, comment="in which the incident was told, WIB"),
        sa.Column("base", sa.Integer, nullable=False, comment="of the unit when it was sent, as `base_of` reads it"),
        sa.Column("first", sa.Boolean, nullable=False, comment="of its incident"),
        *(sa.Column(measure, sa.Integer) for measure in MEASURES),
    )
    op.create_index("ix_response_incident_id", "response", ["incident_id"])
    op.create_index("ix_response_opened_at", "response", ["opened_at"])
    op.create_table(
        "coverage_sample",
        sa.Column("at", MOMENT, primary_key=True),
        sa.Column(
            "coverage", sa.Double, nullable=False, comment="share of the demand reached in the red target, 0 to 1"
        ),
        sa.Column("idle", sa.Integer, nullable=False, comment="units with life support that are free"),
        sa.Column("committed", sa.Integer, nullable=False),
    )
    op.create_index("ix_contact_counts", "contact", ["received_at"], postgresql_include=["disposition", "channel"])
    op.execute(sa.text(FIRST_FIGURES.replace(":", r"\:")))
    op.execute(FIRST_TIMER)
