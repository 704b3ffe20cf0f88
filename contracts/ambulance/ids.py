"""How units, facilities and the patients of an incident are named."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
"""Safe in an address, a file name and a log; a leading dot would mean a folder."""
MOST_PATIENTS = 200
_PLAIN = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)

UnitId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]
FacilityId = Annotated[str, Field(min_length=1, max_length=40, pattern=CODE)]


def _plain(value: Any) -> Any:
    """A path carries text: only one spelling of a number is taken, no `+1`, ` 1`, `1.0` or `01`."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("whole_number", "must be a whole number", {"fix": "send digits only, such as 1"})


PatientNumber = Annotated[int, Field(ge=1, le=MOST_PATIENTS), BeforeValidator(_plain)]
"""1, 2, 3 … within the incident; in the path."""
