"""What is kept of a pupil, as it is stored: the values in a fixed order, without their names. Half the size.

Stored rows are read by this order: new fields are added at the end, and none is ever taken out or moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

FIRST = (
    *("name", "sex", "birth_date", "class_name", "nisn", "nik", "family_card"),
    *("father.nik", "mother.nik", "guardian.nik"),
)
"""Those by which a pupil is sorted in."""
KEPT = (
    *FIRST,
    *("local_number", "birth_place", "address", "rt", "rw", "hamlet", "kelurahan", "kecamatan", "postcode"),
    *("residence", "transport", "landline", "mobile", "email", "kps", "kps_number"),
    *(
        f"{who}.{what}"
        for who in ("father", "mother", "guardian")
        for what in ("name", "birth_year", "education", "occupation", "income")
    ),
    *("kip", "kip_number", "kip_name", "kks_number", "bank", "account_number", "account_name"),
    *("pip_proposed", "pip_reason", "previous_school"),
)
POSITIONS = {name: position for position, name in enumerate(KEPT)}


def packed(values: Sequence[Any]) -> bytes:
    """A JSON list of the values in the order of KEPT, as far as any is known."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return orjson.dumps(values[:end])


def packed_by_name(details: Mapping[str, Any]) -> bytes:
    """The same of values by name."""
    return packed([details.get(name) for name in KEPT])


def unpacked(text: str | bytes) -> dict[str, Any]:
    """The values by name; days as ISO text."""
    return {name: value for name, value in zip(KEPT, orjson.loads(text), strict=False) if value is not None}
