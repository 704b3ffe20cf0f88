"""An MSME office for tests: asks the real handlers on a real database; people in it are made up."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from chassis.firing import fire_one
from chassis.runtime import Runtime
from chassis.storage import Storage
from chassis.work import Cause, Work
from contracts import umkm as asked
from contracts.base import Event, Request
from contracts.context import SYSTEM, Actor
from contracts.education import WaiverEnded, WaiverGranted
from services.umkm import handlers
from services.umkm.handlers import timer_kinds as kinds

from .pictures import picture

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
OFFICER = Actor(subject="officer-1", client="console", scopes=frozenset({"umkm:sell"}))
MANAGER = Actor(subject="manager-1", client="console")
PUBLIC = Actor(subject="public", client="public", rows={"citizen": ()})
ASSESS = frozenset({"umkm:assess"})
KELURAHAN = "36.71.01.1001"


def citizen(number: int = 1) -> Actor:
    """Somebody in the super app."""
    subject = f"citizen-{number}"
    return Actor(subject=subject, client="super-app", rows={"citizen": (subject,)})


def nik(number: int) -> str:
    """Of a made-up woman born in May 1980; serials of 9000 and above belong to nobody."""
    return f"3671{number // 900 % 13 + 1:02d}450580{9000 + number % 900:04d}"


def family_card(number: int) -> str:
    """Of a made-up family."""
    return f"367101010108{number:04d}"


def _handlers() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in walk_packages(handlers.__path__, f"{handlers.__name__}."):
        found |= vars(import_module(module.name))
    return found


HANDLERS = _handlers()
TIMERS = {
    kinds.BATCH_OPEN: HANDLERS["open_due"],
    kinds.HEAD_START: HANDLERS["head_start_over"],
    kinds.BATCH_START: HANDLERS["start_due"],
    kinds.OFFER_ENDS: HANDLERS["offer_over"],
    kinds.WAIVER_ENDS: HANDLERS["waiver_over"],
    kinds.CHECK_DUE: HANDLERS["check_due"],
    kinds.PERMIT_WARNS: HANDLERS["warn_due"],
    kinds.PERMIT_ENDS: HANDLERS["end_due"],
    kinds.SWEEP_PHOTOS: HANDLERS["sweep_due"],
}


class Office:
    """Asks as an officer unless told otherwise."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime, self.now = runtime, NOON
        runtime.now = lambda: self.now

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**span)
        return self.now

    def ask(self, request: Request, actor: Actor = OFFICER, purpose: str | None = "uji") -> Any:
        """The reply; raises what the handler refuses."""
        answer = HANDLERS[request.operation.partition(".")[2]]

        def task(work: Work) -> Any:
            reply = answer(work, request)
            if request.changes:
                work.commit(reply.model_dump_json().encode())
            return reply

        cause = Cause(actor=actor, action=request.operation, correlation_id="story-1", purpose=purpose)
        return self.runtime.run(task, cause, transactional=request.changes)

    def tell(self, event: Event, handler: str) -> None:
        """An event arrives."""

        def task(work: Work) -> None:
            HANDLERS[handler](work, event)
            work.commit()

        self.runtime.run(task, Cause(actor=SYSTEM, action="test", correlation_id="story-1"))

    def fire(self) -> int:
        """Fire every clock that has run out; returns how many."""
        fired = next(count for count in itertools.count() if not fire_one(self.runtime, TIMERS, ()))
        assert self.rows("SELECT kind FROM timer WHERE attempts > 0") == [], "a clock's handler failed: see the log"
        return fired

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the database says."""
        with self.runtime.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def run_sql(self, statement: str) -> None:
        """Prepare what no request would."""
        with self.runtime.engine.begin() as connection:
            connection.execute(text(statement))

    def events(self, about: str = "") -> list[str]:
        """Types of the events in the outbox, without service and version, in order."""
        found = [row.type.split(".")[1] for row in self.rows("SELECT type FROM outbox ORDER BY seq")]
        return [one for one in found if one.startswith(about)]

    def register(self, number: int = 1, actor: Actor | None = None, owner: Any = None, **more: Any) -> Any:
        """A micro business of a made-up owner in the super app."""
        owner = {
            "nik": nik(number),
            "name": f"Siti Contoh {number}",
            "phone": f"+62812345{number:05d}",
            "kelurahan_code": KELURAHAN,
        } | (owner or {})
        told = {
            "owner": owner,
            "name": f"Keripik Contoh {number}",
            "trade": "food",
            "kelurahan_code": KELURAHAN,
            "address": "Jl. Contoh 1",
            "founded_on": "2020-03-02",
            "size": {"basis": "turnover", "rupiah": 180_000_000, "year": 2025},
        } | more
        return self.ask(asked.RegisterBusiness.model_validate(told), actor or citizen(number))

    def verified(self, number: int = 1, **more: Any) -> Any:
        """The same, verified."""
        return self.ask(asked.VerifyBusiness(business_id=self.register(number, **more).id))

    def announce(self, quota: int = 2, days: float = 14, **more: Any) -> Any:
        """A training of two sessions that is open now, without a head start."""
        begins = self.now + timedelta(days=days)
        sessions = [
            {"begins_at": (begins + timedelta(days=day)), "ends_at": begins + timedelta(days=day, hours=3)}
            for day in range(2)
        ]
        told = {
            "title": "Pengemasan dan label",
            "venue": "Gedung Contoh",
            "kelurahan_code": KELURAHAN,
            "quota": quota,
            "opens_at": self.now,
            "priority_hours": 0,
            "sessions": sessions,
        } | more
        return self.ask(asked.AnnounceBatch.model_validate(told))

    def batch(self, batch: Any) -> Any:
        """As it is now."""
        return self.ask(asked.GetBatch(batch_id=batch.id))

    def request(self, batch: Any, business: Any, number: int | None = None) -> Any:
        """A seat asked for, by an officer or the owner."""
        actor = OFFICER if number is None else citizen(number)
        return self.ask(asked.RequestSeat(batch_id=batch.id, business_id=business.id), actor)

    def seat(self, seat: Any) -> Any:
        """As it is now."""
        return self.ask(asked.GetSeat(seat_id=seat.id))

    def states(self, batch: Any) -> list[str]:
        """Of all seats, as they were asked for."""
        return [str(one.state) for one in self.ask(asked.ListSeats(batch_id=batch.id, limit=200)).items]

    def draft(self, business: Any, **more: Any) -> Any:
        """A product made to order."""
        told = {
            "business_id": business.id,
            "title": "Tas anyaman pandan",
            "description": "Tas dari daun pandan, dianyam dengan tangan, kuat dan ringan.",
            "category": "craft",
            "price_rupiah": 85_000,
            "unit": "buah",
        } | more
        return self.ask(asked.DraftListing.model_validate(told))

    def photo(self, listing: Any, content: bytes | None = None) -> Any:
        """A photo sent for it."""
        content = picture() if content is None else content
        storage, digest = Storage.from_environment(), hashlib.sha256(content).hexdigest()
        key = f"uploadedphotos/{hashlib.sha256(uuid4().bytes).hexdigest()}"
        with storage.writing(key) as file:
            file.write(content)
        stored = {"key": key, "name": "foto.jpg", "size": len(content), "sha256": digest}
        return self.ask(asked.AddPhoto.model_validate({"listing_id": listing.id, "file": stored}))

    def submitted(self, business: Any, **more: Any) -> Any:
        """A product with a photo, before the assessors."""
        listing = self.draft(business, **more)
        self.photo(listing)
        return self.ask(asked.SubmitListing(listing_id=listing.id))

    def score(self, listing: Any, assessor: str, points: int = 4) -> Any:
        """The same points for each criterion."""
        sheet = self.ask(asked.GetCuration(listing_id=listing.id)).scoresheet
        scores = [{"criterion": one.criterion, "points": points} for one in sheet.criteria]
        told = {"listing_id": listing.id, "scores": scores}
        return self.ask(asked.AssessListing.model_validate(told), Actor(subject=assessor, scopes=ASSESS))

    def published(self, business: Any, **more: Any) -> Any:
        """Scored by two, and published."""
        listing = self.submitted(business, **more)
        for assessor in ("assessor-1", "assessor-2"):
            self.score(listing, assessor)
        return self.ask(asked.DecideListing(listing_id=listing.id, publish=True), MANAGER)

    def found(self, q: str | None = None, **more: Any) -> list[str]:
        """Titles that a shopper finds."""
        return [one.title for one in self.ask(asked.SearchListings(q=q, **more), PUBLIC, purpose=None).items]

    def grant(self, household: int, waiver_id: UUID | None = None) -> UUID:
        """A means-tested waiver of a family."""
        key = self.runtime.person_keys.household_key(family_card(household))
        id = waiver_id or uuid4()
        told = {"programme": "tangerang_cerdas", "school_year": "2026/2027", "term": 1, "person_key": "p"}
        self.tell(WaiverGranted(waiver_id=id, household_key=key, **told), "give_priority")
        return id

    def end(self, household: int, waiver_id: UUID, days: int = -1) -> None:
        """It ends."""
        key = self.runtime.person_keys.household_key(family_card(household))
        last_day = self.now.date() + timedelta(days=days)
        told = WaiverEnded(waiver_id=waiver_id, ends_on=last_day, reason="left_city", household_key=key)
        self.tell(told, "end_priority")
