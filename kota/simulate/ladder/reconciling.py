"""The account at the end: what the bank knows against API, ledger, balances, events and the year's figures."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from contracts import umkm as asked

from .bank import Bank
from .members import Member
from .office import MANAGER, Office

_LEDGER = """
SELECT b.loan_id, b.owed, b.lent, (SELECT sum(rupiah) FROM capital_entry e WHERE e.loan_id = b.loan_id) AS in_ledger
FROM loan_balance b
"""
_YEARS = "SELECT DISTINCT extract(year FROM value_date)::int AS year FROM capital_entry"
_EVENTS = """
SELECT coalesce(sum((d->>'rupiah')::bigint + (d->>'administration_rupiah')::bigint) FILTER (WHERE t = 'disbursed'), 0)
    AS lent,
  coalesce(sum((d->>'booked_rupiah')::bigint) FILTER (WHERE t = 'booked'), 0)
    + coalesce(sum((d->>'rupiah')::bigint) FILTER (WHERE t = 'closed' AND d->>'settlement' IN ('book', 'cover')), 0)
    AS paid
FROM (SELECT body::jsonb AS d, CASE type
    WHEN 'umkm.capital-disbursed.v1' THEN 'disbursed' WHEN 'umkm.bank-file-booked.v1' THEN 'booked'
    WHEN 'umkm.bank-line-closed.v1' THEN 'closed' END AS t FROM outbox) told
"""


def differences(office: Office, bank: Bank, members: Sequence[Member]) -> Iterator[str]:
    """What does not fit, in words; nothing of that is good."""
    yield from _loans(office, bank)
    (events,) = office.rows(_EVENTS)
    yield from _differs("the events", (int(events.lent), int(events.paid)), (bank.lent.total(), bank.paid.total()))
    yield from _figures(office, bank)
    for one in members:
        if one.settled and one.alive:
            step = 1 + max((step for step, timely in one.settled if timely), default=0)
            shown = office.ask(asked.GetLadder(business_id=one.business_id)).step
            yield from _differs(f"the ladder of member {one.number}", shown, min(step, 2))


def _loans(office: Office, bank: Bank) -> Iterator[str]:
    owed = {id: lent - bank.paid[id] for id, lent in bank.lent.items()}
    rows = {row.loan_id: row for row in office.rows(_LEDGER)}
    yield from _differs("loans in the database", rows.keys(), owed.keys())
    for id, rupiah in owed.items():
        loan = office.ask(asked.GetLoan(loan_id=id))
        yield from _differs(f"the API of loan {id}", loan.owed_rupiah, rupiah)
        yield from _differs(f"the schedule of loan {id}", sum(one.rupiah for one in loan.schedule), bank.lent[id])
        paid = sum(one.paid_rupiah for one in loan.schedule)
        yield from _differs(f"the instalments of loan {id}", paid, bank.paid[id])
        if id in rows:
            row = rows[id]
            yield from _differs(f"ledger and balance of loan {id}", (int(row.in_ledger), row.owed), (rupiah, rupiah))
            yield from _differs(f"what was lent of loan {id}", row.lent, bank.lent[id])


def _figures(office: Office, bank: Bank) -> Iterator[str]:
    """The figures of all years together: a payment that comes back may do so in another year."""
    years = {row.year for row in office.rows(_YEARS)}
    found = Counter[str]()
    for year in years:
        content = office.ask(asked.GetYearReport(year=year), MANAGER).content.decode()
        city = next(iter(csv.DictReader(io.StringIO(content))))
        found.update({name: int(city[name]) for name in ("financed_rupiah", "paid_rupiah")})
    (lent,) = office.rows("SELECT coalesce(sum(rupiah), 0) AS rupiah FROM loan WHERE disbursed_on IS NOT NULL")
    told = (found["financed_rupiah"], found["paid_rupiah"])
    yield from _differs("the years' figures", told, (int(lent.rupiah), bank.paid.total()))


def _differs(what: str, found: object, expected: object) -> Iterable[str]:
    return [] if found == expected else [f"{what}: {found}, by the bank's own account {expected}"]
