"""The method's figures: one frozen record, so that a replay and the live service can't differ by accident."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """Defaults tuned on made cities and checked on days and a city that were not looked at (`bench.dispatch`).

    Sources: `unavailable` is q of MEXCLP (Daskin 1983, doi:10.1287/trsc.17.1.48; 0.2 to 0.45 made little
    difference); relocation of a freed unit is DMEXCLP (Jagtenberg, Bhulai, van der Mei 2015). The guards of the
    swap are our own: unguarded swaps let patients wait who are late already.
    """

    unavailable: float = 0.30
    """q: the share of its time in which a unit is busy."""

    eta_spread: float = 1.0
    """s, minutes: 0.55 x the standard deviation of the error of an ETA; 0.4 if ETAs are nearly exact."""

    per_minute: float = 0.02
    """kappa: what one minute costs before and after the target."""

    very_late_after: float = 8.0
    """Minutes beyond the target where the second, heavier step of lateness lies."""

    very_late_weight: float = 2.0

    swap_gain: float = 0.05
    """A reassignment must lower the cost by more than this (swapmin)."""

    swap_delay: float = 6.0
    """Minutes that a reassigned patient may lose, by prediction (maxdelay)."""

    nearly_there: float = 2.0
    """Minutes: a unit closer than this to its patient is never taken away."""

    move_gain: float = 0.02
    """Share of demand by which a move of an idle unit must raise the coverage (movethr): 0.02 frugal, 0.005 keen."""

    move_minutes: float = 20.0
    """The longest drive of such a move (movemax); 15 left holes at the edge of the city open, 25 brought no more."""

    move_rest: float = 20.0
    """Minutes in which a unit that was moved is left alone (cool)."""

    queue_age: float = 30.0
    """Minutes after which a waiting call goes before its betters; our own cap, so that nobody is forgotten."""

    hospital_detour: float = 10.0
    """Minutes beyond the nearest capable hospital that a patient is driven at most."""


FRUGAL = Parameters()
KEEN = Parameters(move_gain=0.005)
