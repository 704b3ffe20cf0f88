"""One person's session."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

FIELDS = ("id", "subject", "name", "access", "refresh", "expires_at", "began_at", "roles", "scopes", "rows")


@dataclass(frozen=True)
class Session:
    """`expires_at`: Unix seconds until which the access token is good; `began_at`: of the log-in.

    What one may do is the gateway's word.
    """

    id: str
    subject: str
    name: str
    access: str
    refresh: str
    expires_at: float
    began_at: float
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def may(self, *scopes: str) -> bool:
        """True if one of these was granted."""
        return not self.scopes.isdisjoint(scopes)

    @property
    def listens(self) -> bool:
        """True if the gateway tells this person of events: it takes the right to read all of a service."""
        return any(scope.endswith(":read") for scope in self.scopes)

    def only(self, kind: str) -> tuple[str, ...]:
        """The rows of this kind that the person is limited to; empty if not limited."""
        return dict(self.rows).get(kind, ())

    @property
    def standing(self) -> tuple[Any, ...]:
        """What one is shown depends on this alone: who has the same may share a list."""
        return (self.scopes, self.rows)

    def renewed(self, access: str, refresh: str, expires_at: float) -> Session:
        """The same person with a new token."""
        return replace(self, access=access, refresh=refresh or self.refresh, expires_at=expires_at)

    def kept(self) -> dict[str, Any]:
        """For the cookie."""
        return {**asdict(self), "scopes": sorted(self.scopes)}

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> Session | None:
        """From the cookie; None if it is not one of this version."""
        if kept is None or set(kept) != set(FIELDS):
            return None
        rows = tuple((kind, tuple(values)) for kind, values in kept["rows"])
        return cls(**{**kept, "roles": tuple(kept["roles"]), "scopes": frozenset(kept["scopes"]), "rows": rows})
