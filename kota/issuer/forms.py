"""Reading forms and saying refusals: what every address of the issuer needs (RFC 6749, section 5.2)."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from fastapi import Request

FORM_LIMIT = 10_000


class Refused(Exception):
    """An OAuth 2 error reply."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.description, self.status = error, description, status


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a urlencoded body, each once. Raises Refused."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_LIMIT:
            raise Refused("invalid_request", "the form is too large", 413)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refused("invalid_request", "send application/x-www-form-urlencoded") from None
    return {name: values[0] for name, values in fields.items()}


def same(given: str, wanted: str) -> bool:
    """Equal, in a time that tells nothing."""
    return secrets.compare_digest(given.encode(), wanted.encode())
