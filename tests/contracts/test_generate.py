"""The generator: stable files, refusal of breaks, a release that cannot be forgotten by deleting files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts import EVENTS, REQUESTS, generate, subscriptions
from contracts._catalogue import render
from contracts.base import Event

from .samples import LampLit


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.id", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, timeout=30)


def schema_file(root: Path, name: str) -> Path:
    return root / "contracts" / "schemas" / f"{name}.json"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A written checkout with a sample event beside the suite's own."""
    monkeypatch.setitem(EVENTS, LampLit.type, LampLit)
    assert generate.main([], tmp_path) == 0
    return tmp_path


def declare(monkeypatch: pytest.MonkeyPatch, **fields: type) -> None:
    """Put another model in the sample event's place."""
    changed = type("LampLit", (LampLit,), {"__annotations__": fields}, type="sample.relit.v1")
    del EVENTS["sample.relit.v1"]
    monkeypatch.setitem(EVENTS, LampLit.type, changed)


def test_what_was_just_written_is_up_to_date(root: Path) -> None:
    assert generate.main(["--check"], root) == 0
    assert len(list((root / "contracts/schemas").iterdir())) == len(EVENTS) + len(REQUESTS)


def test_a_stale_or_missing_file_fails_the_check_and_is_not_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = schema_file(root, LampLit.type)
    document = json.loads(path.read_text()) | {"snapshot": True}
    path.write_text(json.dumps(document))
    (root / "docs" / "events.md").unlink()
    assert generate.main(["--check"], root) == 1
    report = capsys.readouterr().err
    assert f"{LampLit.type}.json" in report and "docs/events.md" in report
    assert json.loads(path.read_text())["snapshot"] is True
    assert generate.main([], root) == 0
    assert generate.main(["--check"], root) == 0


def test_a_break_is_named_and_nothing_is_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = schema_file(root, LampLit.type).read_text()
    declare(monkeypatch, lamp=int, colour=str)
    assert generate.main([], root) == 1
    report = capsys.readouterr().err
    assert f"{LampLit.type}.json: event: /lamp: type narrowed: string became integer" in report
    assert f"{LampLit.type}.json: event: /colour: field required" in report
    assert schema_file(root, LampLit.type).read_text() == before


def test_a_removed_contract_is_a_break(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(EVENTS, LampLit.type)
    assert generate.main(["--check"], root) == 1
    assert "contract removed" in capsys.readouterr().err


def test_deleting_a_file_does_not_evade_the_last_release(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "first")
    git(root, "tag", "v1.0.0")
    schema_file(root, LampLit.type).unlink()
    declare(monkeypatch, lamp=int)
    assert generate.main([], root) == 1
    assert "/lamp: type narrowed: string became integer (against release v1.0.0)" in capsys.readouterr().err


def test_before_the_first_release_a_deleted_file_is_a_deliberate_change(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "first")
    schema_file(root, LampLit.type).unlink()
    declare(monkeypatch, lamp=int)
    assert generate.main([], root) == 0


def test_a_damaged_schema_file_is_named(root: Path) -> None:
    schema_file(root, LampLit.type).write_text("<<<<<<< HEAD\n")
    with pytest.raises(ValueError, match=LampLit.type):
        generate.main([], root)


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    script = "from contracts import *; from contracts.generate import *; import sys;"
    script += "sys.stdout.write(''.join(map(text_of, documents(EVENTS, REQUESTS).values())))"
    first, second = (
        subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, cwd=generate.ROOT,
                       capture_output=True, check=True, timeout=60).stdout
        for seed in ("1", "2")
    )  # fmt: skip
    assert first == second != b""


def test_the_bytes_do_not_depend_on_the_order_of_declaration() -> None:
    assert generate.text_of({"a": {"x": 1, "y": 2}, "b": 3}) == generate.text_of({"b": 3, "a": {"y": 2, "x": 1}})


def test_the_page_says_who_publishes_consumes_and_answers() -> None:
    page = render({LampLit.type: LampLit}, {}, {"sample": (), "reader": (LampLit.type,)})
    assert "## sample" in page and "#### `sample.lamp-lit.v1`" in page
    assert "Consumed by: reader." in page
    assert "| `lamp` | string | yes |" in page and "| `watts` | integer or null | no |" in page
    full = render(EVENTS, REQUESTS, subscriptions())
    for name, model in REQUESTS.items():
        assert f"| `{name}` |" in full and f"`{model.scope}`" in full
    assert all(f"#### `{name}`" in full for name in EVENTS)


def test_events_can_be_marked_as_snapshots() -> None:
    class LampState(Event, type="sample.lamp-state-changed.v1", snapshot=True):
        """The lamp's state."""

    del EVENTS[LampState.type]
    assert "*Snapshot.*" in render({LampState.type: LampState}, {}, {"sample": ()})
