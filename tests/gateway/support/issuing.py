"""A real development issuer on a real port, whose keys the tests hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from fastapi import FastAPI

from kota.issuer.app import create
from kota.issuer.keys import make
from kota.issuer.tokens import Minter
from kota.issuer.users import SUPER_APP, User, find
from kota.ports import any_free_port
from tests.support.waiting import until


@contextmanager
def serving(app: FastAPI, port: int) -> Iterator[None]:
    """The application in a thread, for the length of the block."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started, "the issuer to listen")
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Issuer:
    """Two minters as the issuer has them, and shortcuts for tokens."""

    port: int = field(default_factory=any_free_port)

    def __post_init__(self) -> None:
        self.url = f"http://127.0.0.1:{self.port}"
        self.people = Minter(self.url, make())
        self.citizens = Minter(f"{self.url}/citizens", make())

    def token(self, name: str, **claims: object) -> str:
        """An access token of a demo user, or of the super app."""
        user: User | None = SUPER_APP if name == SUPER_APP.name else find(name)
        assert user is not None, name
        return self.people.mint({**user.claims, "client_id": "test" if user != SUPER_APP else user.name, **claims})

    def headers(self, name: str, **claims: object) -> dict[str, str]:
        """The Authorization header of a demo user."""
        return {"Authorization": f"Bearer {self.token(name, **claims)}"}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve keys and tokens."""
        with serving(create(self.people, self.citizens), self.port):
            yield
