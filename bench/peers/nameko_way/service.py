"""The service: RPC method, session, commit, and then the event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from nameko.events import EventDispatcher
from nameko.rpc import rpc
from sqlalchemy.exc import IntegrityError

from bench.peers.nameko_way.dependencies import DatabaseSession
from bench.peers.nameko_way.models import Audit, Inbox, Incident
from bench.peers.work import CreateIncident, Rows, fingerprint, rows_for


class KeyReused(Exception):
    """The Idempotency-Key was used before with another body."""


class IncidentsService:
    """Owns incidents."""

    name = "incidents"

    db = DatabaseSession()
    event_dispatcher = EventDispatcher()

    @rpc
    def create_incident(self, details: dict[str, Any], key: str) -> dict[str, Any]:
        """Create the incident once for `key`; a repetition gets the stored reply."""
        command = CreateIncident.model_validate(details)
        rows = rows_for(command, key, datetime.now(UTC))
        try:
            self._write(rows)
        except IntegrityError:
            return self._stored_reply(command, key)
        self.event_dispatcher("incident_created", orjson.loads(rows.outbox["body"]))
        reply: dict[str, Any] = orjson.loads(rows.reply)
        return reply

    def _write(self, rows: Rows) -> None:
        self.db.add_all([Inbox(**rows.inbox), Incident(**rows.incident), Audit(**rows.audit)])
        self.db.commit()

    def _stored_reply(self, command: CreateIncident, key: str) -> dict[str, Any]:
        self.db.rollback()
        stored = self.db.get(Inbox, key)
        if stored is None or stored.fingerprint != fingerprint(command):
            raise KeyReused(key)
        reply: dict[str, Any] = orjson.loads(stored.reply)
        return reply
