"""What is answered to positions."""

from __future__ import annotations

from pydantic import Field

from ...base import View
from ...problems import FieldError


class PositionsView(View):
    """How many positions were taken, and what is wrong with each of the others. None needs to be sent again."""

    accepted: int
    refused: tuple[str, ...] = Field(default=(), description="Index and reason, in words.")
    errors: tuple[FieldError, ...] = Field(default=(), description="The same by pointer and code.")
