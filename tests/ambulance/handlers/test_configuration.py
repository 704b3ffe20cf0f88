"""The configuration is data: read, changed as a whole group, audited with before and after, versioned."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from contracts import ambulance as asked
from contracts.ambulance.problems import ConfigurationChanged
from services.ambulance.domain.configuration import Configuration

from .desk import Desk

SLOWER = {"merah_minutes": 20, "kuning_minutes": 40, "hijau_minutes": 90}


def test_what_is_installed_is_what_the_rules_take_for_granted(desk: Desk) -> None:
    shown, assumed = desk.ask(asked.GetConfiguration()), Configuration()
    assert (shown.targets, shown.clocks) == (assumed.targets, assumed.clocks)
    assert (shown.status_limits, shown.siaga) == (assumed.status_limits, assumed.siaga)
    assert shown.versions == assumed.versions


def test_a_change_is_versioned_and_audited_with_before_and_after(desk: Desk) -> None:
    shown = desk.ask(asked.SetTargets(version=1, **SLOWER))
    assert (shown.targets.merah_minutes, shown.versions["targets"]) == (20, 2)
    assert desk.ask(asked.GetConfiguration()) == shown
    [row] = desk.rows("SELECT actor, detail FROM audit WHERE subject = 'configuration targets'")
    assert (row.actor, row.detail["before"]["merah_minutes"], row.detail["after"]) == ("operator-1", 15, SLOWER)


def test_the_same_again_changes_nothing(desk: Desk) -> None:
    first = desk.ask(asked.SetTargets(**SLOWER))
    assert desk.ask(asked.SetTargets(**SLOWER)) == first
    assert len(desk.rows("SELECT 1 FROM audit WHERE action = 'ambulance.set_targets'")) == 1


def test_of_two_who_saw_the_same_version_one_changes_it(desk: Desk) -> None:
    def change(minutes: int) -> bool:
        try:
            desk.ask(asked.SetTargets(**{**SLOWER, "merah_minutes": minutes}, version=1))
        except ConfigurationChanged as refusal:
            assert refusal.data.extra["version"] == 2
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(change, (16, 17, 18, 19))) == [False, False, False, True]


@pytest.mark.parametrize(
    ("wish", "group"),
    [
        (lambda: asked.SetSiagaMode(mode="auto"), "siaga"),
        (lambda: asked.SetClocks(**{**Configuration().clocks.model_dump(), "movement_seconds": 240}), "clocks"),
        (
            lambda: asked.SetStatusLimits(**{**Configuration().status_limits.model_dump(), "on_scene_minutes": None}),
            "status_limits",
        ),
    ],
)
def test_every_group_can_be_changed(desk: Desk, wish: Callable[[], Any], group: str) -> None:
    before = desk.ask(asked.GetConfiguration())
    after = desk.ask(wish())
    assert after.versions == {**before.versions, group: 2}
    assert getattr(after, group) != getattr(before, group)
