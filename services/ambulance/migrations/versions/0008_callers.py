"""Pranks by number: one number may have thousands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ambulance_0008"
down_revision = "ambulance_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index of services/ambulance/store/contact.py."""
    op.create_index(
        "ix_contact_prank", "contact", ["phone_key", "disposed_at"], postgresql_where=sa.text("disposition = 'prank'")
    )
