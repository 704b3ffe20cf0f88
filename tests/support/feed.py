"""A listener of the live feed (server-sent events) in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson

from .api import Api
from .waiting import until


class Listener:
    """Keeps the events that came, in their order, and where they were said to come from."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.sources: list[str] = []
        self.open = threading.Event()

    def of(self, story: str) -> list[str]:
        """The types of a story's events."""
        return [event["type"] for event in list(self.events) if event["correlationid"] == story]

    def read(self, reply: httpx.Response) -> None:
        """Until the connection is closed."""
        try:
            for line in reply.iter_lines():
                self.open.set()
                said = orjson.loads(line[6:]) if line.startswith("data: ") else {}
                if "type" in said:
                    self.events.append(said)
                elif "source" in said:
                    self.sources.append(said["source"])
        except (httpx.TransportError, httpx.StreamError):
            return  # closed by us: feeds never end by themselves


@contextmanager
def listening(api: Api, user: str) -> Iterator[Listener]:
    """Listens while the block runs; open when it begins."""
    listener = Listener()
    endless = httpx.Timeout(10, read=60)
    with api.http.stream("GET", "/v1/stream", headers=api.authorization(user), timeout=endless) as reply:
        assert reply.status_code == 200
        thread = threading.Thread(target=listener.read, args=(reply,), daemon=True)
        thread.start()
        until(listener.open.is_set, "the feed to open")
        yield listener
