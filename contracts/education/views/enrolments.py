"""What an act on many pupils did."""

from __future__ import annotations

from ...base import View


class ActView(View):
    """How many pupils it was."""

    pupils: int
