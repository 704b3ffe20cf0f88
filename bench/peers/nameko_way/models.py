"""The rows as SQLAlchemy models, over the tables of the one definition."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from bench.peers import work


class Base(DeclarativeBase):
    """Base of the models."""


class Inbox(Base):
    """A request that was answered, with its reply."""

    __table__ = work.inbox


class Incident(Base):
    """An incident."""

    __table__ = work.incident


class Audit(Base):
    """Who did what to which incident."""

    __table__ = work.audit
