#!/bin/sh
# kombu's Connection.connect(), "establish connection to server immediately", sleeps two seconds and tries once more.
#
# kombu 5.7.0, amqp 5.4.2, a server that takes the TCP connection and says nothing (a frozen broker, a half-open network):
# with connect_timeout=1 the call comes back after 4 s, having connected twice; max_retries, interval_start and interval_step
# in transport_options are not looked at here. ensure_connection(max_retries=0, reraise_as_library_errors=False) tries once
# and comes back after 1 s. A readiness check that trusts connect_timeout is late by more than the time-out itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check kombu==5.7.0 amqp==5.4.2
"$folder/venv/bin/python" - <<'PYTHON'
import socket
import threading
import time

from kombu import Connection

server = socket.create_server(("127.0.0.1", 0))
taken = []
threading.Thread(target=lambda: [taken.append(server.accept()) for _ in range(9)], daemon=True).start()

def attempt(call):
    taken.clear()
    options = {"max_retries": 0, "interval_start": 0, "interval_step": 0}
    connection = Connection(
        f"amqp://guest:guest@127.0.0.1:{server.getsockname()[1]}//", connect_timeout=1, transport_options=options
    )
    begun = time.monotonic()
    try:
        call(connection)
    except OSError as error:
        told = type(error).__name__
    return round(time.monotonic() - begun), len(taken), told

usual = attempt(lambda connection: connection.connect())
once = attempt(lambda connection: connection.ensure_connection(max_retries=0, reraise_as_library_errors=False))
print("connect():", *usual)
print("ensure_connection(max_retries=0):", *once)
assert usual == (4, 2, "TimeoutError"), "behaviour has changed"
assert once == (1, 1, "TimeoutError"), "behaviour has changed"
PYTHON
