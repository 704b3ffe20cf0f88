"""A route is a row: which address leads to which request of which service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from contracts.base import Request

_FIELD = re.compile(r"{(\w+)}")
BODY_LIMIT = 1_000_000


@dataclass(frozen=True)
class Route:
    """One address. Fields in {braces} come from the path; of a GET the others come from the query, else from the body."""

    method: str
    path: str
    request: type[Request]
    status: int = 200
    summary: str = ""
    timeout: float = 5.0
    body_limit: int = BODY_LIMIT

    @property
    def operation(self) -> str:
        """`<service>.<method>`: the name on the broker."""
        return self.request.operation

    @property
    def service(self) -> str:
        """Who answers."""
        return self.operation.partition(".")[0]

    @property
    def scope(self) -> str:
        """What the caller needs; a request cannot be declared without one."""
        return self.request.scope

    @cached_property
    def path_fields(self) -> tuple[str, ...]:
        """The names in braces."""
        return tuple(_FIELD.findall(self.path))

    @property
    def reads(self) -> bool:
        """True for a GET."""
        return self.method == "GET"
