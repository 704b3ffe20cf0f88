"""The service class answers everything that its language asks, and handles every clock that a handler sets."""

from __future__ import annotations

from chassis.service import Answer, OnTimer
from contracts.ambulance import SUBSCRIBES
from contracts.base import REQUESTS
from services.ambulance.service import Ambulance

from .desk import TIMERS


def test_every_operation_has_an_answer() -> None:
    asked = {name.partition(".")[2] for name in REQUESTS if name.startswith("ambulance.")}
    answered = {
        name
        for name, method in vars(Ambulance).items()
        if any(isinstance(entrypoint, Answer) for entrypoint in getattr(method, "nameko_entrypoints", ()))
    }
    assert answered == asked


def test_every_clock_has_a_handler() -> None:
    kinds = {member.kind: member.handler for member in vars(Ambulance).values() if isinstance(member, OnTimer)}
    assert kinds == TIMERS


def test_it_listens_to_one_thing() -> None:
    assert SUBSCRIBES == ("hearse.vehicle-unavailable.v1",)
