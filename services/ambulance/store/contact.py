"""Contacts. Phone, complaint, landmark and reason are encrypted; `phone_key` finds the calls of one number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, RowMapping, Table, Text, Uuid, select, text

from chassis.encrypted import decrypt, encrypt
from chassis.paging import page
from chassis.work import Work
from contracts.ambulance.requests.intake import ListContacts
from contracts.ambulance.values import Channel, ContactState, Disposition

from ..domain.contact import CLAIM_LASTS, Contact
from ..domain.place import Place
from .columns import from_point, locked, metadata, moment, point, to_point
from .incident import incident

CITIZEN = "citizen"
"""Row scope of who acts for citizens."""

contact = Table(
    "contact",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("channel", Text, nullable=False),
    moment("received_at", required=True),
    Column("citizen", Text, comment="who reported it through the super app, an opaque id"),
    Column("phone", Text, comment="encrypted"),
    Column("phone_key", Text, index=True),
    Column("phone_told", Text, comment="encrypted; as told, where it is not simply the number"),
    Column("complaint", Text, comment="encrypted"),
    *point(),
    Column("kelurahan_code", Text),
    Column("landmark", Text, comment="encrypted"),
    Column("outside_city", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("claimed_by", Text),
    moment("claimed_at"),
    Column("disposition", Text),
    Column("reason", Text, comment="encrypted"),
    Column("incident_id", Uuid, ForeignKey("incident.id"), index=True),
    Column("disposed_by", Text),
    moment("disposed_at"),
    Column("call_backs_due", Integer, nullable=False, comment="call-back tasks raised for a cut-off call"),
    Column("version", Integer, nullable=False),
    Index("ix_contact_received_at_id", "received_at", "id"),
    Index("ix_contact_counts", "received_at", postgresql_include=["disposition", "channel"]),
    Index("ix_contact_prank", "phone_key", "disposed_at", postgresql_where=text("disposition = 'prank'")),
)


def add(work: Work, new: Contact) -> None:
    """Store a new contact."""
    work.insert(
        contact,
        id=new.id,
        channel=new.channel,
        received_at=new.received_at,
        citizen=work.actor.subject if CITIZEN in work.actor.rows else None,
        phone=encrypt(work, new.phone, "contact.phone", new.id),
        phone_key=work.person_keys.phone_key(new.phone) if new.phone else None,
        phone_told=encrypt(work, new.phone_told, "contact.phone_told", new.id),
        complaint=encrypt(work, new.complaint, "contact.complaint", new.id),
        **from_point(new.place.location),
        kelurahan_code=new.place.kelurahan_code,
        landmark=encrypt(work, new.place.landmark, "contact.landmark", new.id),
        outside_city=new.place.outside_city,
        call_backs_due=0,
        **_standing(work, new),
    )


def save(work: Work, changed: Contact) -> None:
    """Store what a claim or a disposition changed; what was told on the phone never changes."""
    work.update(contact, {"id": changed.id}, **_standing(work, changed))


def get(work: Work, contact_id: UUID, *, lock: bool = False) -> Contact | None:
    """One contact, locked if it is going to be changed."""
    row = work.read(locked(select(contact).where(contact.c.id == contact_id), lock)).mappings().first()
    return _entity(work, row) if row else None


def owner(work: Work, contact_id: UUID) -> str | None:
    """The citizen who reported it through the super app."""
    return work.read(select(contact.c.citizen).where(contact.c.id == contact_id)).scalar()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who told of an incident, by number or by account in the super app."""

    phone: str | None = field(default=None, repr=False)
    citizen: str | None = None


def callers(work: Work, incident_id: UUID) -> list[Caller]:
    """Who told of an incident and can be reached, each once, in the order in which they told."""
    columns = (contact.c.id, contact.c.phone, contact.c.citizen)
    told = select(*columns).where(contact.c.incident_id == incident_id).order_by(contact.c.received_at, contact.c.id)
    found = [Caller(decrypt(work, row.phone, "contact.phone", row.id), row.citizen) for row in work.read(told)]
    return list(dict.fromkeys(caller for caller in found if caller != Caller()))


def pages(work: Work, query: ListContacts) -> tuple[list[Contact], str | None]:
    """Newest first; for a citizen their own only. A claim that has gone stale counts as open, as it is shown."""
    statement = select(contact)
    if CITIZEN in work.actor.rows:
        statement = statement.where(contact.c.citizen.in_(work.actor.rows[CITIZEN]))
    stale = (contact.c.state == ContactState.CLAIMED) & (contact.c.claimed_at <= work.now - CLAIM_LASTS)
    if query.state is ContactState.OPEN:
        statement = statement.where((contact.c.state == ContactState.OPEN) | stale)
    elif query.state is ContactState.CLAIMED:
        statement = statement.where(contact.c.state == ContactState.CLAIMED, ~stale)
    elif query.state:
        statement = statement.where(contact.c.state == query.state)
    if query.incident_id:
        duplicates = select(incident.c.id).where(incident.c.duplicate_of == query.incident_id)
        statement = statement.where(
            (contact.c.incident_id == query.incident_id) | contact.c.incident_id.in_(duplicates)
        )
    rows, cursor = page(work, statement, query, contact.c.received_at, contact.c.id, newest_first=True)
    return [_entity(work, row) for row in rows], cursor


def raise_call_back(work: Work, contact_id: UUID, count: int) -> None:
    """Set how many call-back tasks a cut-off call has raised."""
    work.update(contact, {"id": contact_id}, call_backs_due=count)


def called_since(work: Work, phone: str, since: datetime) -> bool:
    """True if the same number has called again."""
    same = contact.c.phone_key == work.person_keys.phone_key(phone)
    return work.read(select(contact.c.id).where(same, contact.c.received_at > since).limit(1)).first() is not None


def _standing(work: Work, of: Contact) -> dict[str, Any]:
    return {
        "state": of.state,
        "claimed_by": of.claimed_by,
        "claimed_at": of.claimed_at,
        "disposition": of.disposition,
        "reason": encrypt(work, of.reason, "contact.reason", of.id),
        "incident_id": of.incident_id,
        "disposed_by": of.disposed_by,
        "disposed_at": of.disposed_at,
        "version": of.version,
    }


def _entity(work: Work, row: RowMapping) -> Contact:
    id = row["id"]
    landmark = decrypt(work, row["landmark"], "contact.landmark", id)
    return Contact(
        id=id,
        channel=Channel(row["channel"]),
        received_at=row["received_at"],
        phone=decrypt(work, row["phone"], "contact.phone", id),
        phone_told=decrypt(work, row["phone_told"], "contact.phone_told", id),
        complaint=decrypt(work, row["complaint"], "contact.complaint", id),
        place=Place(to_point(row), row["kelurahan_code"], landmark, row["outside_city"]),
        state=ContactState(row["state"]),
        claimed_by=row["claimed_by"],
        claimed_at=row["claimed_at"],
        disposition=Disposition(row["disposition"]) if row["disposition"] else None,
        reason=decrypt(work, row["reason"], "contact.reason", id),
        incident_id=row["incident_id"],
        disposed_by=row["disposed_by"],
        disposed_at=row["disposed_at"],
        call_backs_due=row["call_backs_due"],
        version=row["version"],
    )
