"""How a request gets to its service: by the service's own door, or over the broker when it has none that answers.

The door is the ordinary way: no broker stands between a call for help and the database that keeps it. Nobody switches:
each request takes the way that is there (docs/adr/0018).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable

from contracts.context import CONTEXT_KEY, Context
from contracts.problems import TimedOut, Unavailable

from .direct import DirectClient
from .metrics import CARRIED
from .rpc import RpcClient, result_of

CONTEXT_HEADER = f"nameko.{CONTEXT_KEY}"


class Caller:
    """Safe for any number of concurrent callers of one event loop.

    `calls_per_service` limits what is under way to one service, so that a slow one cannot take the whole process.
    `broker_answers` tells whether it is worth asking the broker.
    """

    def __init__(
        self, direct: DirectClient, rpc: RpcClient, broker_answers: Callable[[], bool], *, calls_per_service: int = 200
    ) -> None:
        self._direct, self._rpc, self._broker_answers = direct, rpc, broker_answers
        self._running: defaultdict[str, int] = defaultdict(int)
        self._limit = calls_per_service

    async def call(self, operation: str, request: bytes, context: Context, timeout: float) -> bytes:
        """The JSON bytes of the reply's result.

        Raises the Problem that the service answered, Unavailable if the service certainly did not get the request,
        TimedOut if it is unknown what became of it.
        """
        service = operation.partition(".")[0]
        if self._running[service] >= self._limit:
            raise Unavailable(f"{service} has too many requests under way", retry_after=1)
        self._running[service] += 1
        try:
            async with asyncio.timeout(timeout):
                return await self._carry(service, operation, request, context)
        except TimeoutError:
            raise TimedOut(f"no reply within {timeout:g} s", retry_after=1) from None
        finally:
            self._running[service] -= 1

    async def _carry(self, service: str, operation: str, request: bytes, context: Context) -> bytes:
        told = context.model_dump_json(ensure_ascii=True, exclude_defaults=True)
        if service in self._direct.services:
            try:
                reply = await self._direct.call(operation, request, told.encode())
            except Unavailable:  # the service has not got it; what it answers itself is not raised in here
                if not self._broker_answers():
                    raise
            else:
                CARRIED["direct"].inc()
                return result_of(reply)
        CARRIED["broker"].inc()
        trace = {"traceparent": context.traceparent} if context.traceparent else {}
        return await self._rpc.call(operation, request, context.request_id, {CONTEXT_HEADER: told, **trace})
