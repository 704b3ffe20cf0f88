"""D. Which hospital: capable, not on diversion, least drive plus expected hand-over wait, near enough.

Invariants: only a missing capability excludes; diversion ranks and never filters, because nobody may refuse an
emergency (UU 17/2023 art. 174); the first choice is never more than `hospital_detour` minutes beyond the nearest
capable; a time-critical patient goes to the nearest capable.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .parameters import Parameters


class HospitalReason(StrEnum):
    """Why a hospital stands where it does."""

    NEAREST = "nearest"
    SHORTEST_TOTAL = "shortest_total"
    LONGER_TOTAL = "longer_total"
    ON_DIVERSION = "on_diversion"
    TOO_FAR = "too_far"
    NOT_CAPABLE = "not_capable"


@dataclass(frozen=True, slots=True)
class Hospital:
    """`drive` and `wait` (expected hand-over) in minutes; `open` is False when it is full or on diversion."""

    id: str
    drive: float
    wait: float = 0.0
    open: bool = True
    capable: bool = True


@dataclass(frozen=True, slots=True)
class HospitalChoice:
    """One hospital in its place, with the nearest capable one's drive beside its own."""

    hospital: Hospital
    reason: HospitalReason
    nearest_drive: float


def rank_hospitals(
    hospitals: Iterable[Hospital], parameters: Parameters, *, time_critical: bool = False
) -> list[HospitalChoice]:
    """In the order in which to choose; the incapable ones last. With none capable all are offered: a patient is
    taken somewhere."""
    known = sorted(hospitals, key=lambda one: (one.drive, one.id))
    capable = [one for one in known if one.capable]
    offered = capable or known
    if not offered:
        return []
    nearest = offered[0]
    choices = _choices(offered, nearest, parameters, time_critical)
    others = [one for one in known if not one.capable] if capable else []
    return choices + [HospitalChoice(one, HospitalReason.NOT_CAPABLE, nearest.drive) for one in others]


def _choices(
    offered: list[Hospital], nearest: Hospital, parameters: Parameters, time_critical: bool
) -> list[HospitalChoice]:
    if time_critical:
        first, rest = nearest, offered[1:]
    else:
        ordered = sorted(offered, key=lambda one: _order(one, nearest, parameters))
        first, rest = ordered[0], ordered[1:]
    reason = HospitalReason.NEAREST if first is nearest else HospitalReason.SHORTEST_TOTAL
    choices = [HospitalChoice(first, reason, nearest.drive)]
    rest = sorted(rest, key=lambda one: _order(one, nearest, parameters))
    return choices + [HospitalChoice(one, _reason(one, nearest, parameters), nearest.drive) for one in rest]


def _order(one: Hospital, nearest: Hospital, parameters: Parameters) -> tuple[bool, bool, float, float, str]:
    return _too_far(one, nearest, parameters), not one.open, one.drive + one.wait, one.drive, one.id


def _reason(one: Hospital, nearest: Hospital, parameters: Parameters) -> HospitalReason:
    if _too_far(one, nearest, parameters):
        return HospitalReason.TOO_FAR
    return HospitalReason.LONGER_TOTAL if one.open else HospitalReason.ON_DIVERSION


def _too_far(one: Hospital, nearest: Hospital, parameters: Parameters) -> bool:
    return one.drive > nearest.drive + parameters.hospital_detour
