"""The education service as its people ask it: by user name, with what the API wants in every request."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from kota.errors import OperatorError
from kota.importing.access import token_of
from kota.waiting import wait_until

BASE = "/v1/education"
SECONDS, PAUSE = 120.0, 0.2


class EducationApi:
    """Paths are those below /v1/education."""

    def __init__(self, gateway: str, issuer: str) -> None:
        self._http = httpx.Client(base_url=gateway, timeout=30.0, trust_env=False)
        self._issuer, self._tokens = issuer, dict[str, str]()

    def ask(self, user: str, method: str, path: str, **more: Any) -> Any:
        """The reply's JSON. Raises OperatorError for any refusal."""
        return self.fetch(user, method, path, **more).json()

    def fetch(self, user: str, method: str, path: str, **more: Any) -> httpx.Response:
        """The reply. Raises OperatorError for any refusal."""
        if user not in self._tokens:
            self._tokens[user] = token_of(self._issuer, user)
        headers = {"Authorization": f"Bearer {self._tokens[user]}", "X-Purpose": "simulasi"}
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        reply = self._http.request(method, f"{BASE}/{path}", headers=headers, **more)
        if not reply.is_success:
            raise OperatorError(f"{path.partition('?')[0]}: {reply.status_code} {reply.text[:200]}", "See the logs.")
        return reply

    def until(self, user: str, path: str, state: str, *never: str) -> Any:
        """Wait until something is in a state. Raises OperatorError if it is in one of `never`, or too slow."""
        now: dict[str, Any] = {}

        def reached() -> bool:
            now.update(self.ask(user, "GET", path))
            if now["state"] in never:
                raise OperatorError(f"{path} is {now['state']}, not {state}.", "Look into the log of education.")
            return bool(now["state"] == state)

        wait_until(reached, f"{path} to be {state}", limit=SECONDS, interval=PAUSE)
        return now

    def every(self, user: str, path: str) -> list[Any]:
        """All items of a list, page by page."""
        found, cursor = list[Any](), ""
        joint = "&" if "?" in path else "?"
        while cursor is not None:
            page = self.ask(user, "GET", f"{path}{joint}limit=200{cursor and f'&cursor={cursor}'}")
            found += page["items"]
            cursor = page["next"]
        return found
