"""Plans have an end: two of one unit never overlap. One that code from before this makes meanwhile has none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0013"
down_revision = "ambulance_0012"
branch_labels = None
depends_on = None

# As long as was reckoned with before, but not into the unit's next plan.
ENDS = """
UPDATE plan SET ends_at = least(begins_at + interval '120 minutes', (
    SELECT min(other.begins_at) FROM plan other
     WHERE other.unit_id = plan.unit_id AND other.state = 'planned' AND other.begins_at > plan.begins_at))
"""
# Without btree_gist a text is compared as a range of one; bytewise, so that no locale can change what is equal.
CODE_RANGE = 'CREATE TYPE code_range AS RANGE (subtype = text, collation = "C")'
NO_OVERLAP = """
ALTER TABLE plan ADD CONSTRAINT ex_plan_no_overlap EXCLUDE USING gist (
  code_range(unit_id, unit_id, '[]') WITH &&, tstzrange(begins_at, ends_at) WITH &&)
  WHERE (state = 'planned' AND ends_at IS NOT NULL)
"""


def upgrade() -> None:
    """A column of services/ambulance/store/plan.py, and the last guard of its rule."""
    op.add_column("plan", sa.Column("ends_at", sa.DateTime(timezone=True)))
    op.execute(ENDS)
    op.execute(CODE_RANGE)
    op.execute(NO_OVERLAP)
