"""Batches keep within the limits; a passing fault is tried again with the same key; a refusal is told."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ambulance.requests.resources import UnitRow
from contracts.geography import Point
from kota.errors import OperatorError
from kota.importing.sending import Api, batches, send

UNITS = [UnitRow(id=f"U-{number}", type="bls", base=Point(coordinates=(106.6, -6.2))) for number in range(5)]  # type: ignore[arg-type]
NOTHING = {"created": 0, "updated": 0, "unchanged": 0}


@given(st.lists(st.binary(min_size=1, max_size=30)), st.integers(1, 5), st.integers(40, 100))
def test_batches_hold_all_rows_in_order_within_both_limits(rows: list[bytes], most: int, size: int) -> None:
    made = list(batches(rows, most, size))
    assert [row for batch in made for row in batch] == rows
    assert all(len(batch) <= most and sum(map(len, batch)) <= size for batch in made)


def api(*answers: httpx.Response | Exception) -> tuple[Api, list[httpx.Request]]:
    """The real client over a transport that gives these answers in turn."""
    asked: list[httpx.Request] = []
    waiting = iter(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        given = next(waiting)
        if isinstance(given, Exception):
            raise given
        return given

    client = httpx.Client(base_url="http://gateway", transport=httpx.MockTransport(answer))
    return Api(client, "token", pause=lambda seconds: None), asked


def test_counts_of_all_batches_are_added() -> None:
    first, second = ({**NOTHING, "created": 3}, {**NOTHING, "unchanged": 2})
    gateway, asked = api(httpx.Response(200, json=first), httpx.Response(200, json=second))
    advanced: list[int] = []
    view = send(gateway, "/units", "units", UNITS, 3, advanced.append)
    assert (view.created, view.unchanged, advanced) == (3, 2, [3, 2])
    assert [unit["id"] for unit in json.loads(asked[1].content)["units"]] == ["U-3", "U-4"]


def test_a_passing_fault_is_tried_again_with_the_same_key() -> None:
    gateway, asked = api(httpx.Response(503), httpx.ConnectError("refused"), httpx.Response(200, json=NOTHING))
    send(gateway, "/units", "units", UNITS, 500, lambda done: None)
    assert len(asked) == 3
    assert len({request.headers["Idempotency-Key"] for request in asked}) == 1


def test_a_lasting_fault_is_told() -> None:
    gateway, _ = api(*[httpx.Response(503)] * 6)
    with pytest.raises(OperatorError, match="503"):
        send(gateway, "/units", "units", UNITS, 500, lambda done: None)


def test_a_refusal_names_the_field() -> None:
    errors = [{"pointer": "/units/0/base", "detail": "not there", "fix": "move it"}]
    gateway, _ = api(httpx.Response(422, json={"title": "A field is wrong", "errors": errors}))
    with pytest.raises(OperatorError, match="/units/0/base: not there; move it"):
        send(gateway, "/units", "units", UNITS, 500, lambda done: None)
