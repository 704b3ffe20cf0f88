"""Asking the gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

import httpx

from .problems import ApiProblem, Unreachable

UPLOAD_SECONDS = 120.0
UNKNOWN = (502, 503, 504)
"""Who answers with these does not know whether it was done."""


class Gateway:
    """The connections to it, shared by all users."""

    def __init__(self, url: str, seconds: float) -> None:
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        self.http = httpx.AsyncClient(base_url=url, timeout=seconds, limits=limits, trust_env=False)

    async def close(self) -> None:
        """At the end of the process."""
        await self.http.aclose()

    def of(self, token: str, language: str) -> Api:
        """As one person sees it."""
        return Api(self.http, token, language)


@dataclass(frozen=True)
class Api:
    """One person's view of the API. Every call raises ApiProblem for a refusal and Unreachable without an answer."""

    http: httpx.AsyncClient
    token: str
    language: str
    purpose: str = ""
    """Why personal data is looked at, where a read does not say it more closely."""

    def stating(self, purpose: str) -> Api:
        """The same person's, with what they look at data for."""
        return replace(self, purpose=purpose)

    async def get(self, path: str, purpose: str = "", **query: Any) -> Any:
        """A read; `purpose` is why personal data is looked at."""
        given = {name: _text(value) for name, value in query.items() if value not in (None, "")}
        more = {"X-Purpose": said} if (said := purpose or self.purpose) else {}
        return (await self._ask("GET", path, params=given, headers=more)).json()

    async def file(self, path: str, **query: Any) -> bytes:
        """A file, such as a plan to be printed."""
        return (await self._ask("GET", path, params=query, headers={})).content

    async def pages(self, path: str, **query: Any) -> AsyncIterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        cursor = None
        while True:
            page = await self.get(path, cursor=cursor, **query)
            for item in page["items"]:
                yield item
            cursor = page.get("next")
            if cursor is None:
                return

    async def post(self, path: str, body: Mapping[str, Any], key: str) -> Any:
        """A deed. `key` makes a repetition of it the same deed: made when its form was opened, never anew by us."""
        return (await self._ask("POST", path, json=body, headers={"Idempotency-Key": key})).json()

    async def upload(self, path: str, fields: Mapping[str, str], name: str, file: IO[bytes], key: str) -> Any:
        """A deed with a file, which is passed on as it is."""
        sent = {"data": dict(fields), "files": {"file": (name, file)}, "timeout": UPLOAD_SECONDS}
        return (await self._ask("POST", path, headers={"Idempotency-Key": key}, **sent)).json()

    async def put(self, path: str, body: Mapping[str, Any], version: int | None = None) -> Any:
        """A change; with `version` only if nobody changed it meanwhile."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return (await self._ask("PUT", path, json=body, headers=headers)).json()

    async def _ask(self, method: str, path: str, *, headers: dict[str, str], **sent: Any) -> httpx.Response:
        said = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language, **headers}
        try:
            reply = await self.http.request(method, path, headers=said, **sent)
        except httpx.HTTPError as error:
            raise Unreachable(_service(path)) from error
        if reply.status_code in UNKNOWN:
            raise Unreachable(_service(path))
        if not reply.is_success:
            raise ApiProblem.from_reply(reply)
        return reply


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _service(path: str) -> str:
    parts = path.split("/")
    return parts[2] if len(parts) > 2 else ""
