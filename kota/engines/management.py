"""A small client of RabbitMQ's management API."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

LIMIT = 15.0


class Management:
    """The API at `base_url`, as `user`."""

    def __init__(self, base_url: str, user: str, password: str) -> None:
        self._http = httpx.Client(base_url=base_url, auth=(user, password), timeout=LIMIT, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """One call; raises httpx.HTTPStatusError on a refusal. `path` begins after `/api`."""
        reply = self._http.request(method, f"/api{path}", json=body)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def import_definitions(self, document: dict[str, Any]) -> None:
        """Create or update everything in the document."""
        self.request("POST", "/definitions", document)

    def create_vhost(self, name: str, document: dict[str, Any] | None = None) -> None:
        """Create a vhost and, if given, import a definitions document built for it."""
        self.request("PUT", f"/vhosts/{quote(name, safe='')}")
        if document is not None:
            self.import_definitions(document)

    def delete_vhost(self, name: str) -> None:
        """Delete a vhost with all that is in it."""
        self.request("DELETE", f"/vhosts/{quote(name, safe='')}")

    def definitions(self, vhost: str) -> dict[str, Any]:
        """The vhost's exchanges, queues, bindings and policies as they are declared."""
        return dict(self.request("GET", f"/definitions/{quote(vhost, safe='')}"))

    def bind(self, vhost: str, binding: dict[str, Any]) -> None:
        """Make one binding, as a definitions document describes it."""
        kind = binding["destination_type"][0]
        source, destination = (quote(binding[end], safe="") for end in ("source", "destination"))
        body = {"routing_key": binding["routing_key"], "arguments": binding["arguments"]}
        self.request("POST", f"/bindings/{quote(vhost, safe='')}/e/{source}/{kind}/{destination}", body)

    def unbind(self, vhost: str, binding: dict[str, Any]) -> None:
        """Remove one of `bindings`."""
        kind = binding["destination_type"][0]
        ends = [quote(binding[end], safe="") for end in ("source", "destination", "properties_key")]
        source, destination, key = ends
        self.request("DELETE", f"/bindings/{quote(vhost, safe='')}/e/{source}/{kind}/{destination}/{key}")

    def queues(self, vhost: str) -> list[dict[str, Any]]:
        """The vhost's queues with their depths (sampled by the broker every few seconds)."""
        return list(self.request("GET", f"/queues/{quote(vhost, safe='')}"))

    def queue(self, vhost: str, name: str) -> dict[str, Any]:
        """One queue."""
        return dict(self.request("GET", f"/queues/{quote(vhost, safe='')}/{quote(name, safe='')}"))

    def bindings(self, vhost: str) -> list[dict[str, Any]]:
        """Every binding of the vhost: old ones outlive a change of rights, so an audit needs them."""
        return list(self.request("GET", f"/bindings/{quote(vhost, safe='')}"))

    def close_connections(self, vhost: str) -> int:
        """Close every client connection to a vhost from the broker's side; returns how many. For fault tests."""
        connections = [each for each in self.request("GET", "/connections") if each.get("vhost") == vhost]
        for connection in connections:
            self.request("DELETE", f"/connections/{quote(connection['name'], safe='')}")
        return len(connections)
