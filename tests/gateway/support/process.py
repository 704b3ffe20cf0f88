"""`python -m gateway` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kota.ports import any_free_port
from tests.support.processes import ROOT
from tests.support.run.folder import mark
from tests.support.waiting import until


class GatewayProcess:
    """Started with the environment that `kota up` would give it."""

    def __init__(self, amqp_uri: str, issuer_url: str, log: Path, **environment: str) -> None:
        self.port, self.log = any_free_port(), log
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONUNBUFFERED": "1",
            **mark(),
            "GATEWAY_PORT": str(self.port),
            "AMQP_URI": amqp_uri,
            "OIDC_ISSUER": issuer_url,
            "OIDC_JWKS_URL": f"{issuer_url}/.well-known/jwks.json",
            **environment,
        }
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.url, timeout=10)
        self.command, self.root = [sys.executable, "-m", "gateway"], ROOT

    def __enter__(self) -> GatewayProcess:
        self.launch()
        until(self.is_ready, "the gateway to be ready", limit=30)
        return self

    @contextmanager
    def launched(self) -> Iterator[None]:
        """Started and not waited for."""
        self.launch()
        try:
            yield
        finally:
            self.__exit__()

    def launch(self) -> None:
        """Start."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.root, env=self.environment, stdout=log, stderr=log)

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
            raise

    def is_ready(self) -> bool:
        """What an orchestrator would ask."""
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        try:
            return self.client.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def health_text(self) -> str:
        """What it says of itself; empty while it does not answer."""
        try:
            return self.client.get("/health/ready").text
        except httpx.TransportError:
            return ""

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return self.client.get(path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """POST."""
        return self.client.post(path, **options)
