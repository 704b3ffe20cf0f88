"""The market and the crowd that are measured: a hundred thousand products, five hundred owners."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event

from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.work import Cause, Work
from contracts import umkm as asked
from contracts.base import Request
from contracts.context import Actor
from services.umkm.domain.words.tokens import words
from services.umkm.handlers import batches, businesses, registering, shop

KELURAHAN = "36.71.01.1001"
KECAMATAN = [f"36.71.{number:02d}" for number in range(1, 14)]
THINGS = [
    "keripik",
    "kerupuk",
    "kemeja",
    "meja",
    "keranjang",
    "sambal",
    "kopi",
    "teh",
    "batik",
    "tas",
    "sepatu",
    "kue",
    "roti",
    "abon",
    "dodol",
    "madu",
    "sirup",
    "jamu",
    "boneka",
    "bros",
    "gelang",
    "dompet",
    "mukena",
    "gamis",
    "jilbab",
    "sarung",
    "taplak",
    "vas",
    "lampu",
    "kursi",
    "rak",
    "bantal",
    "selimut",
    "sandal",
    "topi",
]
KINDS = [
    "pisang",
    "singkong",
    "udang",
    "pandan",
    "rotan",
    "tulis",
    "cap",
    "pedas",
    "manis",
    "asin",
    "gurih",
    "hitam",
    "putih",
    "merah",
    "besar",
    "kecil",
    "anak",
    "pria",
    "wanita",
    "kayu",
    "kulit",
    "kain",
    "bambu",
    "instan",
    "kering",
    "basah",
    "segar",
    "murni",
    "organik",
    "jumbo",
    "mini",
    "premium",
    "rumahan",
    "lipat",
]
BUSINESSES, IN_ONE_GO = 2_000, 5_000
OFFICER = Actor(subject="bench", scopes=frozenset({"umkm:sell"}))
_SYLLABLES = ("ba", "du", "ki", "lo", "ma", "ne", "pu", "ri", "sa", "to", "wi", "ya")
_BUSINESSES = """
INSERT INTO business SELECT (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'nib', NULL,
  'name', 'Toko ' || n))).* FROM business b, generate_series(2, %s) AS n WHERE b.name = 'Toko 1'
"""
_LISTINGS = """
INSERT INTO listing (id, business_id, state, title, description, category, price_rupiah, unit, permit_ids, round,
  published_at, version)
SELECT id, business_id, 'published', title, description, 'craft', 10000, 'buah', '[]', 1, published_at, 5
FROM jsonb_to_recordset(%(rows)s)
  AS r (id uuid, business_id uuid, title text, description text, published_at timestamptz)
"""
_CATALOGUE = """
INSERT INTO catalogue (listing_id, business_id, category, kecamatan_code, halal, pirt, published_at, words, head)
SELECT id, business_id, 'craft', kecamatan, halal, pirt, published_at, array_to_tsvector(words), array_to_tsvector(head)
FROM jsonb_to_recordset(%(rows)s) AS r (id uuid, business_id uuid, kecamatan text, halal boolean, pirt boolean,
  published_at timestamptz, words text[], head text[])
"""
_WORDS = """
INSERT INTO catalogue_word SELECT word, ndoc FROM ts_stat('SELECT words FROM catalogue')
ON CONFLICT (word) DO UPDATE SET listings = excluded.listings
"""


class Office:
    """Asks the service's own handlers, in this process."""

    def __init__(self, database_url: str) -> None:
        self.runtime = Runtime(Settings(service="umkm", database_url=database_url))
        self._random = random.Random(7)

    def owners(self, count: int) -> list[str]:
        """Verified businesses of so many owners."""
        ids = []
        for number in range(1, count + 1):
            made = self._ask(
                asked.RegisterBusiness.model_validate(_registration(number)), registering.register_business
            )
            self._ask(asked.VerifyBusiness(business_id=made.id), businesses.verify_business)
            ids.append(str(made.id))
        return ids

    def announce(self, seats: int) -> str:
        """A training that is open."""
        begins = self.runtime.now() + timedelta(days=20)
        told = {
            "title": "Pelatihan",
            "venue": "Gedung",
            "kelurahan_code": KELURAHAN,
            "quota": seats,
            "opens_at": self.runtime.now(),
            "priority_hours": 0,
            "sessions": [{"begins_at": begins, "ends_at": begins + timedelta(hours=3)}],
        }
        return str(self._ask(asked.AnnounceBatch.model_validate(told), batches.announce_batch).id)

    def stock(self, listings: int) -> None:
        """A market of so many products, of two thousand businesses."""
        with self.runtime.connect() as connection:
            connection.execute(
                "UPDATE business SET name = 'Toko 1' WHERE id = (SELECT min(id::text)::uuid FROM business)"
            )
            connection.execute(_BUSINESSES, (BUSINESSES,))
            sellers = [row[0] for row in connection.execute("SELECT id FROM business WHERE name LIKE 'Toko %%'")]
            for first in range(0, listings, IN_ONE_GO):
                rows = [self._listing(number, sellers) for number in range(first, min(first + IN_ONE_GO, listings))]
                told = {"rows": psycopg.types.json.Jsonb(rows)}
                connection.execute(_LISTINGS, told)
                connection.execute(_CATALOGUE, told)
            connection.execute(_WORDS)
            connection.execute("VACUUM ANALYZE")

    def bare(self, queries: list[dict[str, Any]]) -> list[float]:
        """Milliseconds that the statements of each search take by themselves: prepared, on one connection."""
        with self.runtime.connect() as connection:
            took = []
            for query in queries:
                statements = self._statements(asked.SearchListings.model_validate(query))
                started = time.perf_counter()
                for statement, parameters in statements:
                    connection.execute(statement, parameters, prepare=True).fetchall()
                took.append((time.perf_counter() - started) * 1000)
        return took

    def _statements(self, query: asked.SearchListings) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []

        def heard(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            found.append((statement, parameters))

        event.listen(self.runtime.engine, "before_cursor_execute", heard)
        try:
            self._ask(query, shop.search_listings)
        finally:
            event.remove(self.runtime.engine, "before_cursor_execute", heard)
        return [(statement, parameters) for statement, parameters in found if "catalogue" in statement or parameters]

    def _listing(self, number: int, sellers: list[UUID]) -> dict[str, Any]:
        thing, kind, other = self._random.choice(THINGS), *self._random.sample(KINDS, 2)
        brand = "".join(self._random.choices(_SYLLABLES, k=3))
        title = f"{thing.title()} {kind} {other} {brand}"
        description = f"{title} buatan tangan {' '.join(self._random.sample(KINDS, 6))} dari Tangerang"
        return {
            "id": str(UUID(int=number + 1)),
            "business_id": str(sellers[number % len(sellers)]),
            "title": title,
            "description": description,
            "kecamatan": self._random.choice(KECAMATAN),
            "halal": number % 5 == 0,
            "pirt": number % 7 == 0,
            "published_at": (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)).isoformat(),
            "words": sorted(set(words(f"{title} {description} Toko"))),
            "head": sorted(set(words(title))),
        }

    def _ask(self, request: Request, handler: Callable[[Work, Any], Any]) -> Any:
        def task(work: Work) -> Any:
            reply = handler(work, request)
            if request.changes:
                work.commit()
            return reply

        cause = Cause(actor=OFFICER, action=request.operation, correlation_id="bench")
        return self.runtime.run(task, cause, transactional=request.changes)


def _registration(number: int) -> dict[str, Any]:
    nik = f"3671{number // 900 % 13 + 1:02d}450580{9000 + number % 900:04d}"
    return {
        "owner": {"nik": nik, "name": f"Pemilik {number}", "phone": "+6281234567890", "kelurahan_code": KELURAHAN},
        "name": f"Usaha {number}",
        "trade": "food",
        "kelurahan_code": KELURAHAN,
        "address": "Jl. Contoh 1",
        "founded_on": "2020-03-02",
        "size": {"basis": "turnover", "rupiah": 120_000_000, "year": 2025},
    }
