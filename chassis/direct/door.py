"""A service's door: the port where the gateway's requests arrive, answered by the same handlers as the broker's.

Several processes of a service on one machine share the port (SO_REUSEPORT): the kernel deals the connections out.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

import eventlet
from eventlet.semaphore import Semaphore
from nameko.extensions import ProviderCollector, SharedExtension

from contracts.problems import NotFound

from .. import failpoints, telemetry
from ..answering import Expired, error_reply
from ..errors import describe
from .connection import Connection, Received
from .keys import keys_of
from .unpublished import unpublished
from .wire import CONTEXT, NOT_SIGNED, OK, SIGNATURE, TOO_LATE, UNPUBLISHED, is_signed

log = telemetry.logger(__name__)
CONNECTIONS = 1000
SILENT_SECONDS = 120.0
"""A connection on which nothing comes for so long is closed; the gateway lets go of its own sooner."""
CROWDED = 800
"""With more connections than this, the oldest on which nothing signed has come yet is hung up on for each new one:
whoever has no key can't hold all places. Not sooner: a gateway opens many at once before it writes on the first."""
PAUSE_SECONDS = 0.1
_CONTEXT, _SIGNATURE = CONTEXT.lower(), SIGNATURE.lower()

Answer = Callable[[str, bytes], bytes]


class Door(SharedExtension, ProviderCollector):  # type: ignore[misc]
    """One for all operations of a service. Without DIRECT_PORT there is none, and requests come by the broker only."""

    def setup(self) -> None:
        """nameko: before start."""
        config = self.container.config
        self._settings, self._runtime = config["settings"], config["runtime"]
        service = self._settings.service
        production = self._settings.environment == "production"
        self._keys = keys_of(service, self._settings.direct_key.get_secret_value(), production=production)
        # As many at once as the broker would be given: each needs a database connection.
        self._places = Semaphore(self._settings.rpc_prefetch)
        self._operations: dict[bytes, Answer] = {}
        self._pool = eventlet.GreenPool(CONNECTIONS)
        self._connections: set[Connection] = set()
        self._strangers: dict[Connection, None] = {}  # in the order in which they came
        self._listener: socket.socket | None = None

    def start(self) -> None:
        """nameko: after setup of everything."""
        port = self._settings.direct_port
        if port is None or self._listener is not None:
            return
        for provider in self._providers:
            self._operations[f"/{provider.model.operation}".encode()] = provider.answer_direct
        self._operations[f"/{self._settings.service}.{UNPUBLISHED}".encode()] = self._unpublished
        self._listener = eventlet.listen((self._settings.direct_host, port), backlog=512, reuse_port=True)
        log.info("direct_listens", port=self._listener.getsockname()[1])
        self.container.spawn_managed_thread(self._accept, identifier="direct requests")

    def close(self) -> None:
        """Take no more requests, and wait for those in hand. Called by each operation that stops."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
            for connection in tuple(self._connections):
                connection.close()
        self._pool.waitall()

    def _accept(self) -> None:
        listener = self._listener
        while self._listener is not None and listener is not None:
            try:
                opened, _ = listener.accept()
            except OSError as error:  # closed by us; or no file is left to open, which passes
                if self._listener is not None:
                    log.error("direct_accept_failed", reason=describe(error))
                    eventlet.sleep(PAUSE_SECONDS)
                continue
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(SILENT_SECONDS)
            self._pool.spawn_n(self._serve, opened)
        if listener is not None:
            listener.close()

    def _serve(self, opened: socket.socket) -> None:
        connection = Connection(opened, lambda request: self._answer(connection, request))
        self._connections.add(connection)
        self._welcome(connection)
        try:
            if self._listener is None:
                connection.close()
            connection.serve()
        finally:
            self._connections.discard(connection)
            self._strangers.pop(connection, None)

    def _welcome(self, connection: Connection) -> None:
        self._strangers[connection] = None
        if len(self._connections) > CROWDED:
            oldest = next(iter(self._strangers))
            del self._strangers[oldest]
            oldest.hang_up()

    def _answer(self, connection: Connection, request: Received) -> tuple[int, bytes]:
        context, signature = request.headers.get(_CONTEXT, b""), request.headers.get(_SIGNATURE, b"")
        if not is_signed(self._keys, request.target[1:], context, request.body, signature):
            log.warning("direct_request_not_signed")
            return NOT_SIGNED, b""
        self._strangers.pop(connection, None)
        operation = self._operations.get(request.target)
        if operation is None:
            return OK, error_reply(NotFound(f"{self._settings.service} has no such operation"))
        self._take_place()
        try:
            reply = operation(context.decode("ascii", "replace"), request.body)
        except Expired:
            return TOO_LATE, b""
        finally:
            self._places.release()
        failpoints.reach(failpoints.BEFORE_ACK)
        return OK, reply

    def _take_place(self) -> None:
        if not self._places.acquire(blocking=False):
            with telemetry.REQUESTS_WAITING.track_inprogress():
                self._places.acquire()

    def _unpublished(self, context: str, body: bytes) -> bytes:
        return unpublished(self._runtime, context, body)
