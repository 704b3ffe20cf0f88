"""`python -m chassis.job <service> <timer id>`: one try at one job, then the process ends.

It ends at once when its standard input closes: whoever started it has gone, and another process takes over.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
from uuid import UUID

from . import garbage

if __name__ == "__main__":
    garbage.spare_imports()

from . import failpoints, telemetry
from .jobs import JobKind, LeaseLost, kinds_of, perform, still_there
from .refusing import in_one_line
from .runtime import Runtime
from .settings import load

log = telemetry.logger(__name__)
MEGABYTE = 1 << 20
NO_MEMORY = 70


def main(service: str, timer_id: str) -> int:
    """Exit code 0 when the job is done, or another process has taken over."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with in_one_line(f"job of {service}"):
        settings = load(service)
    telemetry.configure_logs(service, settings.log_level)
    failpoints.arm(service, os.environ)
    runtime = Runtime(settings)
    timer = still_there(runtime, UUID(timer_id))
    if timer is None:
        return 0
    kind = kinds_of(service)[timer.kind]
    garbage.collect_from_here()
    _limit_memory(kind)
    with telemetry.story(correlation_id=timer.correlation_id, operation=f"job {timer.kind}"):
        try:
            perform(runtime, kind, timer)
        except LeaseLost:
            log.warning("job_lease_lost", kind=timer.kind, subject=timer.subject)
        except MemoryError:
            log.warning("job_out_of_memory", kind=timer.kind, subject=timer.subject)
            return NO_MEMORY
        except Exception:
            log.exception("job_failed", kind=timer.kind, subject=timer.subject)
            return 1
    return 0


def _limit_memory(kind: JobKind) -> None:
    """What a hostile file could take beyond it ends in MemoryError, here and not on the machine."""
    with open("/proc/self/status", encoding="ascii") as status:
        used = next(int(line.split()[1]) for line in status if line.startswith("VmData")) * 1024
    limit = used + kind.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _end_with_parent() -> None:
    while os.read(0, 64):
        continue
    os._exit(1)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python -m chassis.job <service> <timer id>")
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
