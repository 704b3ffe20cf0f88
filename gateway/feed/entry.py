"""One event of the stream, as it is shown to listeners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from aiormq.abc import DeliveredMessage

from contracts.base import EVENT_TYPE
from contracts.envelope import PREFIX, Envelope, EnvelopeError

SHOWN = ("id", "type", "subject", "time", "sequence", "correlationid")
# Sealed for one named consumer: no business of listeners (architecture, section 4).
HIDDEN = "sealed"
MARK = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its place in the stream. `frame` is its server-sent event, written once for all listeners; `mark`
    tells it from another event at the same place of a stream that was made anew."""

    offset: int
    mark: str
    service: str
    data: Mapping[str, Any]
    frame: bytes
    id: str = ""

    def concerns(self, rows: Mapping[str, tuple[str, ...]]) -> bool:
        """True if it lies within the listener's row limits: an event that does not name such a row is left out."""
        return all(self.data.get(f"{kind}_id", self.data.get(kind)) in allowed for kind, allowed in rows.items())

    @property
    def place(self) -> Entry:
        """For who has seen the event already: only the place from which it resumes."""
        return replace(self, frame=b"id: %d-%s\n\n" % (self.offset, self.mark.encode()))


NOWHERE = -1


def offset_of(message: DeliveredMessage) -> int:
    """The place in the stream; RabbitMQ puts it into a header of every message."""
    return int((message.header.properties.headers or {})["x-stream-offset"])  # type: ignore[arg-type]


def entry_of(message: DeliveredMessage) -> Entry | None:
    """The event of a message; None for a message that is no event of ours."""
    return _entry(message.header.properties.headers or {}, message.body, offset_of(message))


def waiting_entry(headers: Mapping[str, Any], body: str) -> Entry | None:
    """An event that is not in the stream yet: its frame has no id, so whoever comes back does not begin there."""
    return _entry(headers, body, NOWHERE)


def _entry(headers: Mapping[str, Any], body: bytes | str, offset: int) -> Entry | None:
    try:
        envelope = Envelope.from_headers(dict(headers))
        data = orjson.loads(body)
    except (EnvelopeError, orjson.JSONDecodeError):
        return None
    # The type becomes a line of the feed: one with a line break in it could forge an event.
    if not isinstance(data, dict) or not EVENT_TYPE.fullmatch(envelope.type):
        return None
    data.pop(HIDDEN, None)
    kind = envelope.type
    shown = orjson.dumps({**{name: str(headers[PREFIX + name]) for name in SHOWN}, "data": data})
    mark = envelope.id.hex[-MARK:]
    place = b"" if offset == NOWHERE else b"id: %d-%s\n" % (offset, mark.encode())
    frame = b"%bevent: %s\ndata: %s\n\n" % (place, kind.encode(), shown)
    return Entry(offset, mark, kind.partition(".")[0], data, frame, str(envelope.id))
