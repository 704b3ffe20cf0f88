"""Which hospital for a patient: the least travel and expected hand-over among those that can care for them.

Not farther than 10 min beyond the nearest capable one. A time-critical patient (merah) goes to the nearest capable one
whatever the wait there. A facility that is full, on diversion, without a bed for one more or has refused stands behind
the others; it is never taken from the list of a red patient, because the law forbids refusing an emergency (UU 17/2023
art. 174). When nothing else is left it is offered to the others too: nobody is left without a hospital. Plain Python;
times in seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contracts.ambulance.values import Capability, FacilityState, FacilityType, IncidentKind, Triage

from .facility import Facility

BEYOND_NEAREST_SECONDS = 600
"""How much farther than the nearest capable facility a patient is driven to save waiting."""
DEFAULT_HAND_OVER_SECONDS = 900
"""Expected wait at a facility of which nothing is known yet; half of the 30 min after which it raises an alarm."""
PRIOR_HAND_OVERS = 5
"""How many past hand-overs the default counts as, so that one bad night does not brand a hospital."""

NEEDS: Mapping[IncidentKind, Capability] = {
    IncidentKind.TRAFFIC: Capability.TRAUMA,
    IncidentKind.TRAUMA: Capability.TRAUMA,
    IncidentKind.MATERNITY: Capability.OBSTETRIC,
    IncidentKind.FIRE: Capability.BURNS,
}
"""What the kind of an incident suggests that its patients need, when nobody has said it."""


@dataclass(frozen=True, slots=True)
class PastHandOvers:
    """How many hand-overs of a facility are known, and their mean in seconds."""

    count: int
    mean_seconds: float


@dataclass(frozen=True, slots=True)
class Option:
    """A facility to choose, or the reason why not."""

    facility: Facility
    travel_seconds: int
    hand_over_seconds: int
    offered: bool
    reason: str

    @property
    def total_seconds(self) -> int:
        """Until somebody has taken over."""
        return self.travel_seconds + self.hand_over_seconds


@dataclass(frozen=True, slots=True)
class Ranking:
    """Options in the order in which to choose them. `capability_known` is False when no facility is known to have what
    is needed, so that it could not be asked for."""

    options: tuple[Option, ...]
    nearest: str | None
    time_critical: bool
    capability_known: bool

    @property
    def recommended(self) -> str | None:
        """The first choice."""
        first = next(iter(self.options), None)
        return first.facility.id if first and first.offered else None


class _Judged(NamedTuple):
    facility: Facility
    travel: int
    wait: int
    obstacle: str | None


def expected_hand_over(past: PastHandOvers | None) -> int:
    """The wait to expect: the mean of past ones, drawn to the default while they are few."""
    if past is None:
        return DEFAULT_HAND_OVER_SECONDS
    known = PRIOR_HAND_OVERS * DEFAULT_HAND_OVER_SECONDS + past.count * past.mean_seconds
    return round(known / (PRIOR_HAND_OVERS + past.count))


def rank(
    facilities: Iterable[Facility],
    travel: Mapping[str, float],
    past: Mapping[str, PastHandOvers],
    *,
    triage: Triage | None,
    capability: Capability | None = None,
    refused: Collection[str] = (),
    beds_left: Mapping[str, int | None] | None = None,
) -> Ranking:
    """All facilities, the ones to choose first; ties go by id. `travel` holds the seconds to each, `beds_left` what is
    known of free beds."""
    left = beds_left or {}
    known = list(facilities)
    with_it = [one.id for one in known if capability in one.capabilities and _has_emergency_room(one)]
    needed = capability if with_it else None
    critical = triage is Triage.MERAH
    judged = [
        _Judged(
            one,
            round(travel[one.id]),
            expected_hand_over(past.get(one.id)),
            _unfit(one, needed) or ("refused" if one.id in refused else _busy(one, left.get(one.id))),
        )
        for one in known
    ]
    capable = [one for one in judged if one.obstacle not in UNFIT]
    nearest = min(capable, key=lambda one: (one.travel, one.facility.id), default=None)
    cap = nearest.travel + BEYOND_NEAREST_SECONDS if nearest else 0
    options = _ordered(judged, cap, critical)
    return Ranking(tuple(options), nearest and nearest.facility.id, critical, capability is None or bool(with_it))


UNFIT = ("not_capable", "no_emergency_room")


def _has_emergency_room(facility: Facility) -> bool:
    return facility.type is FacilityType.HOSPITAL or facility.emergency_24h


def _unfit(facility: Facility, needed: Capability | None) -> str | None:
    if not _has_emergency_room(facility):
        return "no_emergency_room"
    return "not_capable" if needed is not None and needed not in facility.capabilities else None


def _busy(facility: Facility, beds_left: int | None) -> str | None:
    if facility.state is not FacilityState.OPEN:
        return str(facility.state)
    return "no_bed" if beds_left == 0 else None


def _ordered(judged: Sequence[_Judged], cap: int, critical: bool) -> list[Option]:
    def key(one: _Judged) -> tuple[int, int, str]:
        seconds = one.travel if critical else one.travel + one.wait
        return _tier(one, cap), seconds, one.facility.id

    ordered = sorted(judged, key=key)
    free = [one for one in ordered if _tier(one, cap) == 0]
    return [_option(one, place, cap, critical, bool(free)) for place, one in enumerate(ordered)]


def _tier(one: _Judged, cap: int) -> int:
    """0 to choose; then behind: busy, refused, too far, and at last those that can't care for the patient."""
    if one.obstacle in UNFIT:
        return 4
    if one.obstacle == "refused":
        return 3
    if one.travel > cap:
        return 2
    return 1 if one.obstacle else 0


def _option(one: _Judged, place: int, cap: int, critical: bool, others_free: bool) -> Option:
    tier = _tier(one, cap)
    offered = tier == 0 or (tier < 4 and (critical or not others_free))
    reason = one.obstacle or ("too_far" if tier == 2 else "slower")
    if place == 0 and tier == 0:
        reason = "nearest" if critical else "best"
    return Option(one.facility, one.travel, one.wait, offered, reason)
