"""The public HTTP API as its users call it."""

from __future__ import annotations

import uuid
from functools import cached_property
from types import TracebackType
from typing import Any, Self

import httpx

from kota.issuer.client import citizen_token, token

SECONDS = 15.0
CITIZEN = "citizen-"


class Api:
    """Logs users in at the development issuer and calls the gateway."""

    def __init__(self, gateway_url: str, issuer_url: str) -> None:
        self._gateway_url, self._issuer_url = gateway_url, issuer_url
        self._tokens: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    @cached_property
    def http(self) -> httpx.Client:
        """The connections."""
        return httpx.Client(base_url=self._gateway_url, timeout=SECONDS, trust_env=False)

    def authorization(self, user: str) -> dict[str, str]:
        """The headers that say who asks; `citizen-…` is somebody in the super app."""
        if user.startswith(CITIZEN):
            return {**self.authorization("super-app"), "Citizen-Token": citizen_token(self._issuer_url, user)}
        if user not in self._tokens:
            self._tokens[user] = token(self._issuer_url, user)
        return {"Authorization": f"Bearer {self._tokens[user]}"}

    def ask(
        self, user: str, method: str, path: str, body: Any = None, *, story: str = "", key: str = ""
    ) -> httpx.Response:
        """One request, whatever comes back. `story` is its correlation id, `key` its Idempotency-Key."""
        headers = self.authorization(user) | ({"X-Correlation-Id": story} if story else {})
        if method != "GET":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        return self.http.request(method, path, json=body, headers=headers)

    def get(self, user: str, path: str) -> Any:
        """A read that must succeed."""
        return self._good(self.ask(user, "GET", path))

    def post(self, user: str, path: str, body: Any = None, *, story: str = "") -> Any:
        """A change that must succeed."""
        return self._good(self.ask(user, "POST", path, {} if body is None else body, story=story))

    def put(self, user: str, path: str, body: Any) -> Any:
        """A change that must succeed."""
        return self._good(self.ask(user, "PUT", path, body))

    @staticmethod
    def _good(reply: httpx.Response) -> Any:
        assert reply.is_success, f"{reply.request.method} {reply.request.url.path}: {reply.status_code} {reply.text}"
        return reply.json()
