"""A road engine for tests: a real HTTP server that answers OSRM's `table`, and can be slow, wrong or gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from contracts.geography import Point, metres

METRES_PER_SECOND = 5.0


class Table:
    """How it behaves, and what it was asked. Its roads are straight; none leads to the places in `cut_off`."""

    def __init__(self) -> None:
        self.status, self.body, self.cut_off = 200, None, set[tuple[float, float]]()
        self.holding = threading.Event()
        self.holding.set()
        self.asking = threading.Event()
        self.trickling = False
        self.asked: list[str] = []

    def durations(self, target: str) -> dict[str, Any]:
        """What OSRM would answer."""
        parts = urlsplit(target)
        kind, places = parts.path.split("/")[1:4:2], parts.path.rsplit("/", 1)[1]
        assert kind == ["table", "driving"], parts.path
        points = [Point(coordinates=tuple(map(float, pair.split(",")))) for pair in places.split(";")]
        if len(points) > 100:
            return {"code": "TooBig", "message": "Too many table coordinates"}
        asked = parse_qs(parts.query)
        sources, destinations = ([int(n) for n in asked[name][0].split(";")] for name in ("sources", "destinations"))
        rows = [[self._seconds(points[one], points[other]) for other in destinations] for one in sources]
        return {"code": "Ok", "durations": rows, "sources": [], "destinations": []}

    def _seconds(self, one: Point, other: Point) -> float | None:
        if self.cut_off & {one.coordinates, other.coordinates}:
            return None
        return round(metres(one, other) / METRES_PER_SECOND, 1)


@contextmanager
def serving(table: Table, port: int = 0) -> Iterator[str]:
    """Its address, while it runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            table.asked.append(self.path)
            table.asking.set()
            table.holding.wait(5)
            answer = table.durations(self.path) if table.body is None else table.body
            data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(table.status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):  # whoever asked has left
                self._write(data)

        def _write(self, data: bytes) -> None:
            step = 1 if table.trickling else max(1, len(data))
            for begin in range(0, len(data), step):
                self.wfile.write(data[begin : begin + step])
                self.wfile.flush()
                if table.trickling:
                    threading.Event().wait(0.02)  # slower than the time-out as a whole, quicker for each part

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        table.holding.set()
        server.shutdown()
        server.server_close()
