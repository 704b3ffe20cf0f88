"""The caller of a request, as made from verified tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from contracts.context import Actor

from .roles import SUPER_APP, permits


@dataclass(frozen=True)
class Caller:
    """An actor and until when its token is good (Unix seconds); `for_person`: a client acting for a citizen."""

    actor: Actor
    expires_at: float
    for_person: bool = False
    _allowed: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def json(self) -> str:
        """The actor as JSON: one token makes many requests, so it is written once."""
        return self.actor.model_dump_json()

    @property
    def is_super_app(self) -> bool:
        """True for the super app's backend, with or without a citizen."""
        return SUPER_APP in self.actor.roles

    def may(self, operation: str, scope: str) -> bool:
        """True if one of the roles grants it."""
        if operation not in self._allowed:
            self._allowed[operation] = permits(self.actor.roles, operation, scope)
        return self._allowed[operation]

    def for_citizen(self, subject: str, expires_at: float) -> Caller:
        """The same client acting for a citizen, who is known only by the opaque subject."""
        actor = self.actor.model_copy(update={"subject": subject})
        return Caller(actor, min(self.expires_at, expires_at), for_person=True)
