"""Sending checked rows to the public API, in batches that fit its limits."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import httpx
from pydantic import BaseModel
from rich.markup import escape

from contracts.ambulance.views import ImportView
from kota.errors import OperatorError

BATCH_BYTES = 900_000  # below the gateway's limit of 1 MB
REQUEST_SECONDS = 30.0
TRIES = 6
PASSING = frozenset({429, 502, 503, 504})


@dataclass
class Api:
    """The public API as the ambulance manager. `pause` waits so many seconds between two tries."""

    client: httpx.Client
    token: str
    pause: Callable[[float], None] = field(default=time.sleep)

    def post(self, path: str, body: bytes) -> ImportView:
        """Send one batch; a passing fault is tried again with the same Idempotency-Key. Raises OperatorError."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Language": "en",
            "Idempotency-Key": str(uuid.uuid4()),
        }
        for attempt in range(1, TRIES + 1):
            reply = self._try(path, body, headers)
            if isinstance(reply, httpx.Response) and reply.status_code not in PASSING:
                return _view(path, reply)
            if attempt < TRIES:
                self.pause(0.5 * 2 ** (attempt - 1))
        what = f"HTTP {reply.status_code}" if isinstance(reply, httpx.Response) else str(reply) or type(reply).__name__
        raise OperatorError(
            escape(f"The gateway did not take {path}: {what}."), "See `kota status`, then import again."
        )

    def _try(self, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response | httpx.TransportError:
        try:
            return self.client.post(path, content=body, headers=headers, timeout=REQUEST_SECONDS)
        except httpx.TransportError as error:
            return error


def send(
    api: Api, path: str, name: str, rows: Sequence[BaseModel], most: int, advance: Callable[[int], None]
) -> ImportView:
    """Send all rows as `{name: [...]}`, at most `most` at a time; returns what changed altogether."""
    total = ImportView(created=0, updated=0, unchanged=0)
    for batch in batches([row.model_dump_json(exclude_none=True).encode() for row in rows], most):
        done = api.post(path, b'{"%s":[%s]}' % (name.encode(), b",".join(batch)))
        total = ImportView(
            created=total.created + done.created,
            updated=total.updated + done.updated,
            unchanged=total.unchanged + done.unchanged,
        )
        advance(len(batch))
    return total


def batches(rows: Sequence[bytes], most: int, most_bytes: int = BATCH_BYTES) -> Iterator[list[bytes]]:
    """Rows in order, as many at a time as both limits allow; a row too large for any batch goes alone."""
    batch: list[bytes] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == most or size + len(row) > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row) + 1
    if batch:
        yield batch


def _view(path: str, reply: httpx.Response) -> ImportView:
    if reply.is_success:
        return ImportView.model_validate_json(reply.content)
    if reply.is_server_error:
        problem = escape(f"{path} failed inside of the suite (HTTP {reply.status_code}).")
        raise OperatorError(problem, "The file is not at fault: see `kota status` and the logs.")
    problem = reply.json() if "json" in reply.headers.get("content-type", "") else {}
    errors = [f"  {one['pointer']}: {one['detail']}; {one.get('fix') or ''}" for one in problem.get("errors", ())]
    title = f"{path} was refused ({reply.status_code}): {problem.get('title', '')} {problem.get('detail') or ''}"
    raise OperatorError(escape("\n".join([title.strip(), *errors])), "Mend the file and import it again.")
