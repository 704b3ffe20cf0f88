"""What a person is told of a failed test: its assertion first, the last lines of what was logged, where the rest is."""

from __future__ import annotations

import getpass
import os
import re
import tempfile
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from . import folder

LOG_LINES = 60
MESSAGE_LINES = 20
Section = tuple[str, str]


class AssertionFirst:
    """A failure as pytest shows it, with its message and place on top; all else is as it was."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shown, name)

    def __str__(self) -> str:
        return str(self.shown)

    def toterminal(self, out: Any) -> None:
        """pytest: print it."""
        crash = self.shown.reprcrash
        for line in crash.message.splitlines()[:MESSAGE_LINES]:
            out.line(line, red=True, bold=True)
        out.line(f"{crash.path}:{crash.lineno}")
        out.line("")
        self.shown.toterminal(out)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """pytest: in the process that prints."""
    in_worker = "PYTEST_XDIST_WORKER" in os.environ
    if report.failed and not in_worker and getattr(report.longrepr, "reprcrash", None):
        report.longrepr = AssertionFirst(report.longrepr)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """pytest: in the process that ran the test."""
    report = yield
    if report.failed:
        report.sections = shortened(report.sections, _keep(item.nodeid, report.sections))
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """pytest: at the end of the run."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(f"Logs of tests, engines and suites: {folder.logs()}")
        processes = Path(tempfile.gettempdir()) / f"pytest-of-{getpass.getuser()}" / "pytest-current"
        terminalreporter.write_line(f"Processes under test log in their test's folder: {processes}")


def shortened(sections: Iterable[Section], where: str, most: int = LOG_LINES) -> list[Section]:
    """The last lines of the captured output, `most` in all sections together, beginning with the last section."""
    kept: list[Section] = []
    for name, content in reversed(list(sections)):
        lines = content.splitlines()
        shown = lines[len(lines) - min(most, len(lines)) :]
        most -= len(shown)
        if shown:
            left_out = len(lines) - len(shown)
            title = f"{name} (the last {len(shown)} of {len(lines)} lines; all: {where})" if left_out else name
            kept.insert(0, (title, "\n".join(shown)))
        elif lines:
            kept.insert(0, (f"{name} ({len(lines)} lines: {where})", ""))
    return kept


def _keep(nodeid: str, sections: Iterable[Section]) -> str:
    """Write all of it to a file; returns its path."""
    place = folder.logs() / (re.sub(r"[^\w.-]+", "-", nodeid)[:150] + ".txt")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("w", encoding="utf-8") as file:
        for name, content in sections:
            file.write(f"----- {name} -----\n{content}\n")
    return str(place)
