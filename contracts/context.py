"""Who asks, on whose behalf, in which story: travels beside every request in one header.

The gateway writes it from a verified token; the service checks it again. nameko hands it over as context data under
`CONTEXT_KEY`, so any nameko client can send it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

CONTEXT_KEY = "context"


class Actor(BaseModel):
    """The acting person or system. `subject` is an opaque id, never a name or a number of a person."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    subject: str
    client: str = Field(default="", description="The application that the person uses.")
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    rows: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Row scope: which rows of a kind the actor may touch, e.g. unit -> ids, npsn -> codes.",
    )

    def may(self, scope: str) -> bool:
        """True if the scope was granted."""
        return scope in self.scopes

    def may_touch(self, kind: str, identifier: str) -> bool:
        """True if the actor is not limited to rows of this kind, or this row is one of theirs."""
        return kind not in self.rows or identifier in self.rows[kind]


class Context(BaseModel):
    """The circumstances of one request."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    actor: Actor
    correlation_id: str
    request_id: str = Field(
        description="This request's own id, new for each: a repetition by the broker is known by it, and events that it"
        " causes carry it as causationid."
    )
    deadline: float | None = Field(default=None, description="Unix seconds after which nobody waits for the reply.")
    idempotency_key: str | None = None
    resource: str | None = Field(default=None, description="HTTP method and path: part of an Idempotency-Key's scope.")
    purpose: str | None = None
    traceparent: str | None = None


SYSTEM = Actor(subject="system", client="kota", roles=("system",))
"""The suite itself: timers and event handlers act as this."""
