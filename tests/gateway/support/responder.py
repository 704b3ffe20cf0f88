"""A service's side of the wire format, over a real broker: kombu, in a thread, as the service's own broker user."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import orjson
from kombu import Connection, Consumer, Exchange, Message, Producer, Queue

from chassis.answering import CONTEXT_HEADER, error_reply
from contracts.context import Context
from contracts.problems import Problem

RPC = Exchange("nameko-rpc", type="topic", durable=True, no_declare=True)
Answer = Callable[[dict[str, Any], Context], Any]
SILENT = object()


class Responder:
    """Answers every request to one service with what `answers[operation]` returns or raises; else with the request.

    An answer of SILENT sends no reply at all. `seen` holds (operation, request, context) of each message.
    """

    def __init__(self, uri: str, service: str) -> None:
        self.uri, self.service = uri, service
        self.answers: dict[str, Answer] = {}
        self.seen: list[tuple[str, dict[str, Any], Context]] = []
        self.headers: dict[str, Any] = {}
        self._stop, self._ready = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Responder:
        self._thread.start()
        assert self._ready.wait(10), "the responder did not get its queue"
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)

    def _run(self) -> None:
        queue = Queue(f"rpcx-{self.service}", RPC, f"{self.service}.*", durable=True, auto_delete=True)
        with Connection(self.uri) as connection:
            producer = Producer(connection.channel())
            with Consumer(
                connection.channel(), [queue], on_message=lambda m: self._answer(producer, m), accept=["json"]
            ):
                self._ready.set()
                while not self._stop.is_set():
                    try:
                        connection.drain_events(timeout=0.1)
                    except TimeoutError:
                        continue

    def _answer(self, producer: Producer, message: Message) -> None:
        message.ack()
        operation = message.delivery_info["routing_key"]
        request = orjson.loads(message.body)["kwargs"]["request"]
        context = Context.model_validate_json(message.headers[CONTEXT_HEADER])
        self.headers = message.headers
        self.seen.append((operation, request, context))
        reply = self._reply(operation, request, context)
        if reply is not None:
            properties = message.properties
            producer.publish(
                reply,
                exchange="nameko-rpc",
                routing_key=properties["reply_to"],
                correlation_id=properties["correlation_id"],
                content_type="application/json",
                content_encoding="utf-8",
            )

    def _reply(self, operation: str, request: dict[str, Any], context: Context) -> bytes | None:
        answer = self.answers.get(operation, lambda request, _: request)
        try:
            result = answer(request, context)
        except Problem as problem:
            return error_reply(problem)
        return None if result is SILENT else b'{"result":' + orjson.dumps(result) + b',"error":null}'
