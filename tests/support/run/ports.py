"""A block of ports for one process of a test run: two workers, or two runs, never draw the same one.

The blocks lie below the range from which the system itself draws (32768 and up on Linux), so no outgoing connection
takes a port between its choice and its use. A block is held by listening on its first port, on the whole machine and
until the process ends.
"""

from __future__ import annotations

import socket

from kota.ports import LOOPBACK

FIRST, END, SIZE = 20000, 32000, 400


def claim_block() -> tuple[socket.socket, str]:
    """The holder, to be kept for as long as the ports are used, and the block as KOTA_PORTS takes it."""
    for start in range(FIRST, END, SIZE):
        holder = socket.socket()
        try:
            holder.bind((LOOPBACK, start))
            holder.listen(1)
        except OSError:
            holder.close()
            continue
        return holder, f"{start + 1}-{start + SIZE - 1}"
    raise OSError(f"every block of ports from {FIRST} to {END} is taken")
