"""psycopg under eventlet: waiting for one query must hold up no other, and end when it must."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.support.databases import plain
from tests.support.processes import ROOT

START = """
import os, sys
os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"
import eventlet
eventlet.monkey_patch()
import time, psycopg
from chassis import green_wait
from tests.support.waiting import is_soon
green_wait.install()
def connect(): return psycopg.connect(sys.argv[1], autocommit=True)
"""
PARALLEL = """
connections = [connect() for _ in range(5)]
def sleep():
    threads = [eventlet.spawn(connection.execute, "SELECT pg_sleep(0.5)") for connection in connections]
    [thread.wait() for thread in threads]
assert is_soon(sleep, within=1.5)
"""
LONG_STATEMENT = """
text = "x" * 20_000_000
assert connect().execute("SELECT %s::text", (text,)).fetchone()[0] == text
"""
NOTIFIES = """
connection = connect()
connection.execute("LISTEN here")
def listen():
    began = time.monotonic()
    assert list(connection.notifies(timeout=0.2)) == [] and 0.15 < time.monotonic() - began
assert is_soon(listen, within=2)
connect().execute("NOTIFY here, 'now'")
assert [n.payload for n in connection.notifies(timeout=5, stop_after=1)] == ["now"]
"""
TERMINATED = """
connection = connect()
pid = connection.info.backend_pid
waiting = eventlet.spawn(connection.execute, "SELECT pg_sleep(30)")
other = connect()
while not other.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event = 'PgSleep'", (pid,)).fetchone():
    pass
other.execute("SELECT pg_terminate_backend(%s)", (pid,))
try:
    waiting.wait()
except psycopg.OperationalError:
    raise SystemExit
raise AssertionError("the query of a terminated backend came to an end without an error")
"""


@pytest.mark.parametrize(
    "body", [PARALLEL, LONG_STATEMENT, NOTIFIES, TERMINATED], ids=["parallel", "long", "notifies", "terminated"]
)
def test_waits_for_the_database_as_a_green_thread(database: Callable[[str], str], body: str) -> None:
    arguments = [sys.executable, "-W", "ignore", "-c", START + body, plain(database("hearse"))]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
