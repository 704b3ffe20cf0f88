"""The configured road engine as a travel time: asked for the nearest, replaced by our own speeds while it is away.

After a fault it is left alone for ten seconds, so that each recommendation does not wait for it anew; then one request
tries again. Who asks meanwhile gets our own speeds and is told since when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from prometheus_client import Gauge
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis import telemetry
from contracts.geography import Point

from ..domain.travel import GreatCircle, TravelTime, TravelTimes

log = telemetry.logger(__name__)
SOURCE = "road_engine"
MOST = 90
"""An OSRM server takes 100 places unless told otherwise; units further away than the nearest 90 are not sent."""
LEFT_ALONE = timedelta(seconds=10)
AWAY = Gauge("kota_ambulance_road_engine_away", "1 while a configured road engine does not answer, else 0")


class Settings(BaseSettings):
    """Where the engine is, if there is one."""

    model_config = SettingsConfigDict(extra="ignore")

    url: str = Field(default="", alias="ROAD_ENGINE_URL", pattern=r"^(https?://.+)?$")
    seconds: float = Field(default=0.5, alias="ROAD_ENGINE_SECONDS", gt=0, le=5)


class NoAnswer(Exception):
    """It did not answer in time, or not what was asked. The text is for the log: a kind of fault, no address."""


class Server(Protocol):
    """What answers."""

    def seconds(self, one: Point, many: Sequence[Point], *, onward: bool = False) -> list[float | None]:
        """To the one from each of the many, or onward from it; None where no road leads. Raises NoAnswer."""
        ...


class RoadEngine:
    """One per process."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._out_since: datetime | None = None
        self._alone_until: datetime | None = None

    def over(self, local: TravelTime) -> TravelTime:
        """Its travel times, with `local` for what it does not know."""
        return _ByRoad(self, local)

    def ask(self, one: Point, many: Sequence[Point], at: datetime, onward: bool) -> list[float | None] | None:
        """None while it is away."""
        if self._alone_until is not None and at < self._alone_until:
            return None
        self._alone_until = at + LEFT_ALONE if self._out_since else None  # one tries; the others need not wait for it
        try:
            found = self._server.seconds(one, many, onward=onward)
        except NoAnswer as fault:
            self._away(at, str(fault))
            return None
        self._back(at)
        return found

    @property
    def out_since(self) -> datetime | None:
        """Since when it does not answer; None while it does."""
        return self._out_since

    def _away(self, at: datetime, why: str) -> None:
        self._alone_until = at + LEFT_ALONE
        if self._out_since is None:
            self._out_since = at
            AWAY.set(1)
            log.warning("road_engine_away", reason=why)

    def _back(self, at: datetime) -> None:
        self._alone_until = None
        if self._out_since is not None:
            log.info("road_engine_back", seconds=round((at - self._out_since).total_seconds()))
            self._out_since = None
            AWAY.set(0)


class _ByRoad:
    def __init__(self, engine: RoadEngine, local: TravelTime) -> None:
        self._engine, self._local = engine, local

    def to(self, destination: Point, origins: Sequence[Point], at: datetime) -> TravelTimes:
        """See TravelTime."""
        return self._filled(self._local.to(destination, origins, at), destination, origins, at, onward=False)

    def onward(self, origin: Point, destinations: Sequence[Point], at: datetime) -> TravelTimes:
        """See TravelTime."""
        return self._filled(self._local.onward(origin, destinations, at), origin, destinations, at, onward=True)

    def _filled(
        self, known: TravelTimes, one: Point, many: Sequence[Point], at: datetime, *, onward: bool
    ) -> TravelTimes:
        nearest = _nearest(one, many, at)
        by_road = self._engine.ask(one, [many[number] for number in nearest], at, onward) if nearest else []
        if by_road is None:
            return TravelTimes(known.source, known.seconds, known.sources, self._engine.out_since)
        seconds = list(known.seconds)
        sources = [known.source_of(number) for number in range(len(many))]
        for number, figure in zip(nearest, by_road, strict=True):
            if figure is not None:
                seconds[number], sources[number] = figure, SOURCE
        return TravelTimes(SOURCE, tuple(seconds), tuple(sources))


def _nearest(one: Point, many: Sequence[Point], at: datetime) -> list[int]:
    if len(many) <= MOST:
        return list(range(len(many)))
    away = GreatCircle().to(one, many, at).seconds
    return sorted(range(len(many)), key=away.__getitem__)[:MOST]


def unfit() -> str | None:
    """Why a service must not start with these settings, if there is a reason."""
    try:
        Settings()
    except ValidationError as error:
        return "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
    return None


@cache
def configured() -> RoadEngine | None:
    """The engine of this process' environment; None without one."""
    settings = Settings()
    if not settings.url:
        return None
    from .osrm import Osrm  # its HTTP client takes 10 MB: loaded by those who have an engine

    return RoadEngine(Osrm(settings.url, settings.seconds))
