"""Whether the processes' memory stays flat while work goes on: `python -m bench.soak --minutes 60`.

Gateway and ambulance service, one each. Every five seconds a second of new incidents and half a second of pages, as
fast as four clients can; once a minute the proportional set size of each process. Flat: at the end at most 1.2 times
what it was after a sixth of the time. PostgreSQL is shown and not judged: it fills its shared memory with the growing
tables.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter

import psutil

from bench.bodies import requests
from bench.load import Plan, run
from bench.memory import MEGABYTE, Sizes, name_of
from bench.ours import PATH, SERVICE, authorization, body, serving
from bench.servers import servers

PERIOD_SECONDS = 5.0
MOST_GROWTH = 1.2
UNJUDGED = {"postgres"}


def main() -> None:
    """A line a minute, then the judgement. Exits with 1 if a process grew, or a request failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    minutes = parser.parse_args().minutes
    samples: list[Sizes] = []
    with servers((SERVICE,)) as private, serving(private, private.databases[SERVICE]) as target:
        for minute in range(1, minutes + 1):
            done = _minute(target.url)
            samples.append(_sizes())
            shown = ", ".join(f"{name} {size / MEGABYTE:.0f}" for name, size in samples[-1].most_common())
            print(f"minute {minute:3}: {done} answers; MB: {shown}", flush=True)
    raise SystemExit(_judge(samples))


def _minute(url: str) -> int:
    done, began = 0, time.monotonic()
    reading = Plan(url, lambda _: ({}, b""), 4, 0.0, 0.5, authorization(), 200, "GET")
    for turn in range(1, int(60 / PERIOD_SECONDS) + 1):
        creating = Plan(url, requests(body), 4, 0.0, 1.0, authorization())
        for result in (run(creating), run(reading, itertools.repeat(f"{PATH}?limit=50"))):
            if result.errors:
                raise SystemExit(f"requests failed: {dict(result.errors)}")
            done += result.created
        time.sleep(max(0.0, began + turn * PERIOD_SECONDS - time.monotonic()))  # the load has a pace
    return done


def _sizes() -> Sizes:
    sizes: Sizes = Counter()
    for process in psutil.Process().children(recursive=True):
        try:
            sizes[name_of(process)] += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return sizes


def _judge(samples: list[Sizes]) -> int:
    early, late, grown = samples[max(0, len(samples) // 6 - 1)], samples[-1], 0
    for name, size in late.most_common():
        factor = size / max(early[name], 1)
        judged = name not in UNJUDGED and size > MEGABYTE
        grown += judged and factor > MOST_GROWTH
        print(f"{name:25} {early[name] / MEGABYTE:6.1f} -> {size / MEGABYTE:6.1f} MB, {factor:.2f} x")
    return int(grown > 0)


if __name__ == "__main__":
    main()
