"""What the gateway refuses (RFC 9457), and that it does not answer."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass(frozen=True)
class FieldProblem:
    """One wrong field, in the user's language. `name` is the field's name in the form: `/location/coordinates/0`
    belongs to `location`, `/reporter/phone` to `reporter.phone`; `/file/7` is row 7 of the file that was sent."""

    name: str
    detail: str
    fix: str = ""
    row: str = ""


@dataclass
class ApiProblem(Exception):
    """A refusal. `extra` holds members of its kind, such as the unit that won."""

    status: int
    title: str
    detail: str = ""
    type: str = ""
    errors: tuple[FieldProblem, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def of(self, *names: str) -> list[FieldProblem]:
        """Those of these fields."""
        return [error for error in self.errors if error.name in names]

    @classmethod
    def from_reply(cls, reply: httpx.Response) -> ApiProblem:
        """Whatever came back."""
        try:
            body = reply.json()
        except ValueError:
            body = {}
        if not isinstance(body, dict):
            body = {}
        errors = tuple(_field(error) for error in body.pop("errors", None) or ())
        title, detail = str(body.pop("title", reply.reason_phrase)), str(body.pop("detail", "") or "")
        return cls(reply.status_code, title, detail, str(body.pop("type", "")), errors, body)


class Unreachable(Exception):
    """No answer: nobody knows whether it was done. `service` is who was asked, as far as that is known."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


def _field(error: dict[str, Any]) -> FieldProblem:
    parts = [part for part in str(error.get("pointer", "")).split("/") if part]
    if parts[:1] in (["path"], ["query"], ["header"]):
        parts = parts[1:]
    named = list(itertools.takewhile(lambda part: part != "coordinates" and not part.isdigit(), parts))
    row = parts[1] if parts[:1] == ["file"] and len(parts) > 1 and parts[1].isdigit() else ""
    return FieldProblem(".".join(named), str(error.get("detail", "")), str(error.get("fix") or ""), row)
