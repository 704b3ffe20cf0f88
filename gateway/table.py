"""A route is a row: which address leads to which request of which service."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contracts.base import Request

_FIELD = re.compile(r"{(\w+)}")
BODY_LIMIT = 1_000_000


@dataclass(frozen=True)
class Route:
    """One address. Fields in {braces} come from the path; of a GET the others come from the query, else from the body.

    `timeout` in seconds is how long the caller waits; `example` is a body for the documentation, without path fields.
    `upload`: the request is a form with a file, which is kept in this folder of the storage.
    """

    method: str
    path: str
    request: type[Request]
    status: int = 200
    summary: str = ""
    timeout: float = 5.0
    example: dict[str, Any] | None = field(default=None, hash=False)
    body_limit: int = BODY_LIMIT
    upload: str = ""

    @cached_property
    def operation(self) -> str:
        """`<service>.<method>`: the name on the broker."""
        return self.request.operation

    @cached_property
    def service(self) -> str:
        """Who answers."""
        return self.operation.partition(".")[0]

    @cached_property
    def scope(self) -> str:
        """What the caller needs; a request cannot be declared without one."""
        return self.request.scope

    @cached_property
    def path_fields(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(_FIELD.findall(self.path))

    @cached_property
    def reads(self) -> bool:
        """True for a GET."""
        return self.method == "GET"
