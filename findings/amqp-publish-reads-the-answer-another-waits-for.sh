#!/bin/sh
# py-amqp 5.4.2 under eventlet 0.41.3: basic_publish reads what has arrived (drain_events(timeout=0)), also the answer for
# which another green thread waits. That one is told nothing and waits on, until the next frame comes or its time is over.
#
# Where consumer and workers share a channel, as with nameko's replies on the channel that brought the request, the answer
# is CancelOk, and after it nothing comes any more: a consumer that cancels while a worker publishes waits out its whole
# time-out. A service that was told to stop while it answered requests did not end in its 25 s. Cancelling without waiting
# (nowait=True) is the way out (chassis/broker.py here).
#
# Seen on 2026-11-29, with a server that answers Cancel after 0.2 s and then says nothing, and a time-out of 3 s:
#   nobody publishes meanwhile:  cancelled after 0.2 s
#   a worker publishes at 0.4 s: the answer is read at 0.4 s, TimeoutError after 3.0 s
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check amqp==5.4.2 eventlet==0.41.3 pamqp==4.0.1
cat >"$folder/server.py" <<'PYTHON'
"""As much of a broker as is needed: every question gets its answer, Cancel after 0.2 s."""
import socket
import time

from pamqp import commands, frame

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
ANSWERS = {
    "Connection.StartOk": commands.Connection.Tune(channel_max=10, frame_max=131072, heartbeat=0),
    "Connection.Open": commands.Connection.OpenOk(),
    "Channel.Open": commands.Channel.OpenOk(),
    "Basic.Consume": commands.Basic.ConsumeOk(consumer_tag="c"),
    "Basic.Cancel": commands.Basic.CancelOk(consumer_tag="c"),
}
peer, _ = listener.accept()
peer.recv(8)
can = {"capabilities": {"connection.blocked": True}}  # as RabbitMQ says; without it nothing is read while publishing
peer.sendall(frame.marshal(commands.Connection.Start(server_properties=can, mechanisms="PLAIN", locales="en_US"), 0))
read = b""
while data := peer.recv(65536):
    read += data
    while read:
        used, channel, asked = frame.unmarshal(read)
        read = read[used:]
        answer = ANSWERS.get(getattr(asked, "name", ""))
        if answer is not None:
            time.sleep(0.2 if asked.name == "Basic.Cancel" else 0)
            peer.sendall(frame.marshal(answer, channel))
PYTHON
cat >"$folder/client.py" <<'PYTHON'
import eventlet

eventlet.monkey_patch()
import subprocess
import sys
import time

import amqp
from eventlet.patcher import original

take_no_turn = original("time").sleep


def cancel(publish):
    """How the cancelling ended, after how long, and when the answer had been read by somebody else."""
    server = subprocess.Popen([sys.executable, "server.py"], stdout=subprocess.PIPE, text=True)
    connection = amqp.Connection(f"127.0.0.1:{int(server.stdout.readline())}", connect_timeout=3)
    connection.connect()
    channel = connection.channel()
    channel.basic_consume("q", consumer_tag="c", callback=print)
    begun, read_at = time.monotonic(), []

    def worker():
        eventlet.sleep(0.05)
        take_no_turn(0.35)  # work between two switches, while the answer comes in; then the reply
        channel.basic_publish(amqp.Message("reply"), "exchange", "key")
        if "c" not in channel.callbacks:
            read_at.append(round(time.monotonic() - begun, 1))

    if publish:
        eventlet.spawn(worker)
    try:
        channel.send_method(amqp.spec.Basic.Cancel, "sb", ("c", False))
        channel.wait(amqp.spec.Basic.CancelOk, timeout=3)
        told = "cancelled"
    except OSError as error:
        told = type(error).__name__
    finally:
        server.kill()
    return told, round(time.monotonic() - begun, 1), read_at


alone, beside = cancel(publish=False), cancel(publish=True)
print(f"nobody publishes meanwhile:  {alone[0]} after {alone[1]} s")
read = beside[2][0] if beside[2] else "no"
print(f"a worker publishes at 0.4 s: the answer is read at {read} s, {beside[0]} after {beside[1]} s")
assert alone[0] == "cancelled" and alone[1] < 1, "behaviour has changed"
assert beside[0] == "TimeoutError" and beside[1] > 2.9 and beside[2], "behaviour has changed"
PYTHON
cd "$folder" && venv/bin/python -W ignore client.py
