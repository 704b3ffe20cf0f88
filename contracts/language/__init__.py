"""What people read, in Indonesian: one table of all texts, indonesian.csv.

The code says everything in English. A text with something put into it is a template: `{what} must be text`; the same
names stand in the Indonesian one, in any order, or are left out. Pydantic's own texts are in the table too.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

PLACE = re.compile(r"\{(\w+)\}")


def indonesian(text: str) -> str | None:
    """The text in Indonesian; None if the table does not hold it. Several texts may follow each other after `; `."""
    exact = table().get(text)
    if exact is not None:
        return exact
    parts = text.split("; ")
    if len(parts) > 1:
        said_of = [indonesian(part) for part in parts]
        if all(said_of):
            return "; ".join(part for part in said_of if part)
    for head, tail, pattern, translated in _beginning_with(text[:1]):
        if text.startswith(head) and text.endswith(tail) and (found := pattern.fullmatch(text)):
            return _filled(translated, found.groupdict())
    return None


@cache
def table() -> dict[str, str]:
    """Indonesian by English."""
    lines = (files(__name__) / "indonesian.csv").read_text(encoding="utf-8").splitlines()
    return {row["english"]: row["indonesian"] for row in csv.DictReader(lines)}


@cache
def _beginning_with(first: str) -> list[tuple[str, str, re.Pattern[str], str]]:
    """Those that a text with this first character may be of, in the same order."""
    return [one for one in _templates() if not one[0] or one[0][0] == first]


@cache
def _templates() -> list[tuple[str, str, re.Pattern[str], str]]:
    """Those with the most fixed text first: `{a} is missing` must not swallow what says more."""
    templates = [(english, text) for english, text in table().items() if PLACE.search(english)]
    templates.sort(key=lambda pair: -len(PLACE.sub("", pair[0])))
    return [(*_ends(english), _pattern(english), text) for english, text in templates]


def _ends(english: str) -> tuple[str, str]:
    parts = PLACE.split(english)
    return parts[0], parts[-1]


def _pattern(english: str) -> re.Pattern[str]:
    parts = PLACE.split(english)
    return re.compile("".join(_group(part) if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL)


def _group(name: str) -> str:
    return f"(?P<{name}>s?)" if name == "expected_plural" else f"(?P<{name}>.*?)"


def _filled(template: str, values: dict[str, str]) -> str:
    return PLACE.sub(lambda place: _inserted(values[place[1]]), template)


def _inserted(value: str) -> str:
    """A name that has a translation of its own; the choices of an enumeration."""
    return table().get(value) or value.replace(" or ", " atau ")
