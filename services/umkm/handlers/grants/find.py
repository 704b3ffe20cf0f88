"""Loading rounds and applications, or refusing: not found, not the caller's, changed meanwhile."""

from __future__ import annotations

from uuid import UUID

from chassis.work import Work
from contracts.problems import NotFound, require_version

from ... import store
from ...domain.grants.application import GrantApplication
from ...domain.grants.round import GrantRound


def round(work: Work, round_id: UUID, *, seen: int | None = None, lock: bool = True) -> GrantRound:
    """The round. Raises NotFound or StaleVersion."""
    found = store.grants.round.get(work, round_id, lock=lock)
    if found is None:
        raise NotFound(f"no round {round_id}", detail_id=f"tidak ada putaran {round_id}")
    require_version(found.version, seen)
    return found


def application(work: Work, application_id: UUID, *, seen: int | None = None, lock: bool = True) -> GrantApplication:
    """The application, if the caller may see it. Raises NotFound or StaleVersion."""
    found = store.grants.application.get(work, application_id, lock=lock)
    if found is None:
        raise NotFound(f"no application {application_id}", detail_id=f"tidak ada permohonan {application_id}")
    require_version(found.version, seen)
    return found
