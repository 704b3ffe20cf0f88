"""A time that somebody chose, checked against every rule; what was left out is chosen as the slot search would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from contracts.hearse.problems import OverrideNeeded
from contracts.problems import wrong_field

from .duty import Officer
from .said import AS_SOON_AS_POSSIBLE
from .slots import Fleet, Slot, Wanted, officer_key, vehicle_key


@dataclass(frozen=True, slots=True)
class Chosen:
    """As asked for; None and () leave it to the search."""

    pickup_at: datetime
    vehicle_id: str | None = None
    officer_ids: tuple[str, ...] = ()
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The slot, and what stands against it: who is taken already, and the cemetery's refusal."""

    slot: Slot
    taken: tuple[str, ...] = ()
    burial_refusal: str | None = None


def check(chosen: Chosen, slot: Slot, wanted: Wanted, fleet: Fleet, now: datetime, *, may_override: bool) -> Checked:
    """Judge a complete choice. Raises InvalidRequest and OverrideNeeded; who is taken is left to the caller, who knows
    the next free times."""
    if slot.pickup_at < now - AS_SOON_AS_POSSIBLE:
        raise wrong_field("pickup_at", "in_the_past", "the pick-up time has passed", "send a time to come")
    officers = known_officers(slot.officer_ids, fleet.officers)
    rules = tuple(_against(slot, wanted, fleet, officers))
    if rules and not (chosen.override_reason and may_override):
        raise OverrideNeeded(
            f"these rules stand against it: {', '.join(rules)}",
            detail_id=f"aturan yang menghalangi: {', '.join(rules)}",
            rules=list(rules),
        )
    keys = (vehicle_key(slot.vehicle_id), *(officer_key(id) for id in slot.officer_ids))
    taken = tuple(key for key in keys if not fleet.absences.free(key, slot.window))
    place = wanted.burial_place
    return Checked(slot, taken, fleet.burial_refusal(place, slot.arrives_at, now) if place else None)


def known_officers(ids: tuple[str, ...], officers: Iterable[Officer]) -> list[Officer]:
    """Those with these ids, the driver first. Raises InvalidRequest."""
    known = {officer.id: officer for officer in officers}
    for index, id in enumerate(ids):
        if id not in known:
            fix = "choose one of hearse.list_officers"
            raise wrong_field(f"officer_ids.{index}", "unknown", "no such officer", fix)
        if id in ids[:index]:
            fix = "name two different officers"
            raise wrong_field(f"officer_ids.{index}", "twice", "one person can't be both driver and assistant", fix)
    if not ids:
        raise wrong_field("officer_ids", "missing", "a trip needs a driver", "name the driver first")
    if not known[ids[0]].drives:
        raise wrong_field("officer_ids.0", "does_not_drive", "this officer does not drive", "name the driver first")
    return [known[id] for id in ids]


def _against(slot: Slot, wanted: Wanted, fleet: Fleet, officers: list[Officer]) -> Iterator[str]:
    if len(officers) < wanted.officers:
        yield "second_officer"
    if not all(officer.on_duty(slot.window) for officer in officers):
        yield "off_duty"
    if wanted.out_of_city and fleet.reserve_broken(slot.vehicle_id, slot.window):
        yield "city_reserve"
