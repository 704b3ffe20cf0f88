"""The audit log: sealed soon, append-only, and whatever was done to it afterwards is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest

from chassis import audit
from chassis.runtime import Runtime
from chassis.work import Work
from tests.support.items import CAUSE, count, rows
from tests.support.run import folder
from tests.support.run.engines import Engines

KEY, NOW = b"k" * 32, datetime(2030, 1, 1, tzinfo=UTC)
FORGING = "SET session_replication_role = replica"  # as somebody who can switch the triggers off


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    """A server of these tests alone: a row is sealed only once no transaction before it is open, in any database."""
    own = Engines(folder.new_home())
    yield own
    own.end()


@pytest.fixture
def one(runtime: Callable[[str], Runtime]) -> Runtime:
    """A service's runtime."""
    return runtime("hearse")


@pytest.fixture
def sql(one: Runtime) -> Iterator[psycopg.Connection]:
    """A session of its own, in autocommit."""
    with psycopg.connect(one.url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def write(one: Runtime, *subjects: str) -> None:
    """One unit of work for each subject."""
    for subject in subjects:

        def task(work: Work, subject: str = subject) -> None:
            work.audit(subject, step=1)
            work.commit()

        one.run(task, CAUSE)


def found(sql: psycopg.Connection, key: bytes = KEY) -> list[tuple[str, int]]:
    return [(finding.kind, finding.audit_id) for finding in audit.verify(sql, key).findings]


def sealed(one: Runtime, sql: psycopg.Connection, number: int = 5) -> list[int]:
    """Write and seal; returns the rows' ids in order."""
    write(one, *map(str, range(number)))
    assert audit.seal(sql, KEY, NOW) == number
    return [row[0] for row in rows(one, "audit ORDER BY id", "id")]


def test_an_untouched_log_is_found_whole(one: Runtime, sql: psycopg.Connection) -> None:
    sealed(one, sql)
    write(one, "later")
    verdict = audit.verify(sql, KEY)
    assert (verdict.sealed, verdict.unsealed, verdict.findings) == (5, 1, ())
    assert audit.seal(sql, KEY, NOW) == 1
    after = audit.verify(sql, KEY)
    assert (after.sealed, after.unsealed, after.findings) == (6, 0, ()) and after.head != verdict.head


@pytest.mark.parametrize("column", ["actor", "roles", "action", "subject", "correlation_id", "causation_id", "purpose"])
def test_an_altered_text_is_named(one: Runtime, sql: psycopg.Connection, column: str) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute(f"UPDATE audit SET {column} = 'forged' WHERE id = %s".encode(), (ids[2],))
    assert found(sql) == [("altered", ids[2])]


@pytest.mark.parametrize("change", ["at = at + interval '1 microsecond'", """detail = '{"step": 2}'"""])
def test_an_altered_moment_or_detail_is_named(one: Runtime, sql: psycopg.Connection, change: str) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute(f"UPDATE audit SET {change} WHERE id = %s".encode(), (ids[0],))
    assert found(sql) == [("altered", ids[0])]


def test_a_removed_row_is_named(one: Runtime, sql: psycopg.Connection) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute("DELETE FROM audit WHERE id = %s", (ids[4],))
    assert found(sql) == [("removed", ids[4])]


def test_rows_that_changed_places_are_named(one: Runtime, sql: psycopg.Connection) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute("UPDATE audit_seal SET number = 100 WHERE audit_id = %s", (ids[1],))
    sql.execute("UPDATE audit_seal SET number = 2 WHERE audit_id = %s", (ids[2],))
    sql.execute("UPDATE audit_seal SET number = 3 WHERE number = 100")
    kinds = found(sql)
    assert ("reordered", ids[2]) in kinds and ("reordered", ids[1]) in kinds


def test_a_removed_seal_is_named(one: Runtime, sql: psycopg.Connection) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute("DELETE FROM audit_seal WHERE audit_id = %s", (ids[2],))
    verdict = audit.verify(sql, KEY)
    assert [(finding.kind, finding.seal) for finding in verdict.findings] == [("seal-removed", 3)]
    assert verdict.unsealed == 1


def test_a_forged_seal_needs_the_key(one: Runtime, sql: psycopg.Connection) -> None:
    ids = sealed(one, sql)
    sql.execute(FORGING)
    sql.execute("UPDATE audit SET actor = 'forged' WHERE id = %s", (ids[4],))
    sql.execute("DELETE FROM audit_seal WHERE audit_id = %s", (ids[4],))
    assert audit.seal(sql, b"x" * 32, NOW) == 1
    assert found(sql) == [("reordered", ids[4])]


def test_a_wrong_key_fits_nothing(one: Runtime, sql: psycopg.Connection) -> None:
    ids = sealed(one, sql)
    assert [audit_id for _, audit_id in found(sql, b"x" * 32)] == ids


@pytest.mark.parametrize("table", ["audit", "audit_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET txid = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_log_is_append_only(one: Runtime, sql: psycopg.Connection, table: str, statement: str) -> None:
    sealed(one, sql, 1)
    with pytest.raises(psycopg.errors.RaiseException, match=f"{table} is append-only"):
        sql.execute(statement.format(table).encode())


def test_a_row_of_an_open_transaction_waits_and_keeps_its_place(one: Runtime, sql: psycopg.Connection) -> None:
    with psycopg.connect(one.url.replace("+psycopg", "")) as slow:
        slow.execute(
            "INSERT INTO audit (at, actor, roles, action, subject, correlation_id, detail)"
            " VALUES (now(), 'a', '', 'slow', 's', 'c', '{}')"
        )
        write(one, "fast")
        assert audit.seal(sql, KEY, NOW) == 0  # a later row may not be sealed before an earlier one is known
    assert audit.seal(sql, KEY, NOW) == 2
    assert found(sql) == []


def test_many_writers_and_sealers_lose_no_row(one: Runtime) -> None:
    def seal_until_done(_: int) -> None:
        with psycopg.connect(one.url.replace("+psycopg", ""), autocommit=True) as connection:
            while count(one, "audit_seal") < 200:
                audit.seal(connection, KEY, NOW)

    with ThreadPoolExecutor(10) as pool:
        writers = [pool.submit(write, one, *(f"{writer}-{number}" for number in range(25))) for writer in range(8)]
        sealers = [pool.submit(seal_until_done, number) for number in range(2)]
        for future in (*writers, *sealers):
            future.result(30)
    with psycopg.connect(one.url.replace("+psycopg", ""), autocommit=True) as connection:
        verdict = audit.verify(connection, KEY)
    assert (verdict.sealed, verdict.unsealed, verdict.findings) == (200, 0, ())


def restore(sql: psycopg.Connection, txid: int, subject: str) -> None:
    """A row as a restored backup brings it: with the transaction number of another time or server."""
    sql.execute(
        "INSERT INTO audit (at, actor, roles, action, subject, correlation_id, detail, txid)"
        " VALUES (now(), 'a', '', 'restored', %s, 'c', '{}', %s)",
        (subject, txid),
    )


def test_restored_rows_are_swept_and_sealing_goes_on(one: Runtime, sql: psycopg.Connection) -> None:
    sealed(one, sql)
    restore(sql, 3, "of an older time")
    assert audit.seal(sql, KEY, NOW) == 0
    assert audit.seal(sql, KEY, NOW, sweep=True) == 1
    write(one, "new")
    assert audit.seal(sql, KEY, NOW) == 1
    assert (found(sql), count(one, "audit_seal")) == ([], 7)


def test_sealing_goes_on_after_a_restore_into_a_younger_server(one: Runtime, sql: psycopg.Connection) -> None:
    restore(sql, 10**12, "sealed or not, of a server that had counted further")
    assert audit.seal(sql, KEY, NOW, sweep=True) == 1
    write(one, "new")
    assert audit.seal(sql, KEY, NOW) == 1
    assert (found(sql), count(one, "audit_seal")) == ([], 2)
