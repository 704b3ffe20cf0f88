"""Consoles that are open, without their browsers: each listens and asks for its lists as live.js does.

`python -m bench.console_screens URL COOKIE COUNT`: until its standard input closes; then how often lists were asked for
and how much of one core it took, as JSON. It shares the machine with what it measures, hence plain asyncio.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit

import uvloop

LISTS = {
    "/gawat-darurat/daftar/insiden": ("ambulance.incident", "ambulance.unit", "ambulance.assignment"),
    "/gawat-darurat/daftar/unit": ("ambulance.unit", "ambulance.assignment"),
    "/gawat-darurat/daftar/panggilan": ("ambulance.contact",),
    "/gawat-darurat/daftar/peringatan": ("ambulance.alert",),
    "/gawat-darurat/peta/kini.json": ("ambulance",),
}
GATHER_SECONDS, EVERY_SECONDS = 0.25, 10.0
TIMED = ("/gawat-darurat/daftar/unit", "/gawat-darurat/daftar/panggilan")


class Screens:
    """`asked` counts renewals, `failed` those that were not answered with 200."""

    def __init__(self, url: str, cookie: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._head = f"Host: {parts.netloc}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n"
        self.asked = self.failed = self.listening = 0

    async def one(self) -> None:
        """A console: one stream, and one connection for its lists."""
        dirty = {path: asyncio.Event() for path in LISTS}
        turn = asyncio.Lock()
        pipe = await asyncio.open_connection(self._host, self._port)
        tasks = [self._list(path, dirty[path], pipe, turn) for path in LISTS]
        await asyncio.gather(self._listen(dirty), *tasks)

    async def _listen(self, dirty: dict[str, asyncio.Event]) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=2**20)
        writer.write(f"GET /kabar HTTP/1.1\r\n{self._head}\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        self.listening += 1
        event = b""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                event = line[7:].strip()
            elif line.startswith(b"data: ") and event in (b"change", b"resync"):
                topics = json.loads(line[6:]).get("topics")
                for path, named in LISTS.items():
                    if topics is None or any(_concerns(one, topic) for one in named for topic in topics):
                        dirty[path].set()

    async def _list(
        self,
        path: str,
        dirty: asyncio.Event,
        pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        turn: asyncio.Lock,
    ) -> None:
        reader, writer = pipe
        request = f"GET {path} HTTP/1.1\r\n{self._head}Hx-Request: true\r\n\r\n".encode()
        while True:
            try:
                async with asyncio.timeout(EVERY_SECONDS if path in TIMED else None):
                    await dirty.wait()
            except TimeoutError:
                pass
            dirty.clear()
            async with turn:
                writer.write(request)
                head = await reader.readuntil(b"\r\n\r\n")
                await _body(reader, head.lower())
            self.asked += 1
            self.failed += b" 200 " not in head[:15]
            await asyncio.sleep(GATHER_SECONDS)


async def _body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))


def _concerns(one: str, topic: str) -> bool:
    return f"{one}.".startswith(f"{topic}.") or f"{topic}.".startswith(f"{one}.")


async def _main(url: str, cookie: str, count: int) -> None:
    screens = Screens(url, cookie)
    tasks = [asyncio.create_task(screens.one()) for _ in range(count)]
    while screens.listening < count or screens.asked < count * len(LISTS):  # each has asked for all of its lists
        await asyncio.sleep(0.05)
    print("ready", flush=True)
    began, spent = time.monotonic(), time.process_time()
    asked = screens.asked
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    seconds = time.monotonic() - began
    faults = [repr(task.exception()) for task in tasks if task.done() and task.exception()]
    said = {
        "asked_a_second": (screens.asked - asked) / seconds,
        "failed": screens.failed,
        "gone": faults[:3],
        "core": (time.process_time() - spent) / seconds,
    }
    print(json.dumps(said), flush=True)
    sys.stdout.flush()
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    uvloop.run(_main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
