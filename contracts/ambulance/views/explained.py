"""A choice and the reason for it, in plain words of both languages."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from ...base import View
from ...language import indonesian


class Explained(View):
    """`reason` is for programs. Who makes one gives the English text."""

    reason_text: str
    reason_text_id: str | None = Field(default=None, description="The same in Indonesian.")

    @model_validator(mode="before")
    @classmethod
    def _in_both_languages(cls, given: Any) -> Any:
        if isinstance(given, dict) and "reason_text_id" not in given and isinstance(given.get("reason_text"), str):
            return {**given, "reason_text_id": indonesian(given["reason_text"])}
        return given
