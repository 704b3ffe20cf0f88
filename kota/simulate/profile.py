"""A random day of the city, decided in full by its seed: nothing here looks at a clock or a server."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from contracts.ambulance.values import Channel, Disposition, IncidentKind, Outcome

from .clock import DAY_SECONDS
from .spots import Spot, anywhere

Choice = TypeVar("Choice")

HOURLY = (3, 2, 2, 2, 2, 3, 4, 5, 6, 6, 6, 6, 6, 5, 5, 5, 5, 6, 6, 6, 5, 5, 4, 3)
"""Relative number of calls in each hour: low before dawn, high from the morning to the evening."""

NUISANCE = {
    Disposition.PRANK: 60,
    Disposition.SILENT: 15,
    Disposition.CUT_OFF: 12,
    Disposition.INFORMATION: 10,
    Disposition.OTHER_AGENCY: 2,
    Disposition.TEST: 1,
}
KINDS = {
    IncidentKind.MEDICAL: 55,
    IncidentKind.TRAFFIC: 22,
    IncidentKind.TRAUMA: 12,
    IncidentKind.MATERNITY: 8,
    IncidentKind.OTHER: 3,
}
CHANNELS = {Channel.CALL: 80, Channel.APP: 15, Channel.RELAY: 5}
ENDINGS = {Outcome.TRANSPORTED: 75, Outcome.TREATED_ON_SCENE: 25}
ANSWERS: tuple[tuple[dict[str, bool], int], ...] = (
    ({"conscious": False, "breathing": False}, 10),
    ({"conscious": True, "breathing": True, "chest_pain": True}, 15),
    ({"conscious": True, "breathing": True, "injury": True}, 40),
    ({"conscious": True, "breathing": True, "severe_pain": True, "can_walk": False}, 20),
    (
        {
            **{"conscious": True, "breathing": True, "breathing_easily": True, "can_walk": True},
            **{"severe_bleeding": False, "chest_pain": False, "stroke_signs": False, "severe_injury": False},
        },
        15,
    ),
)
RED = ANSWERS[0][0]
MASS_PATIENTS, MASS_UNITS = 30, 6
SHARES = {"mass": 0.0, "death": 0.015, "diverts": 0.02, "outside": 0.03, "declines": 0.05, "offline": 0.05}
"""Share of the incidents with a twist; of each there is at least one, and of `mass` exactly one."""


@dataclass(frozen=True)
class Call:
    """Somebody calls at `at` (simulated seconds) and needs no ambulance."""

    number: int
    at: float
    disposition: Disposition
    talk_seconds: float


@dataclass(frozen=True)
class Emergency:
    """A call that is an incident. `twist` is what makes it special; `pace` stretches every duration."""

    number: int
    at: float
    channel: Channel
    kind: IncidentKind
    spot: Spot
    placed_late: bool
    endings: tuple[Outcome, ...]
    answers: dict[str, bool]
    twist: str
    units: int
    talk_seconds: float
    pace: float


@dataclass(frozen=True)
class HospitalDiversion:
    """A hospital sends ambulances elsewhere for a while; `choice` picks it from the list, whatever its length."""

    at: float
    seconds: float
    choice: float


@dataclass(frozen=True)
class Funeral:
    """A family calls at `at` for a hearse. `waits`: simulated seconds until the crew leaves or the family cancels."""

    number: int
    at: float
    spot: Spot
    burial: bool
    cancelled: bool
    waits: float
    pace: float


@dataclass(frozen=True)
class Day:
    calls: tuple[Call, ...]
    emergencies: tuple[Emergency, ...]
    diversions: tuple[HospitalDiversion, ...]
    funerals: tuple[Funeral, ...] = ()


def plan_day(seed: int, incidents: int, nuisance_per_incident: int, around: Sequence[tuple[float, float]]) -> Day:
    """The day of a seed. `around` are points [longitude, latitude] near which the city lives."""
    chance = random.Random(seed)
    twists = _twists(chance, incidents)
    moments = sorted(_moment(chance) for _ in range(incidents))
    emergencies = tuple(_emergency(chance, n, at, twists.get(n, ""), around) for n, at in enumerate(moments, start=1))
    count = incidents * nuisance_per_incident
    calls = sorted(_moment(chance) for _ in range(count))
    return Day(
        tuple(
            Call(incidents + n, at, _pick(chance, NUISANCE), chance.uniform(4, 25))
            for n, at in enumerate(calls, start=1)
        ),
        emergencies,
        tuple(
            HospitalDiversion(chance.uniform(0, 0.8) * DAY_SECONDS, chance.uniform(1800, 7200), chance.random())
            for _ in range(3)
        ),
        _funerals(seed, incidents, count, around),
    )


def _funerals(seed: int, incidents: int, calls: int, around: Sequence[tuple[float, float]]) -> tuple[Funeral, ...]:
    """One for every ten incidents, at least four; from dice of their own, so that the calls of a seed stay the same."""
    chance = random.Random(f"{seed}/funerals")
    moments = sorted(_moment(chance) for _ in range(max(4, incidents // 10)))
    return tuple(
        Funeral(
            number=incidents + calls + number,
            at=at,
            spot=anywhere(chance, around, outside=False),
            burial=chance.random() < 0.5,
            cancelled=chance.random() < 0.15,
            waits=chance.uniform(600, 3600),
            pace=chance.lognormvariate(0, 0.25),
        )
        for number, at in enumerate(moments, start=1)
    )


def _emergency(
    chance: random.Random, number: int, at: float, twist: str, around: Sequence[tuple[float, float]]
) -> Emergency:
    patients = {"mass": MASS_PATIENTS, "death": 1}.get(twist) or chance.choices((1, 2, 3), (90, 8, 2))[0]
    endings = tuple(_pick(chance, ENDINGS) for _ in range(patients))
    answers = RED if twist in ("death", "diverts", "mass") else _pick_answers(chance)
    return Emergency(
        number=number,
        at=at,
        channel=Channel.CALL if twist else _pick(chance, CHANNELS),
        kind=IncidentKind.MASS_CASUALTY if twist == "mass" else _pick(chance, KINDS),
        spot=anywhere(chance, around, outside=twist == "outside"),
        placed_late=not twist and chance.random() < 0.1,
        endings=(Outcome.DECEASED,) if twist == "death" else endings,
        answers=dict(answers),
        twist=twist,
        units={"mass": MASS_UNITS, "death": 2, "outside": 0}.get(twist, 1),
        talk_seconds=chance.uniform(30, 90),
        pace=chance.lognormvariate(0, 0.25),
    )


def _twists(chance: random.Random, incidents: int) -> dict[int, str]:
    wanted = [twist for twist, share in SHARES.items() for _ in range(max(1, round(share * incidents)))]
    numbers = chance.sample(range(1, incidents + 1), min(incidents, len(wanted)))
    return dict(zip(numbers, wanted, strict=False))


def _moment(chance: random.Random) -> float:
    hour = chance.choices(range(24), HOURLY)[0]
    return (hour + chance.random()) * 3600.0


def _pick(chance: random.Random, weights: dict[Choice, int]) -> Choice:
    return chance.choices(list(weights), list(weights.values()))[0]


def _pick_answers(chance: random.Random) -> dict[str, bool]:
    return chance.choices([answers for answers, _ in ANSWERS], [weight for _, weight in ANSWERS])[0]
