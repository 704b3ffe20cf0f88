"""Dying on purpose is for tests only, and only where it was asked for."""

from __future__ import annotations

import os
import signal

import pytest

from chassis import failpoints
from chassis.failpoints import AFTER_COMMIT, BEFORE_COMMIT, NAMES, VARIABLE
from tests.support.processes import ServiceProcess


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The signals that this process would have got."""
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append((pid, number)))
    monkeypatch.setattr(failpoints, "_armed", "")
    return sent


def test_off_unless_asked_for(killed: list[tuple[int, int]]) -> None:
    failpoints.arm("hearse", {})
    for name in NAMES:
        failpoints.reach(name)
    assert killed == []


def test_the_nth_pass_of_the_named_place_is_the_last(killed: list[tuple[int, int]]) -> None:
    failpoints.arm("hearse", {VARIABLE: f"{AFTER_COMMIT}:2"})
    failpoints.reach(AFTER_COMMIT)
    failpoints.reach(BEFORE_COMMIT)
    assert killed == []
    failpoints.reach(AFTER_COMMIT)
    assert killed == [(os.getpid(), signal.SIGKILL)]


def test_another_service_lives_on(killed: list[tuple[int, int]]) -> None:
    failpoints.arm("hearse", {VARIABLE: f"ambulance/{AFTER_COMMIT}:1"})
    failpoints.reach(AFTER_COMMIT)
    assert killed == []


@pytest.mark.parametrize(
    "value", ["after-commit", "after-commit:0", "lunch:1", "after-commit:1:2", "a b/after-commit:1"]
)
def test_a_variable_that_makes_no_sense_is_refused(value: str, killed: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match=VARIABLE):
        failpoints.arm("hearse", {VARIABLE: value})


def test_production_does_not_start_with_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(ValueError, match="development only"):
        failpoints.arm("hearse", {VARIABLE: f"{AFTER_COMMIT}:1", "KOTA_ENV": "production"})
    log = tmp_path_factory.mktemp("production") / "hearse.log"
    environment = {VARIABLE: f"{AFTER_COMMIT}:1", "KOTA_ENV": "production"}
    process = ServiceProcess(
        "hearse", "postgresql+psycopg://nobody@127.0.0.1:1/x", "amqp://127.0.0.1:1//", log, environment
    )
    with pytest.raises(AssertionError, match="development only"):
        process.start()
