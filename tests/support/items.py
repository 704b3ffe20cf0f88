"""A throw-away table and request, so that the chassis is tested without the words of any service."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
from sqlalchemy import Column, ForeignKey, Integer, Table, Text, Uuid

from chassis.db import new_metadata
from chassis.runtime import Runtime
from chassis.work import Cause, Work
from contracts.base import REQUESTS, Request, View
from contracts.context import SYSTEM, Context

metadata = new_metadata()
item = Table(
    "item",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, unique=True),
    Column("amount", Integer, nullable=False),
)
part = Table("part", metadata, Column("id", Uuid, primary_key=True), Column("item_id", Uuid, ForeignKey("item.id")))

CAUSE = Cause(actor=SYSTEM, action="test", correlation_id="story", causation_id="why", purpose="care")


class ItemView(View):
    """What was added; `note` stands for personal data in a reply."""

    id: uuid.UUID
    note: str


class AddItem(Request, operation="sample.add_item", scope="sample:write", reply=ItemView):
    """Adds one item."""

    code: str
    note: str = ""


REQUESTS.pop("sample.add_item")  # it is no part of the suite's language, which other tests compare with its files


def prepare(runtime: Runtime) -> Runtime:
    """Create the tables."""
    metadata.create_all(runtime.engine)
    return runtime


def add_item(work: Work, request: AddItem) -> ItemView:
    """Writes only: one statement."""
    identifier = work.new_id()
    work.insert(item, id=identifier, code=request.code, amount=1)
    work.audit(identifier, code=request.code)
    return ItemView(id=identifier, note=request.note)


def headers(**context: Any) -> dict[str, Any]:
    """The message headers of a request by somebody who may add items."""
    actor = {"subject": "s-1", "client": "c-1", "scopes": ["sample:write"]}
    values = {"actor": actor, "correlation_id": "story", "request_id": str(uuid.uuid4())} | context
    return {"nameko.context": Context.model_validate(values).model_dump_json()}


def rows(runtime: Runtime, table: str, columns: str = "count(*)") -> list[Any]:
    """What another session sees."""
    with psycopg.connect(runtime.url.replace("+psycopg", ""), connect_timeout=5) as connection:
        return connection.execute(f"SELECT {columns} FROM {table}".encode()).fetchall()


def count(runtime: Runtime, table: str) -> int:
    """How many rows another session sees; `table` may carry a condition."""
    return int(rows(runtime, table)[0][0])
