"""The real development issuer under uvicorn in a thread, which a test may stop, start again and give new keys."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import uvicorn
from joserfc.jwk import ECKey

from gateway.security import TrustedIssuer
from kota.issuer.app import create
from kota.issuer.keys import make
from kota.issuer.tokens import Minter
from kota.ports import any_free_port

LIMIT_SECONDS = 10


@dataclass
class Clock:
    """Time that stands still until it is moved. Unix seconds."""

    now: float = field(default_factory=time.time)

    def __call__(self) -> float:
        return self.now


class IssuerServer:
    """Both issuers, of people and of citizens, at one address that stays the same."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.port = clock, any_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.people_key, self.citizens_key = make(), make()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def people(self) -> Minter:
        return Minter(self.url, self.people_key, clock=self.clock)

    @property
    def citizens(self) -> Minter:
        return Minter(f"{self.url}/citizens", self.citizens_key, clock=self.clock)

    @property
    def trusted(self) -> tuple[TrustedIssuer, ...]:
        """As the gateway is configured."""
        citizens = TrustedIssuer(f"{self.url}/citizens", f"{self.url}/citizens/jwks.json", "kota", "citizen")
        return (TrustedIssuer(self.url, f"{self.url}/jwks.json", "kota", "staff"), citizens)

    def start(self) -> None:
        app = create(self.people, self.citizens)
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        end = time.monotonic() + LIMIT_SECONDS
        while not self._server.started:
            assert time.monotonic() < end and self._thread.is_alive(), "the issuer did not start"
            self._thread.join(0.01)

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(LIMIT_SECONDS)
        assert not self._thread.is_alive(), "the issuer did not stop"
        self._server = None

    def rotate(self, key: ECKey | None = None) -> None:
        """Come back with another key of people."""
        self.stop()
        self.people_key = key or make()
        self.start()

    def staff_token(self, role: str = "dispatcher", **claims: Any) -> str:
        return self.people.mint({"sub": "demo-somebody", "client_id": "console", "roles": [role], **claims})


@contextmanager
def key_server(document: Any, status: int = 200) -> Iterator[str]:
    """The address of an HTTP server that answers everything with this document: another issuer, or a broken one."""
    body = json.dumps(document).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/keys"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(LIMIT_SECONDS)
