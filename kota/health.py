"""Asking a process whether it is ready."""

from __future__ import annotations

import httpx

LIMIT = 3.0


def is_ready(base_url: str) -> bool:
    """True when `GET /health/ready` answers 200."""
    try:
        reply = httpx.get(f"{base_url}/health/ready", timeout=LIMIT, trust_env=False)
    except httpx.HTTPError:
        return False
    return reply.status_code == httpx.codes.OK
