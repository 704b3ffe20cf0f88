"""A SQLAlchemy session for each worker, made and closed as nameko-sqlalchemy's DatabaseSession does."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from nameko.extensions import DependencyProvider
from sqlalchemy.orm import Session, sessionmaker

from bench.peers.schema import engine_for


class DatabaseSession(DependencyProvider):
    """Injects a session; it is closed when the worker has finished."""

    def setup(self) -> None:
        """Make the engine with a connection for each of nameko's workers."""
        self.sessions: WeakKeyDictionary[Any, Session] = WeakKeyDictionary()
        size = self.container.config["max_workers"]
        self.engine = engine_for(self.container.config["DATABASE_URL"], pool_size=size)
        self.factory = sessionmaker(self.engine)

    def get_dependency(self, worker_ctx: Any) -> Session:
        """A session of the worker's own."""
        session = self.factory()
        self.sessions[worker_ctx] = session
        return session

    def worker_teardown(self, worker_ctx: Any) -> None:
        """Give the connection back."""
        self.sessions.pop(worker_ctx).close()

    def stop(self) -> None:
        """Close the pool."""
        self.engine.dispose()
