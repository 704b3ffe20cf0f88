"""Numbers of other registers: NPSN of a school, NISN of a pupil, NIB of a business.

None has a check digit; only the shape can be judged here. NPSN and NISN have no meaning inside: the old readings
(first digit = island, first three = birth year) are contradicted by numbers in use.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ._text import compact, digits, is_placeholder, refuse

_NPSN = re.compile(r"[0-9]{8}|[PK][0-9]{7}")


def _npsn(value: Any) -> str:
    if isinstance(value, str) and value.strip() and is_placeholder(value):
        refuse("placeholder", "this is no NPSN, it stands for none", "leave the field out if there is none")
    text = compact(value, "NPSN").upper()
    if not _NPSN.fullmatch(text):
        refuse("npsn_shape", "NPSN has 8 digits, or P or K and 7 digits", "look it up in the school's Dapodik profile")
    return text


def _nisn(value: Any) -> str:
    return digits(value, "NISN", 10)


def _nib(value: Any) -> str:
    return digits(value, "NIB", 13)


Npsn = Annotated[
    str,
    BeforeValidator(_npsn),
    WithJsonSchema({"type": "string", "pattern": "^([0-9]{8}|[PK][0-9]{7})$", "description": "NPSN of a school."}),
]
"""School number; only the school table can tell whether the school exists."""

Nisn = Annotated[
    str,
    BeforeValidator(_nisn),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{10}$", "description": "NISN of a pupil, 10 digits."}),
]
"""Pupil number. Padding of zeros that a spreadsheet lost is the importer's job."""

Nib = Annotated[
    str,
    BeforeValidator(_nib),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{13}$", "description": "NIB of a business (OSS), 13 digits."}),
]
"""Business number of the OSS system."""
