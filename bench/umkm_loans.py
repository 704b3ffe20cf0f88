"""Loans by the ten thousand, for measuring: their owners are rows without a person behind them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from chassis.runtime import Runtime
from contracts.times import WIB

_OWNERS = """
INSERT INTO owner (id, person_key, household_key, nik, name, phone, sex, kelurahan_code, changed_at, version)
SELECT gen_random_uuid(), 'person-' || n, 'house-' || n, '', '', '', 'P', '36.71.01.1001', now(), 1
FROM generate_series(1, %s) AS n
"""
_BUSINESSES = """
INSERT INTO business (id, owner_id, name, name_key, trade, state, kelurahan_code, address, founded_on, size_class,
  size_basis, size_rupiah, size_year, registered_at, version)
SELECT gen_random_uuid(), id, 'Usaha', 'usaha', 'food', 'verified', '36.71.01.1001', '', DATE '2020-01-01', 'micro',
  'turnover', '', 2025, now(), 1 FROM owner
"""
_GROUPS = """
INSERT INTO loan_group (id, name, months, terms, formed_at, formed_by, state, overdue, disbursed_on, version)
SELECT gen_random_uuid(), 'Kelompok ' || n, 10, 1, now(), 'bench', 'active', false, %s, 1
FROM generate_series(1, %s) AS n
"""
_LOANS = """
INSERT INTO loan (id, group_id, owner_id, business_id, household_key, kecamatan_code, size_class, step, rupiah, use,
  asked_at, asked_by, state, reasons, reference, administration, disbursed_on, reopened, holds_place, version)
SELECT t.id, g.id, b.owner_id, b.id, 'house-' || b.n, '36.71.01', 'micro', 1, 2000000, t.use, now(), 'bench',
  'repaying', '{}', t.reference, 60000, %s, false, true, 1
FROM bench_loan t
JOIN (SELECT *, row_number() OVER () AS n FROM business) b ON b.n = t.n
JOIN (SELECT id, row_number() OVER () AS n FROM loan_group) g ON g.n = (t.n - 1) / 5 + 1
"""
_INSTALMENTS = """
INSERT INTO instalment (loan_id, number, due_on, rupiah, due_in_all)
SELECT id, n, CAST(disbursed_on + make_interval(months => n) AS date), 206000, 206000 * n
FROM loan, generate_series(1, 10) AS n
"""
_ENTRY = """
INSERT INTO capital_entry (loan_id, kind, rupiah, value_date, transaction, part, at, by)
SELECT id, %s, %s, CAST(disbursed_on + make_interval(months => %s) AS date), 'OLD' || %s || '-' || reference, 0, now(),
  'bench' FROM loan
"""
ENTRIES = (("disbursed", 2_000_000, 0), ("fee", 60_000, 0), *(("paid", -206_000, month) for month in (1, 2, 3)))
_COVERED = """
INSERT INTO bank_file (id, state, bank_code, number, covers_from, covers_until, coverage, sha256, file_key, rows_read,
  lines, booked, waiting, already, rupiah, booked_rupiah, received_at, received_by, version)
VALUES (gen_random_uuid(), 'booked', '110', 'BEFORE', %(day)s, %(day)s, %(day)s, '', '', 0, 0, 0, 0, 0, 0, 0, now(),
  'bench', 1)
"""


def fill(runtime: Runtime, loans: int) -> list[str]:
    """So many, in groups of five, each with three of ten instalments paid and the fourth due; their references."""
    disbursed_on = runtime.now().astimezone(WIB).date() - timedelta(days=121)
    references = [f"{number:013d}" for number in range(1, loans + 1)]
    with runtime.connect() as connection:
        connection.execute("CREATE TABLE bench_loan (n integer PRIMARY KEY, id uuid, use text, reference text)")
        with connection.cursor().copy("COPY bench_loan FROM STDIN") as copy:
            for number, reference in enumerate(references, 1):
                id = runtime.new_id()
                copy.write_row((number, id, _sealed(runtime, id), reference))
        connection.execute(_OWNERS, (loans,))
        connection.execute(_BUSINESSES)
        connection.execute(_GROUPS, (disbursed_on, (loans + 4) // 5))
        connection.execute(_LOANS, (disbursed_on,))
        connection.execute(_INSTALMENTS)
        for number, (kind, rupiah, month) in enumerate(ENTRIES):
            connection.execute(_ENTRY, (kind, rupiah, month, str(number)))
        connection.execute(_COVERED, {"day": disbursed_on + timedelta(days=100)})
        connection.execute("VACUUM ANALYZE")
    return references


def _sealed(runtime: Runtime, id: UUID) -> str:
    return runtime.cipher.encrypt("modal", field="loan.use", row=id)
