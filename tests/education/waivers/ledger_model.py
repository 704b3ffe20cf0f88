"""What is due, worked out again from what has happened, in plain Python: the ledger must say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.education.domain.months import last_day, share

YEARLY, QUOTA = 2_000_000, 2


@dataclass
class Stay:
    """At a school; `ended` as the service calls it."""

    npsn: str
    begins: date
    ends: date | None = None
    ended: str | None = None


@dataclass
class Child:
    """`covered_until`: the waiver's last day."""

    stays: list[Stay]
    covered_until: date = date(2026, 12, 31)
    left_city: bool = False
    died_on: date | None = None

    def place(self, month: date) -> str | None:
        """The school to which a month belongs."""
        middle, end = month.replace(day=15), last_day(month)
        if self.died_on is not None and self.died_on < month:
            return None
        if self.covered_until < middle or (self.left_city and self.covered_until < end):
            return None
        for stay in self.stays:
            last = stay.ends or date.max
            if stay.begins > middle or last < stay.begins:
                continue
            if stay.ended == "withdrawn" and last < end:
                continue
            if last >= middle or (stay.ended == "deceased" and last >= month):
                return stay.npsn
        return None


@dataclass
class World:
    """Schools' confirmations: (child, month) → school; those in an approved claim; money that was moved."""

    children: dict[int, Child] = field(default_factory=dict)
    confirmed: dict[tuple[int, date], str] = field(default_factory=dict)
    approved: set[tuple[int, date]] = field(default_factory=set)
    moved: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def sweep(self) -> None:
        """Confirmations that hold no more are void."""
        for (child, month), npsn in list(self.confirmed.items()):
            if self.children[child].place(month) != npsn:
                self.void(child, month)

    def void(self, child: int, month: date) -> None:
        """It was not so."""
        del self.confirmed[child, month]
        self.approved.discard((child, month))

    def confirm(self, npsn: str, month: date) -> int:
        """All of the school who can be; returns how many are new."""
        new = [
            (number, month)
            for number, child in self.children.items()
            if child.place(month) == npsn and (number, month) not in self.confirmed
        ]
        self.confirmed |= dict.fromkeys(new, npsn)
        return len(new)

    def claim(self, npsn: str) -> int:
        """All that is confirmed and not approved; returns how many."""
        new = {key for key, owner in self.confirmed.items() if owner == npsn} - self.approved
        self.approved |= new
        return len(new)

    def transfer(self, number: int, to: str, on: date) -> None:
        """From a day on."""
        stay = self.children[number].stays[-1]
        stay.ends, stay.ended = max(stay.begins - timedelta(days=1), on - timedelta(days=1)), "transferred"
        self.children[number].stays.append(Stay(to, on))

    def leave(self, number: int, last: date, reason: str) -> None:
        """For good."""
        stay = self.children[number].stays[-1]
        stay.ends, stay.ended = max(stay.begins - timedelta(days=1), last), reason
        if reason == "deceased" and last <= self.children[number].covered_until:
            self.children[number].died_on = last  # with which the waiver ends, wherever the child was said to be then

    def due(self, npsn: str) -> int:
        """In rupiah: all children are in one grade with a quota."""
        count: dict[date, int] = defaultdict(int)
        for child, month in self.approved:
            if self.confirmed[child, month] == npsn:
                count[month] += 1
        return sum(min(QUOTA, many) * share(YEARLY, month) for month, many in count.items())
