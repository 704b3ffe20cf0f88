"""Alembic's environment, the same for all histories; chassis.migrate passes the address and the version table."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

attributes = context.config.attributes
engine = create_engine(attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, version_table=attributes["version_table"], transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
