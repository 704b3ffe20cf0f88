"""What the environment must give, with one message for all that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chassis.secret_files import VARIABLE, value
from kota.errors import OperatorError
from kota.waiting import WaitedTooLong, wait_until


def given(names: Iterable[str]) -> dict[str, str]:
    """The values by name. Raises OperatorError that names every one that is missing."""
    found = {name: value(name) for name in names}
    missing = [name for name, text in found.items() if not text]
    if missing:
        raise OperatorError(f"Not set: {', '.join(missing)}.", f"Set them, or put them as files into {VARIABLE}.")
    return found


def wait_for_server(refusal: Callable[[], str], what: str, limit: float) -> None:
    """Return once `refusal()` is empty. Raises OperatorError after `limit` seconds, with what it said at last."""
    last = ""

    def there() -> bool:
        nonlocal last
        last = refusal()
        return not last

    try:
        wait_until(there, what, limit=limit, interval=0.5)
    except WaitedTooLong as late:
        raise OperatorError(late.problem, f"It said at last: {last}") from late
