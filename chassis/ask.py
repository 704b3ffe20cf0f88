"""`python -m chassis.ask PORT`: is the process on this port ready? Exit code 0, or 1 and what it answered.

For a container's health check: the image has no curl."""

from __future__ import annotations

import sys
from http.client import HTTPConnection

SECONDS = 4.0


def main(port: int) -> int:
    """One question over loopback."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/health/ready")
        reply = connection.getresponse()
        print(reply.read(2000).decode("utf-8", "replace"))
    except OSError as error:
        print(f"no answer on port {port}: {type(error).__name__}")
        return 1
    return 0 if reply.status == 200 else 1


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        raise SystemExit("usage: python -m chassis.ask PORT")
    raise SystemExit(main(int(sys.argv[1])))
