"""Claims, and the rates that they froze: what a month of a grade costs never changes once it was claimed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import Column, Date, Integer, RowMapping, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.paging import page
from chassis.work import Work
from contracts.education import ClaimState, ListClaims, Programme

from ..domain.claim import Claim, Rate
from .columns import locked, metadata, moment
from .school import KIND

claim = Table(
    "claim",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("npsn", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("school_year", Text, nullable=False),
    Column("first_month", Date, nullable=False),
    Column("last_month", Date, nullable=False),
    moment("submitted_at", required=True),
    Column("submitted_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("lines", JSONB),
    Column("reason", Text),
    moment("decided_at"),
    Column("decided_by", Text),
    Column("version", Integer, nullable=False),
)
_RATES = text("""
SELECT month, grade, quota, monthly_rupiah FROM place_rate
WHERE npsn = :npsn AND programme = :programme AND month BETWEEN :first AND :last
""")
_FREEZE = text("""
INSERT INTO place_rate (npsn, programme, month, grade, quota, monthly_rupiah)
SELECT :npsn, :programme, told.month, told.grade, told.quota, told.rupiah
FROM unnest(CAST(:months AS date[]), CAST(:grades AS int[]), CAST(:quotas AS int[]), CAST(:rates AS bigint[]))
  AS told (month, grade, quota, rupiah)
ON CONFLICT DO NOTHING
""")
_RATED_MONTHS = text("""
SELECT DISTINCT month FROM place_rate
WHERE programme = :programme AND month BETWEEN :first AND :last AND (CAST(:npsn AS text) IS NULL OR npsn = :npsn)
ORDER BY month
""")


def put(work: Work, changed: Claim, known: bool) -> None:
    """Store a new one, or one that was loaded with a lock."""
    values = {name: value for name, value in asdict(changed).items() if name != "id"}
    if known:
        work.update(claim, {"id": changed.id}, **values)
    else:
        work.insert(claim, id=changed.id, **values)


def get(work: Work, claim_id: UUID) -> Claim | None:
    """One, locked."""
    row = work.read(locked(select(claim).where(claim.c.id == claim_id), True)).mappings().first()
    return _entity(row) if row else None


def pages(work: Work, query: ListClaims) -> tuple[list[Claim], str | None]:
    """Newest first; only those of schools that the caller may see."""
    statement = select(claim)
    if KIND in work.actor.rows:
        statement = statement.where(claim.c.npsn.in_(work.actor.rows[KIND]))
    for name in ("npsn", "programme", "school_year", "state"):
        if (value := getattr(query, name)) is not None:
            statement = statement.where(claim.c[name] == value)
    rows, cursor = page(work, statement, query, claim.c.id, newest_first=True)
    return [_entity(row) for row in rows], cursor


def frozen(work: Work, npsn: str, programme: Programme, first: date, last: date) -> dict[tuple[date, int], Rate]:
    """Rates of months that were claimed before, by month and grade."""
    told = {"npsn": npsn, "programme": programme, "first": first, "last": last}
    rows = work.read(_RATES, told).mappings()
    return {(row["month"], row["grade"]): Rate(row["quota"], row["monthly_rupiah"]) for row in rows}


def freeze(work: Work, npsn: str, programme: Programme, rates: Iterable[tuple[date, int, Rate]]) -> None:
    """From now on these hold for good."""
    every = list(rates)
    told = {
        "months": [month for month, _, _ in every],
        "grades": [grade for _, grade, _ in every],
        "quotas": [rate.quota for _, _, rate in every],
        "rates": [rate.monthly_rupiah for _, _, rate in every],
    }
    work.read(_FREEZE, {"npsn": npsn, "programme": programme, **told})


def rated_months(work: Work, programme: Programme, first: date, last: date, npsn: str | None = None) -> list[date]:
    """Months that were claimed, of all schools or of one."""
    told = {"programme": programme, "first": first, "last": last, "npsn": npsn}
    return list(work.read(_RATED_MONTHS, told).scalars())


def _entity(row: RowMapping) -> Claim:
    return Claim(**{**row, "programme": Programme(row["programme"]), "state": ClaimState(row["state"])})
