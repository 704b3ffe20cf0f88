"""The comparison as a picture: how response times are spread, and where patients were late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kota.errors import OperatorError
from services.ambulance.domain.replay import Replayed

from .comparing import Row

KINDS = (".png", ".svg")
LONGEST_MINUTES = 40.0
DOT = 12.0


def check(path: Path) -> None:
    """Raise OperatorError for an ending that is neither .png nor .svg, before an hour is spent on the rest."""
    if path.suffix.lower() not in KINDS:
        raise OperatorError(f"{path.name} is no kind of picture.", f"End its name with {' or '.join(KINDS)}.")


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write the picture: spread on the left, the map of late calls of the first and the last row on the right."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(15, 5), layout="constrained")
    spread, *maps = figure.subplots(1, 3)
    _spread(spread, rows)
    for axes, row in zip(maps, (rows[0], rows[-1]), strict=True):
        _map(axes, row)
    try:
        figure.savefig(path, dpi=120)
    except OSError as error:
        raise OperatorError(f"{path} can't be written: {error.strerror}.", "Choose another place.") from None


def _spread(axes: Any, rows: Sequence[Row]) -> None:
    for row in rows:
        minutes = np.sort(np.concatenate([one.response[one.calls.counted] for one in row.run.replays]))
        axes.step(minutes, np.arange(1, len(minutes) + 1) / len(minutes), where="post", label=row.run.name)
    targets = {one.target for replayed in rows[0].run.replays for one in replayed.calls.priorities}
    for target in sorted(targets):
        axes.axvline(target, color="grey", linestyle=":", linewidth=1)
    axes.set(xlim=(0, LONGEST_MINUTES), ylim=(0, 1), xlabel="minutes from the call", ylabel="share of calls reached")
    axes.set_title("Response time (dotted: targets)")
    axes.legend(loc="lower right")


def _map(axes: Any, row: Row) -> None:
    city = row.run.city
    late = sum(_late_by_node(one, len(city.coordinates)) for one in row.run.replays)
    here = np.flatnonzero(late)
    axes.scatter(*city.coordinates.T, s=3, color="lightgrey")
    axes.scatter(*city.coordinates[here].T, s=DOT * np.sqrt(late[here]), color="crimson", alpha=0.5, linewidth=0)
    axes.scatter(*city.coordinates[city.bases].T, s=20, color="black", marker="^")
    axes.set(aspect="equal", xlabel="km east", ylabel="km north")
    axes.set_title(f"{row.run.name}: {int(late.sum())} late (triangles: bases)")


def _late_by_node(replayed: Replayed, nodes: int) -> Any:
    late = (replayed.late > 0) & replayed.calls.counted
    return np.bincount(replayed.calls.node[late], minlength=nodes)
