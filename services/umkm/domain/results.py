"""What came of a batch for each seat, from attendance lists and the trainer's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from contracts.umkm import BatchKind, ResultsIncomplete, SeatState


def results(
    kind: BatchKind,
    accepted: Iterable[int],
    attended: Mapping[int, int],
    said: Mapping[int, bool],
    sessions: int,
    listed: Collection[int],
    needed: int,
) -> dict[int, SeatState]:
    """State by number of the seat. `attended` counts sessions by number of the seat, `said` is who passed.

    Raises ResultsIncomplete, naming all that is missing or can't be.
    """
    numbers = set(accepted)
    came = {number for number in numbers if attended.get(number)}
    judged = came if kind is BatchKind.TRAINING else set()
    faults = {
        "missing": judged - said.keys(),
        "absent": said.keys() - judged,
        "too_few": {number for number in judged if said.get(number) and attended[number] < needed},
        "sessions": set(range(1, sessions + 1)) - set(listed),
    }
    wrong: dict[str, Any] = {name: sorted(found) for name, found in faults.items() if found}
    if wrong:
        raise ResultsIncomplete(**wrong)
    if kind is BatchKind.BAZAAR:
        return {number: SeatState.ATTENDED if number in came else SeatState.NO_SHOW for number in numbers}
    return {
        number: SeatState.NO_SHOW if number not in came else SeatState.PASSED if said[number] else SeatState.FAILED
        for number in numbers
    }
