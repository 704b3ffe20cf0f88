"""Work in a process of its own: answered, refused when it fails, ended when it takes too long, without our keys."""

from __future__ import annotations

import os
from pathlib import Path

import eventlet
import pytest

from chassis.children import ChildFailed, Children, ChildrenBusy, ChildTooSlow


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that children run: write its text."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "asked.py"


def children(seconds: float = 20.0) -> Children:
    return Children("asked", seconds=seconds, at_once=1, waiting=1)


def test_what_it_writes_is_the_answer_and_it_has_nothing_of_our_environment(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELD_KEYS_UMKM", "secret")
    module.write_text("import os, sys; print(sorted(os.environ), sys.stdin.read().upper())")
    answer = children().ask(b"x" * 200_000).decode()
    assert answer.endswith("X" * 200_000 + "\n") and "FIELD_KEYS" not in answer and "PATH" in answer


def test_one_that_fails_or_is_killed_is_told(module: Path) -> None:
    for text in ("raise SystemExit(3)", "import os; os.kill(os.getpid(), 9)"):
        module.write_text(text)
        with pytest.raises(ChildFailed):
            children().ask(b"")


def test_one_that_takes_too_long_is_ended(module: Path) -> None:
    module.write_text("import os, signal; open('pid', 'w').write(str(os.getpid())); signal.pause()")
    with pytest.raises(ChildTooSlow):
        children(seconds=1.0).ask(b"")
    pid = int(Path("pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_who_would_wait_too_long_is_told_at_once(module: Path) -> None:
    module.write_text("print(input())")
    asked = children()
    first = [eventlet.spawn(asked.ask, b"x\n") for _ in range(2)]
    eventlet.sleep(0)  # both have begun: one works, one waits
    with pytest.raises(ChildrenBusy):
        asked.ask(b"x\n")
    assert [one.wait() for one in first] == [b"x\n"] * 2
    assert asked.ask(b"x\n") == b"x\n", "there is room again"
