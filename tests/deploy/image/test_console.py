"""The console from its image's tree alone: no broker, no database, no service, and its pages' files with it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import httpx

from kota.ports import any_free_port
from tests.deploy.image.tree import bare_python, build, size
from tests.support.waiting import until


def test_it_shows_its_pages_without_anything_else(tmp_path: Path) -> None:
    tree, port = build("console", tmp_path / "kota"), any_free_port()
    assert not (tree / "lib" / "nameko").exists() and not (tree / "app" / "services").exists()
    assert not (tree / "app" / ".assets" / "test").exists()
    assert size(tree) <= size(Path(sys.prefix)) / 2
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHON": str(bare_python(tmp_path)),
        "CONSOLE_PORT": str(port),
        "CONSOLE_SESSION_KEYS": base64.b64encode(b"k" * 32).decode(),
        "OIDC_ISSUER": "http://127.0.0.1:1",
        "GATEWAY_URL": "http://127.0.0.1:1",
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([str(tree / "start")], env=environment, stdout=log, stderr=log)
    try:
        until(lambda: _ready(port), "the console to be ready", limit=30)
        page = httpx.get(f"http://127.0.0.1:{port}/keluar")
        assert page.status_code == 200
        for part in page.text.split('"'):
            if part.startswith("/berkas/"):
                assert httpx.get(f"http://127.0.0.1:{port}{part}").status_code == 200, part
        assert httpx.get(f"http://127.0.0.1:{port}/masuk").status_code == 503  # no log-in server here
    finally:
        process.terminate()
        process.wait(20)


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
    except httpx.HTTPError:
        return False
