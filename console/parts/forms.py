"""From a form to the body of a request, and back to the form with what was wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData

from ..api import ApiProblem


@dataclass
class Form:
    """What was typed, and what the API said of it. A template asks for `values` and `wrong`."""

    values: dict[str, str] = field(default_factory=dict)
    key: str = ""
    problem: ApiProblem | None = None
    unsent: bool = False
    """Nobody knows whether it was done: the person presses again, with the same key."""

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed."""
        return self.values.get(name, otherwise)

    def wrong(self, name: str) -> list[str]:
        """What is wrong with this field, and how to mend it, in the user's language."""
        if self.problem is None:
            return []
        return [f"{error.detail}. {error.fix}".strip(". ") + "." for error in self.problem.of(name)]

    def elsewhere(self, *shown: str) -> list[str]:
        """What is wrong with fields that the form does not show."""
        if self.problem is None:
            return []
        return [f"{error.name}: {error.detail}" for error in self.problem.errors if error.name not in shown]


def typed(form: FormData) -> dict[str, str]:
    """All text fields, without blanks around."""
    return {name: value.strip() for name, value in form.items() if isinstance(value, str) and not name.startswith("_")}


def filled(values: Mapping[str, str], *names: str) -> dict[str, Any]:
    """Those of these fields that are not empty, as text."""
    return {name: values[name] for name in names if values.get(name)}


def point(values: Mapping[str, str]) -> dict[str, Any]:
    """`location` from the field of that name, `-6.1888, 106.6405` as phones and maps show it: latitude first.

    What is no pair of numbers goes on as it was typed, for the API to refuse at its field.
    """
    text = values.get("location", "")
    if not text:
        return {}
    parts = re.split(r"[\s,;]+", text.strip("() "))
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return {"location": text}
    return {"location": {"type": "Point", "coordinates": [longitude, latitude]}}


def whole(text: str) -> int | str:
    """A whole number; other text as it is, for the API to refuse at its field."""
    return int(text) if text.isascii() and text.isdigit() else text
