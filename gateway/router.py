"""The table's rows by method and address, in front of the framework.

Most requests are rows. Finding one by trying every pattern, inside of seven layers of middleware, cost as much as the
request to the service itself; here it is one look-up for each segment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from contracts.problems import MethodNotAllowed

from .problems import with_headers
from .table import Route

Handle = Callable[[HttpRequest, Route], Awaitable[Response]]
FIELD = "/"
"""Stands for any segment in the tree; no segment can be this text itself."""


class Router:
    """Calls `handle` for rows, and the framework's application for everything else."""

    def __init__(self, routes: Iterable[Route], handle: Handle, others: ASGIApp) -> None:
        self._handle, self._others = handle, others
        self._root: dict[str, Any] = {}
        for route in routes:
            self._add(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self.find(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._others(scope, receive, send)
            return
        methods, values = found
        route = methods.get(scope["method"])
        if route is None:
            allowed = ", ".join(sorted(methods))
            raise with_headers(MethodNotAllowed(f"possible here: {allowed}"), Allow=allowed)
        scope["route"], scope["path_params"] = route, dict(zip(route.path_fields, values, strict=True))
        response = await self._handle(HttpRequest(scope, receive), route)
        await response(scope, receive, send)

    def find(self, path: str) -> tuple[dict[str, Route], list[str]] | None:
        """The rows at this address by method, and the values in place of the braces."""
        node, values = self._root, []
        for segment in path.split("/"):
            if segment in node:
                node = node[segment]
            elif FIELD in node and segment:
                node = node[FIELD]
                values.append(segment)
            else:
                return None
        methods: dict[str, Route] | None = node.get(None)  # type: ignore[call-overload]
        return (methods, values) if methods else None

    def _add(self, route: Route) -> None:
        node = self._root
        for segment in route.path.split("/"):
            node = node.setdefault(FIELD if segment.startswith("{") else segment, {})
        methods = node.setdefault(None, {})  # type: ignore[call-overload]
        if route.method in methods:
            raise ValueError(f"{route.method} {route.path} stands twice in the table")
        methods[route.method] = route
