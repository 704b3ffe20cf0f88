"""What a simulated year has come to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Result:
    """What was done, and what does not fit; nothing of that is good."""

    seed: int
    days: int
    groups: int = 0
    loans: int = 0
    next_step: int = 0
    files: int = 0
    lines: int = 0
    told_again: int = 0
    waited: int = 0
    states: dict[str, int] = field(default_factory=dict)
    lent_rupiah: int = 0
    paid_rupiah: int = 0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)
