"""What became of reported positions."""

from __future__ import annotations

from ...base import View


class PositionsView(View):
    """How many positions were taken; the refused ones name their index and reason."""

    accepted: int
    refused: tuple[str, ...] = ()
