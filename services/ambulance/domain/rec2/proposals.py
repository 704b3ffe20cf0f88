"""What the method proposes. A dispatcher decides; so everything carries its reason and what else was possible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why."""

    CLOSEST = "closest"
    """The closest idle unit."""

    SWAP = "swap"
    """A unit that was on its way to another call goes here; that call gets another one."""

    SWAP_REPLACEMENT = "swap_replacement"
    """It goes to the call whose unit was taken."""

    PREEMPTION = "preemption"
    """Nothing is idle: taken from a call of lower priority, which waits again."""

    FREED_CLOSER = "freed_closer"
    """A unit that became free would be there sooner than the one on its way."""

    WAITING = "waiting"
    """A call that waited gets its unit."""

    MATCHED = "matched"
    """Several calls and units at once: together they are served best so."""

    RETURN = "return"
    """A freed unit parks where it adds most coverage."""

    MOVE = "move"
    """An idle unit fills a hole in the coverage."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One unit to one call. `arrives_in` and `closest_arrives_in` are minutes from now; `closest` is the closest
    idle unit (None if nothing is idle). `replaces` is the unit that went there before, `delay` what the patient
    loses by the change (negative: gains)."""

    unit: int
    call: int
    arrives_in: float
    reason: Reason
    closest: int | None
    closest_arrives_in: float | None
    replaces: int | None = None
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now, as a whole: `waiting` are calls that get no unit yet, `freed` a unit that becomes idle, `losers`
    calls that may lose by it: their unit is taken from them (they get another one here, or wait).

    Invariant: no unit and no call stands in two sendings.
    """

    sendings: tuple[Sending, ...] = ()
    waiting: tuple[int, ...] = ()
    freed: int | None = None
    losers: tuple[int, ...] = ()
    gain: float = 0.0
    """By how much the lateness cost falls against the plan without a reassignment."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """An idle unit is bound to another base; `gain` is the coverage it adds there over where it is bound now."""

    unit: int
    base: int
    instead_of: int | None
    gain: float
    minutes: float
    reason: Reason
