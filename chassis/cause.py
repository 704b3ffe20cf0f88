"""Why something is done: written beside every change."""

from __future__ import annotations

from dataclasses import dataclass

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
