"""The configuration as the rules read it: targets by colour, clocks, limits by status, the siaga mode.

Defaults. Targets 15 / 30 / 60 min: no national number binds; 15 min is what Surabaya promises. The other figures are
ours, to be set by the city: how long a crew may take to answer (60 s) and to move (3 min), a hospital to take over
(30 min), a regular request to stay without a unit before its pick-up (60 min), an assignment to stay in a status.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from contracts.ambulance.configuration import Clocks, Siaga, SiagaMode, StatusLimits, Targets
from contracts.ambulance.problems import ConfigurationChanged
from contracts.ambulance.values import AssignmentState, Triage

Group = Targets | Clocks | StatusLimits | Siaga

TARGETS = Targets(merah_minutes=15, kuning_minutes=30, hijau_minutes=60)
CLOCKS = Clocks(
    acknowledge_seconds=60,
    movement_seconds=180,
    hand_over_minutes=30,
    pickup_minutes=60,
    call_back_seconds=(15, 60, 180),
)
STATUS_LIMITS = StatusLimits(
    acknowledged_minutes=5,
    en_route_minutes=45,
    on_scene_minutes=45,
    patient_loaded_minutes=60,
    handed_over_minutes=30,
)
SIAGA = Siaga(mode=SiagaMode.CONFIRM)

GROUPS: dict[str, type[Group]] = {"targets": Targets, "clocks": Clocks, "status_limits": StatusLimits, "siaga": Siaga}


@dataclass(frozen=True, slots=True)
class Configuration:
    """All groups as of one moment; `versions` by the name of the group."""

    targets: Targets = TARGETS
    clocks: Clocks = CLOCKS
    status_limits: StatusLimits = STATUS_LIMITS
    siaga: Siaga = SIAGA
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(GROUPS, 1))

    @property
    def auto(self) -> bool:
        """True if red incidents get a unit without an operator's word."""
        return self.siaga.mode is SiagaMode.AUTO

    def changed(self, name: str, group: Group, seen: int | None) -> Configuration:
        """With `group` in the place of the one of that name; the same again is the same configuration.

        Raises ConfigurationChanged if `seen` is not its present version.
        """
        version = self.versions[name]
        if seen not in (None, version):
            raise ConfigurationChanged(
                f"{name} has version {version}, not {seen}", detail_id=f"{name} kini versi {version}", version=version
            )
        if group == getattr(self, name):
            return self
        changes: dict[str, Any] = {name: group, "versions": {**self.versions, name: version + 1}}
        return replace(self, **changes)

    def target(self, colour: Triage | None) -> timedelta | None:
        """From the call to the first unit on scene. Without a colour the worst is assumed; hitam has none."""
        if colour is Triage.HITAM:
            return None
        minutes: int = getattr(self.targets, f"{colour or Triage.MERAH}_minutes")
        return timedelta(minutes=minutes)

    def status_limit(self, state: AssignmentState) -> timedelta | None:
        """How long an assignment may stay in a state; None: no limit, or the state has a clock of its own."""
        if state is AssignmentState.AT_HOSPITAL:
            return timedelta(minutes=self.clocks.hand_over_minutes)
        minutes: int | None = getattr(self.status_limits, f"{state}_minutes", None)
        return None if minutes is None else timedelta(minutes=minutes)

    @property
    def acknowledge_within(self) -> timedelta:
        """A crew answers."""
        return timedelta(seconds=self.clocks.acknowledge_seconds)

    @property
    def move_within(self) -> timedelta:
        """A unit is seen to move."""
        return timedelta(seconds=self.clocks.movement_seconds)

    @property
    def close_within(self) -> timedelta | None:
        """An incident that all units have left is closed; None: no limit."""
        minutes = self.status_limits.not_closed_minutes
        return None if minutes is None else timedelta(minutes=minutes)

    @property
    def assign_before_pickup(self) -> timedelta:
        """A regular request has a unit."""
        return timedelta(minutes=self.clocks.pickup_minutes)

    @property
    def reserve_before_pickup(self) -> timedelta:
        """A planned unit is sent, and is no longer free for others."""
        return timedelta(minutes=self.clocks.reserve_minutes)

    @property
    def facility_answers_within(self) -> timedelta:
        """A facility that was asked answers."""
        return timedelta(seconds=self.clocks.facility_answer_seconds)

    @property
    def receipt_within(self) -> timedelta:
        """Another jurisdiction says that it has an incident."""
        return timedelta(seconds=self.clocks.receipt_seconds)

    @property
    def trip_takes(self) -> timedelta:
        """How long a unit is away, as reckoned beforehand."""
        return timedelta(minutes=self.clocks.trip_minutes)

    @property
    def call_back_after(self) -> tuple[timedelta, ...]:
        """A cut-off call is rung back."""
        return tuple(timedelta(seconds=seconds) for seconds in self.clocks.call_back_seconds)
