"""Why something is done: written beside every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contracts.context import Actor


@dataclass(frozen=True, slots=True)
class Cause:
    """Why this unit of work runs: who acts, in which story, because of which request or message."""

    actor: Actor
    action: str
    correlation_id: str
    causation_id: str | None = None
    purpose: str | None = None
    traceparent: str | None = None

    def values(self) -> dict[str, Any]:
        """What an audit row tells of it."""
        return {
            "actor": self.actor.subject,
            "roles": ",".join(self.actor.roles),
            "action": self.action,
            "correlation_id": self.correlation_id,
            "causation_id": self.causation_id,
            "purpose": self.purpose,
        }
