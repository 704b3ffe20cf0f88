"""Files in storage: whole or not at all, nobody else's to read, found again when nobody needs them."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.storage import NoStorage, Storage

KEY = "rosters/" + "a" * 64


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage((tmp_path / "files").as_uri())


def put(storage: Storage, key: str = KEY, content: bytes = b"content") -> None:
    with storage.writing(key) as file:
        file.write(content)


def test_what_is_written_is_read_and_removed(storage: Storage) -> None:
    put(storage)
    with storage.reading(KEY) as file:
        file.seek(3)
        assert file.read() == b"tent"
    storage.remove(KEY)
    storage.remove(KEY)
    with pytest.raises(FileNotFoundError):
        storage.reading(KEY)


def test_a_write_that_breaks_off_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), storage.writing(KEY) as file:
        file.write(b"half")
        raise RuntimeError("the sender has gone")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_folder_is_its_owners(storage: Storage, tmp_path: Path) -> None:
    put(storage)
    assert stat.S_IMODE((tmp_path / "files" / "rosters").stat().st_mode) == 0o700


@pytest.mark.parametrize("key", ["rosters/../secrets", "/etc/passwd", "rosters/abc", "ROSTERS/" + "a" * 64, ""])
def test_a_key_is_never_a_path(storage: Storage, key: str) -> None:
    with pytest.raises(ValueError):
        storage.reading(key)


def test_two_who_send_the_same_file_at_the_same_time(storage: Storage) -> None:
    with storage.writing(KEY) as one:
        one.write(b"abc")
        with storage.writing(KEY) as two:
            two.write(b"abc")
    with storage.reading(KEY) as file:
        assert file.read() == b"abc"


def test_what_is_left_over_is_found_by_its_age(storage: Storage, tmp_path: Path) -> None:
    put(storage)
    put(storage, "rosters/" + "b" * 64)
    now = datetime.now(UTC)
    assert storage.left_over("rosters", now, timedelta(days=1)) == []
    old = tmp_path / "files" / KEY
    os.utime(old, (now.timestamp() - 90_000,) * 2)
    assert storage.left_over("rosters", now, timedelta(days=1)) == [KEY]
    storage.discard(KEY)
    assert not old.exists() and storage.left_over("others", now, timedelta(0)) == []


def test_without_an_address_there_is_none() -> None:
    with pytest.raises(NoStorage):
        Storage("")


def test_an_address_of_another_kind(tmp_path: Path) -> None:
    storage = Storage("memory://kota-test")
    put(storage)
    with storage.reading(KEY) as file:
        assert file.read() == b"content"
    storage.remove(KEY)
