"""The whole suite, running, as its clients see it: addresses and tokens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from kota.issuer.client import citizen_token, token
from tests.support.processes import ROOT

START_SECONDS = 110
STOP_SECONDS = 60


@dataclass(frozen=True)
class Suite:
    """One running installation."""

    home: Path
    host: str
    port: int
    issuer_url: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The gateway's."""
        return f"http://{self.host}:{self.port}"

    def token(self, user: str) -> str:
        """An access token of a demo user, fetched once."""
        if user not in self.tokens:
            self.tokens[user] = token(self.issuer_url, user)
        return self.tokens[user]

    def headers(self, user: str) -> dict[str, str]:
        """The header that carries the user's token."""
        return {"authorization": f"Bearer {self.token(user)}"}

    def citizen_headers(self, subject: str) -> dict[str, str]:
        """The headers of the super app acting for a citizen."""
        return {**self.headers("super-app"), "citizen-token": citizen_token(self.issuer_url, subject)}


@contextmanager
def running_suite() -> Iterator[Suite]:
    """Start everything in a folder of its own, on free ports; end and remove it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="kt-"))  # short: unix sockets allow 108 characters
    try:
        _kota(home, START_SECONDS, "up", "--detach")
        ports = orjson.loads((home / "run" / "state.json").read_bytes())["ports"]
        yield Suite(home, "127.0.0.1", ports["gateway"], f"http://127.0.0.1:{ports['issuer']}")
    finally:
        _kota(home, STOP_SECONDS, "down")
        shutil.rmtree(home, ignore_errors=True)


def _kota(home: Path, seconds: float, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kota", *arguments],
        cwd=ROOT,
        env={**os.environ, "KOTA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"kota {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}"
