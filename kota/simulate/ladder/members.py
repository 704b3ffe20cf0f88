"""Who pays how. Each member is drawn a habit; from it and the loan's schedule follows what happens on which day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Habit(StrEnum):
    """Of a member, for one loan."""

    PUNCTUAL = "punctual"
    SPLITS = "splits"
    EARLY = "early"
    OVERPAYS = "overpays"
    MISTYPES = "mistypes"
    LATE = "late"
    BOUNCES = "bounces"
    VANISHES = "vanishes"
    DIES = "dies"
    TAKEN_FOR_DEAD = "taken_for_dead"


TIMELY = {Habit.PUNCTUAL, Habit.SPLITS, Habit.EARLY, Habit.OVERPAYS, Habit.MISTYPES}
TOO_MUCH = 25_000


class Deed(StrEnum):
    """What happens."""

    PAY = "pay"
    MISTYPE = "mistype"
    BOUNCE = "bounce"
    COVER = "cover"
    RECOURSE = "recourse"
    DIE = "die"
    LIVE = "live"


@dataclass(frozen=True)
class Plan:
    """One deed, on the first day of the bank that is not before `day`."""

    day: date
    deed: Deed
    rupiah: int = 0


@dataclass
class Member:
    """An owner with a business, and the loan of now."""

    number: int
    nik: str
    business_id: UUID
    habit: Habit = Habit.PUNCTUAL
    loan: Any = None
    plan: list[Plan] = field(default_factory=list)
    settled: list[tuple[int, bool]] = field(default_factory=list)
    """Step, and whether it was to be timely, of each loan that is paid."""

    @property
    def alive(self) -> bool:
        """Whether anything can be asked of them."""
        return self.habit not in (Habit.DIES, Habit.VANISHES)


def plan_of(habit: Habit, schedule: Sequence[Any], draw: random.Random) -> list[Plan]:
    """All deeds of a loan, in order. `schedule`: its instalments."""
    due = [(one.due_on - timedelta(days=draw.randint(0, 3)), one.rupiah) for one in schedule]
    pays = [Plan(day, Deed.PAY, rupiah) for day, rupiah in due]
    last = schedule[-1].rupiah
    if habit is Habit.SPLITS:
        pays = [Plan(day, Deed.PAY, part) for day, rupiah in due for part in (rupiah // 3, rupiah - rupiah // 3)]
    elif habit is Habit.EARLY:
        pays[1:] = [Plan(due[1][0], Deed.PAY, sum(rupiah for _, rupiah in due[1:]))]
    elif habit is Habit.OVERPAYS:
        pays[-1] = Plan(pays[-1].day, Deed.PAY, last + TOO_MUCH)
    elif habit is Habit.MISTYPES:
        pays[0] = Plan(pays[0].day, Deed.MISTYPE, pays[0].rupiah)
    elif habit is Habit.LATE:
        pays[1] = Plan(schedule[1].due_on + timedelta(days=8), Deed.PAY, pays[1].rupiah)
    elif habit is Habit.BOUNCES:
        after = schedule[0].due_on
        again = Plan(after + timedelta(days=6), Deed.PAY, pays[0].rupiah)
        pays[1:1] = [Plan(after + timedelta(days=2), Deed.BOUNCE, pays[0].rupiah), again]
    elif habit is not Habit.PUNCTUAL:
        pays = [pays[0], *_gone(habit, schedule)]
    return sorted(pays, key=lambda one: one.day)


def _gone(habit: Habit, schedule: Sequence[Any]) -> list[Plan]:
    second, left = schedule[1].due_on, sum(one.rupiah for one in schedule[1:])
    if habit is Habit.VANISHES:
        return [Plan(second + timedelta(days=20), Deed.RECOURSE), Plan(second + timedelta(days=35), Deed.COVER, left)]
    dies = [Plan(second - timedelta(days=6), Deed.DIE)]
    if habit is Habit.TAKEN_FOR_DEAD:
        dies += [Plan(second + timedelta(days=20), Deed.LIVE), Plan(second + timedelta(days=24), Deed.PAY, left)]
    return dies
