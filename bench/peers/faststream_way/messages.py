"""What travels between the gateway and the service."""

from __future__ import annotations

from pydantic import BaseModel

from bench.peers.work import CreateIncident

QUEUE = "bench.incidents.create"


class CreateRequest(BaseModel):
    """The command and the key of the request that brought it."""

    key: str
    command: CreateIncident
