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
    no_file: bool = False
    """The form is to carry a file and came without one."""
    done: str = ""
    """The deed that was done a moment ago."""

    @property
    def status(self) -> int:
        """Of the page that shows it again."""
        if self.problem is not None:
            return self.problem.status
        return 503 if self.unsent else 422 if self.no_file else 200

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed."""
        return self.values.get(name, otherwise)

    def wrong(self, name: str) -> list[str]:
        """What is wrong with this field, and how to mend it, in the user's language."""
        if self.problem is None:
            return []
        return [f"{error.detail}. {error.fix}".strip(". ") + "." for error in self.problem.of(name)]


def typed(form: FormData) -> dict[str, str]:
    """All text fields, without blanks around."""
    return {name: value.strip() for name, value in form.items() if isinstance(value, str) and not name.startswith("_")}


def filled(values: Mapping[str, str], *names: str) -> dict[str, Any]:
    """Those of these fields that are not empty, as text; `reporter.phone` is `phone` within `reporter`."""
    body: dict[str, Any] = {}
    for name in names:
        if values.get(name):
            *above, last = name.split(".")
            place = body
            for part in above:
                place = place.setdefault(part, {})
            place[last] = values[name]
    return body


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


def wib_moment(text: str) -> str:
    """What a browser's field for date and time says, `2026-12-01T09:30`, in WIB; other text as it is."""
    return f"{text}+07:00" if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", text) else text


def whole(text: str) -> int | str:
    """A whole number; other text as it is, for the API to refuse at its field."""
    return int(text) if text.isascii() and text.isdigit() else text
