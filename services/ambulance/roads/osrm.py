"""OSRM's `table` service: driving seconds between one place and many, in one request.

`GET /table/v1/driving/LON,LAT;...?sources=1;2&destinations=0` answers {"code": "Ok", "durations": [[s], [null], ...]};
null is a place that no road joins to it. Its car profile knows neither siren nor traffic of the hour.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import isfinite
from time import monotonic
from typing import Any

import httpx

from contracts.geography import Point

from .engine import NoAnswer

MOST_BYTES = 200_000
"""A table of 100 places has 3 kB."""


class Osrm:
    """One server. `seconds` is how long an answer may take, all in all."""

    def __init__(self, url: str, seconds: float) -> None:
        self._seconds = seconds
        limits = httpx.Limits(max_connections=20, max_keepalive_connections=5)
        self._client = httpx.Client(
            base_url=url.rstrip("/"), timeout=httpx.Timeout(seconds), limits=limits, trust_env=False
        )

    def seconds(self, one: Point, many: Sequence[Point], *, onward: bool = False) -> list[float | None]:
        """To the one from each of the many, or `onward` from the one to each; None where no road leads.

        Raises NoAnswer.
        """
        places = ";".join(f"{place.longitude:.6f},{place.latitude:.6f}" for place in (one, *many))
        numbers = ";".join(str(number) for number in range(1, len(many) + 1))
        sources, destinations = ("0", numbers) if onward else (numbers, "0")
        asked = {"sources": sources, "destinations": destinations, "annotations": "duration"}
        try:
            body = self._get(f"/table/v1/driving/{places}", asked)
            return _durations(json.loads(body), len(many), onward)
        except httpx.TimeoutException:
            raise NoAnswer("timeout") from None
        except httpx.HTTPError as error:
            raise NoAnswer(type(error).__name__) from None
        except ValueError:
            raise NoAnswer("not the answer of a table service") from None

    def _get(self, path: str, asked: dict[str, str]) -> bytes:
        """The client limits each wait by itself: an answer that trickles is cut off here."""
        until = monotonic() + self._seconds
        body = bytearray()
        with self._client.stream("GET", path, params=asked) as answer:
            for part in answer.iter_raw():
                body += part
                if len(body) > MOST_BYTES:
                    raise NoAnswer("too long an answer")
                if monotonic() > until:
                    raise NoAnswer("timeout")
            if answer.status_code != httpx.codes.OK:
                raise NoAnswer(f"status {answer.status_code}")
        return bytes(body)


def _durations(answer: Any, number: int, onward: bool) -> list[float | None]:
    """Raises ValueError unless there is one figure, or null, for each of the many."""
    rows = answer.get("durations") if isinstance(answer, dict) and answer.get("code") == "Ok" else None
    if onward and isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], list):
        rows = [[figure] for figure in rows[0]]
    if not isinstance(rows, list) or len(rows) != number:
        raise ValueError("durations")
    return [_figure(row) for row in rows]


def _figure(row: Any) -> float | None:
    if not isinstance(row, list) or len(row) != 1:
        raise ValueError("row")
    (figure,) = row
    if figure is None:
        return None
    if isinstance(figure, bool) or not isinstance(figure, int | float) or not isfinite(figure) or figure < 0:
        raise ValueError("figure")
    return float(figure)
