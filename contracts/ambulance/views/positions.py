"""What is answered to positions."""

from __future__ import annotations

from pydantic import Field

from ...base import View


class PositionError(View):
    """One wrong field of one position, as in a problem's `errors`."""

    index: int
    pointer: str
    code: str
    detail: str
    detail_id: str | None = Field(default=None, description="The same in Indonesian.")
    fix: str | None = None
    fix_id: str | None = Field(default=None, description="The same in Indonesian.")


class PositionsView(View):
    """How many positions were taken, and what is wrong with each of the others. None needs to be sent again."""

    accepted: int
    refused: tuple[str, ...] = Field(default=(), description="Index and reason, in English words.")
    errors: tuple[PositionError, ...] = Field(default=(), description="The same by pointer and code.")
