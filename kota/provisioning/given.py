"""What the environment must give, with one message for all that is missing."""

from __future__ import annotations

from collections.abc import Iterable

from chassis.secret_files import VARIABLE, value
from kota.errors import OperatorError


def given(names: Iterable[str]) -> dict[str, str]:
    """The values by name. Raises OperatorError that names every one that is missing."""
    found = {name: value(name) for name in names}
    missing = [name for name, text in found.items() if not text]
    if missing:
        raise OperatorError(f"Not set: {', '.join(missing)}.", f"Set them, or put them as files into {VARIABLE}.")
    return found
