"""What a service process holds: settings, connection pool, clock, ids, keys; and how it runs a unit of work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import uuid_utils.compat as uuids
from sqlalchemy import PoolProxiedConnection
from sqlalchemy.exc import DBAPIError

from contracts.context import SYSTEM
from contracts.problems import TimedOut

from .db import new_engine
from .faults import DATABASE_FAULTS
from .inbox import Claim
from .privacy import FieldCipher, Letters, PersonKeys, parse_secret
from .settings import Settings
from .together import JointWork
from .waking import WakeUp
from .work import Cause, Work

Result = TypeVar("Result")
Unit = TypeVar("Unit", bound=Work)
NOBODYS = Cause(actor=SYSTEM, action="events", correlation_id="")
TRIES = 3
_COLLISIONS = ("40001", "40P01", "23P01")
"""Serialization failure, deadlock, exclusion constraint: the other one won; tried again, the handler sees it."""


class Runtime:
    """One per process; handed to every handler's unit of work."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuids.uuid7,
    ) -> None:
        self.settings, self.now, self.new_id = settings, clock, new_id
        self.url = settings.database_url.get_secret_value()
        self.engine = new_engine(
            self.url, pool_size=settings.max_workers + settings.rpc_prefetch + 4, application=settings.service
        )
        self.wake = WakeUp()
        self.cipher = FieldCipher.from_settings(settings)
        self.person_keys = PersonKeys.from_settings(settings)
        self.letters = Letters.from_settings(settings)
        # Parsed here and not where rows are sealed: a key that is no key must stop the start.
        production = settings.environment == "production"
        variable = f"AUDIT_KEY_{settings.service.upper()}"
        self.audit_key = parse_secret(variable, settings.audit_key.get_secret_value(), production=production)

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """A connection outside the pool, in autocommit: for the relay, the sealer and other long-lived holders."""
        url = self.url.replace("postgresql+psycopg://", "postgresql://", 1)
        return psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=5,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
            **options,
        )

    def run(self, task: Callable[[Work], Result], cause: Cause, claim: Claim | None = None, **options: Any) -> Result:
        """Run `task` with a unit of work; it must call `work.commit()`.

        Collisions and broken connections are tried again, up to three times, unless it is in doubt whether the
        unit was applied and no claim can tell: then TimedOut is raised.
        """
        for attempt in range(1, TRIES + 1):
            pooled = self.engine.raw_connection()
            work = self._work(Work, pooled, cause, claim, **options)
            try:
                return task(work)
            except Exception as error:
                broken = self._clean_up(work, pooled, error)
                if broken and work.in_doubt and claim is None:
                    raise TimedOut(
                        "the database went away while the change was being committed", retry_after=5
                    ) from error
                if attempt == TRIES or not (broken or _sqlstate(error) in _COLLISIONS):
                    raise
            finally:
                if work.open:  # a worker that was killed: nobody else may find itself in its transaction
                    pooled.invalidate()
                pooled.close()
        raise AssertionError("unreachable")

    def run_together(self, task: Callable[[JointWork], Result]) -> Result:
        """Run `task`, which applies several messages at once, in one transaction, and calls `work.finish()`.

        Tried once, whatever goes wrong: each of the messages has a claim, so they can be tried one by one after that.
        """
        pooled = self.engine.raw_connection()
        work = self._work(JointWork, pooled, NOBODYS, None)
        try:
            return task(work)
        except Exception as error:
            self._clean_up(work, pooled, error)
            raise
        finally:
            if work.open:
                pooled.invalidate()
            pooled.close()

    def _work(
        self, kind: type[Unit], pooled: PoolProxiedConnection, cause: Cause, claim: Claim | None, **options: Any
    ) -> Unit:
        return kind(
            self.engine,
            pooled,
            cause=cause,
            claim=claim,
            now=self.now(),
            new_id=self.new_id,
            cipher=self.cipher,
            person_keys=self.person_keys,
            letters=self.letters,
            wake=self.wake,
            **options,
        )

    def _clean_up(self, work: Work, pooled: PoolProxiedConnection, error: Exception) -> bool:
        """Roll back, or give the connection up if it is broken; returns whether it was."""
        driver = pooled.driver_connection
        broken = isinstance(error, DATABASE_FAULTS) and (driver is None or driver.closed or driver.broken)
        if broken:
            work.abandon()
            if driver is not None:  # else SQLAlchemy has seen it, and has given it up already
                pooled.invalidate(error)
            self.engine.dispose()  # the idle ones are most likely broken too: don't spend a try on each
            return True
        work.rollback()
        return False


def _sqlstate(error: Exception) -> str | None:
    origin = error.orig if isinstance(error, DBAPIError) else error
    return getattr(origin, "sqlstate", None)
