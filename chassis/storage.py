"""Files that people send: kept under one address (fsspec), a directory by default, an object store by its URL.

The gateway writes them as they come; the service that is told of one reads and removes it. Names are random or derived
from the content, never from what a person called the file.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from .secret_files import folder

VARIABLE = "STORAGE_URL"
KEY = re.compile(r"[a-z]+/[0-9a-f]{32,64}")
_HALF = ".part"


class StorageSettings(BaseSettings):
    """Where files are kept: `file:///var/lib/kota/files`, `s3://bucket/prefix`; empty: nowhere."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True)

    url: str = Field(default="", alias="STORAGE_URL")


class NoStorage(RuntimeError):
    """STORAGE_URL is not set."""


class Storage:
    """Files by key, `<folder>/<hexadecimal digits>`."""

    def __init__(self, url: str) -> None:
        if not url:
            raise NoStorage(f"{VARIABLE} is not set")
        import fsspec  # loaded by those who keep files

        self._files, self._root = fsspec.core.url_to_fs(url)
        self._local = "file" in self._protocols()

    @classmethod
    def from_environment(cls) -> Storage:
        """Raises NoStorage."""
        return cls(StorageSettings(_secrets_dir=folder()).url)  # type: ignore[call-arg]  # may hold a log-in

    @contextmanager
    def writing(self, key: str) -> Iterator[IO[bytes]]:
        """A new file, there as a whole or not at all; whoever sends the same at the same time does no harm."""
        path = self._path(key)
        folder = path.rpartition("/")[0]
        self._files.makedirs(folder, exist_ok=True)
        if self._local:
            os.chmod(folder, 0o700)  # what is in them is nobody else's business
        half = f"{path}.{secrets.token_hex(4)}{_HALF}"  # two who send the same file have a half each
        try:
            with self._files.open(half, "wb") as file:
                yield file
            self._files.mv(half, path)
        except BaseException:
            if self._files.exists(half):
                self._files.rm(half)
            raise

    def reading(self, key: str) -> Any:
        """The file, seekable, to be closed by the caller. Raises FileNotFoundError."""
        return self._files.open(self._path(key), "rb")

    def remove(self, key: str) -> None:
        """Whether it is there or not."""
        path = self._path(key)
        if self._files.exists(path):
            self._files.rm(path)

    def left_over(self, folder: str, now: datetime, age: timedelta) -> list[str]:
        """Keys of files older than `age`, halves included by the key that they would have had."""
        path = f"{self._root}/{folder}"
        if not self._files.exists(path):
            return []
        found = self._files.ls(path, detail=True)
        old = [one["name"] for one in found if now - _changed(one) > age]
        return [f"{folder}/{name.rpartition('/')[2]}" for name in old]

    def discard(self, name: str) -> None:
        """Remove what `left_over` named."""
        path = f"{self._root}/{name}"
        if self._files.exists(path):
            self._files.rm(path)

    def _path(self, key: str) -> str:
        if not KEY.fullmatch(key):
            raise ValueError("no key of a file")
        return f"{self._root}/{key}"

    def _protocols(self) -> tuple[str, ...]:
        protocol = self._files.protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _changed(entry: dict[str, Any]) -> datetime:
    told = entry.get("mtime") or entry.get("LastModified") or entry.get("created") or 0
    if isinstance(told, datetime):
        return told if told.tzinfo else told.replace(tzinfo=UTC)
    return datetime.fromtimestamp(float(told), UTC)
