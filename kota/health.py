"""Asking a process whether it is ready."""

from __future__ import annotations

from functools import cache

import httpx

LIMIT = 3.0


def is_ready(base_url: str) -> bool:
    """True when `GET /health/ready` answers 200."""
    try:
        reply = plain_client().get(f"{base_url}/health/ready", timeout=LIMIT)
    except httpx.HTTPError:
        return False
    return reply.status_code == httpx.codes.OK


@cache
def plain_client() -> httpx.Client:
    """One for all questions: `httpx.get` reads the certificates anew each time, 20 ms of processor time.

    Nothing is kept open, since the process asked may have been another one a moment ago.
    """
    return httpx.Client(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
