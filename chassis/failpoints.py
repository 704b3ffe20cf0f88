"""Places where a process can be made to die, for tests of what a crash leaves behind. Off unless asked for.

`KOTA_FAILPOINT=[service/]<name>:<nth>` ends the process with SIGKILL at every nth pass of that place, counted from its
start. Production refuses to start with it.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Mapping
from itertools import count

VARIABLE = "KOTA_FAILPOINT"
BEFORE_COMMIT, AFTER_COMMIT, AFTER_PUBLISH, BEFORE_ACK = NAMES = (
    "before-commit",
    "after-commit",
    "after-publish",
    "before-ack",
)
_FORM = re.compile(r"(?:(?P<service>[a-z]+)/)?(?P<name>[a-z-]+):(?P<nth>[1-9]\d{0,6})")

_armed, _nth, _passes = "", 0, count(1)


def arm(service: str, environment: Mapping[str, str]) -> None:
    """Read the variable once, at the start of a service process. Raises ValueError if it can't be obeyed."""
    global _armed, _nth, _passes  # noqa: PLW0603
    _armed = ""
    if not (value := environment.get(VARIABLE)):
        return
    if environment.get("KOTA_ENV", "development") != "development":
        raise ValueError(f"{VARIABLE} is for development only: unset it")
    match = _FORM.fullmatch(value)
    if match is None or match["name"] not in NAMES:
        raise ValueError(f"{VARIABLE} must be [service/]<name>:<nth> with a name of {', '.join(NAMES)}")
    if match["service"] in (None, service):
        _armed, _nth, _passes = match["name"], int(match["nth"]), count(1)


def reach(name: str) -> None:
    """Pass this place; the process may end here, with nothing tidied up."""
    if name == _armed and next(_passes) >= _nth:
        os.kill(os.getpid(), signal.SIGKILL)
