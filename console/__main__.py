"""`python -m console`: serve until SIGTERM or SIGINT."""

from __future__ import annotations

import logging
import signal
import socket
import sys

import uvicorn

from chassis import secret_files
from chassis.refusing import in_one_line
from chassis.supported import python_refusal
from chassis.telemetry import configure_logs, configure_traces

from .app import Console
from .settings import Settings

SHUTDOWN_SECONDS = 10


class Server(uvicorn.Server):
    """Ends the streams to browsers before it waits for running replies."""

    def __init__(self, config: uvicorn.Config, console: Console) -> None:
        super().__init__(config)
        self._console = console

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._console.hub.closing.set()
        await super().shutdown(sockets)


def main() -> None:
    """Read the environment and serve. Ends with a message that names what is missing."""
    if unfit := python_refusal():
        sys.exit(unfit)
    with in_one_line("console"):
        settings = Settings(_secrets_dir=secret_files.folder())  # type: ignore[call-arg]  # from the environment
        console = Console(settings)
    configure_logs("console", settings.log_level)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log every address that it asks
    configure_traces("console", settings.otlp_endpoint)
    # uvicorn repeats the signal that ended it; that it was obeyed is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = uvicorn.Config(
        console.asgi,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    Server(config, console).run()


if __name__ == "__main__":
    main()
