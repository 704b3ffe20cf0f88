"""Hostile files before the process that reads them in earnest: refused within 5 s and 300 MB, nothing applied."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from chassis.jobs import lease
from services.education.handlers.job_kinds import PARSE
from tests.education.hostile import HOSTILE, large
from tests.education.office import Office

SECONDS, STARTS, MEGABYTES = 5.0, 4, 300
"""A machine that is slow at this moment gets as long as it takes to start such a process so many times."""
MAKERS = {name: (make, code) for name, make, code in HOSTILE}
FILES = {
    name: MAKERS[name]
    for name in (
        "a part that unpacks to far more",
        "macros",
        "links to other files",
        "encrypted parts",
        "cut off",
        "a picture",
        "a million empty rows",
        "a cell without end",
    )
}
FILES["a large file of a million empty rows"] = (lambda: large(MAKERS["a million empty rows"][0]()), "too_many_rows")


@pytest.mark.parametrize(("make", "code"), FILES.values(), ids=FILES)
def test_refused_in_time_and_memory(
    make: Callable[[], bytes], code: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = office.upload(make())
    url = office.runtime.settings.database_url.get_secret_value()
    monkeypatch.setenv("DATABASE_URL_EDUCATION", url)
    timer = lease(office.runtime, (PARSE,))
    assert timer is not None
    seconds, megabytes = watched([sys.executable, "-m", "chassis.job", "education", str(timer.id)])
    shown = office.roster(roster.id)
    assert (shown.state, shown.refusal.code) == ("refused", code)
    if seconds >= SECONDS:
        start, _ = watched([sys.executable, "-c", "import chassis.job, services.education.jobs"])
        assert seconds < STARTS * start, (seconds, start)
    assert megabytes < MEGABYTES, megabytes
    assert office.rows("SELECT 1 FROM roster_row UNION ALL SELECT 1 FROM pupil") == []
    assert list((tmp_path / "rosters").iterdir()) == []


def watched(command: list[str]) -> tuple[float, int]:
    """Seconds and megabytes of a process with those that it starts."""
    began, peak, code = time.monotonic(), 0, None
    process = psutil.Popen(command, stdin=subprocess.PIPE)
    while code is None:
        with suppress(psutil.NoSuchProcess):
            together = sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
            peak = max(peak, together)
        with suppress(psutil.TimeoutExpired):
            code = process.wait(0.01)
    assert code == 0
    return time.monotonic() - began, peak // 1_000_000
