"""Who is taken when: by trips, maintenance and leave. And what the city keeps back."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .window import Window, joined


@dataclass(frozen=True, slots=True)
class Absence:
    """One reservation of a vehicle or officer. `away`: outside of the city or not in service."""

    resource: str
    window: Window
    away: bool = False


@dataclass(frozen=True, slots=True)
class Absences:
    """Who is taken in a span of time. Of one resource no two windows overlap: reservations never do, and what is put
    beside them (a trip that is not back in time) is joined with them."""

    by_resource: Mapping[str, list[Window]] = field(default_factory=dict)
    away: tuple[Absence, ...] = ()

    @classmethod
    def of(cls, absences: Iterable[Absence]) -> Absences:
        """Sorted for looking things up."""
        found: dict[str, list[Window]] = defaultdict(list)
        away = []
        for one in absences:
            found[one.resource].append(one.window)
            if one.away:
                away.append(one)
        return cls({name: joined(windows) for name, windows in found.items()}, tuple(away))

    def with_(self, more: Iterable[Absence]) -> Absences:
        """These too."""
        known = [Absence(name, window) for name, windows in self.by_resource.items() for window in windows]
        added = Absences.of([*known, *more])
        return Absences(added.by_resource, (*self.away, *added.away))

    def free(self, resource: str, window: Window) -> bool:
        """True if nothing of this resource overlaps."""
        windows = self.by_resource.get(resource)
        if not windows:
            return True
        # None overlaps another, so only the last that begins before the window's end can reach into it.
        end = window.ends_at
        place = len(windows) if end is None else bisect_left(windows, end, key=lambda one: one.begins_at)
        return place == 0 or not windows[place - 1].overlaps(window)

    def most_away(self, window: Window, others: Iterable[str]) -> int:
        """How many of these resources are away at the worst moment of the window."""
        names = frozenset(others)
        inside = [one for one in self.away if one.resource in names and one.window.overlaps(window)]
        moments: list[datetime] = [max(one.window.begins_at, window.begins_at) for one in inside]
        gone = (len({one.resource for one in inside if one.window.holds(moment)}) for moment in moments)
        return max(gone, default=0)
