"""A network before the broker that can be cut and mended, or swallow everything: plain TCP, byte for byte."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Wire:
    """Forwards a loopback port to another; `cut()` resets every connection and refuses new ones until `mend()`."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._open: set[socket.socket] = set()
        self._flows = threading.Event()
        self._flows.set()
        self._lock = threading.Lock()
        self._listener = self._listen(0)
        self.port = int(self._listener.getsockname()[1])

    def cut(self) -> None:
        """Nobody gets through."""
        self._end(self._listener)
        with self._lock:
            for end in self._open:
                self._end(end)
            self._open.clear()

    @staticmethod
    def _end(one: socket.socket) -> None:
        # Without the shutdown a thread that waits in accept() or recv() would keep the socket open.
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    def mend(self) -> None:
        """New connections get through again."""
        self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                self._flows.wait()  # as a connection asked for meanwhile: it is asked for again and again
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
                far.settimeout(None)
                with self._lock:
                    self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def swallow(self) -> None:
        """Whatever is sent is lost for good, and no connection ends: both ends wait for each other."""
        self._flows.clear()

    def flow(self) -> None:
        """New connections get through; those that lost something stay dead."""
        self._flows.set()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            lost = False
            while data := one.recv(65536):
                lost = lost or not self._flows.is_set()
                if not lost:
                    other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
