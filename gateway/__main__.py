"""`python -m gateway`: serve until SIGTERM."""

from __future__ import annotations

import uvicorn

from chassis.telemetry import configure_logs, configure_traces

from .app import create_app
from .settings import Settings

KEEP_ALIVE_SECONDS = 30
DRAIN_SECONDS = 10


def main() -> None:
    """Read the settings and serve."""
    settings = Settings()  # type: ignore[call-arg]
    configure_logs("gateway", settings.log_level)
    configure_traces("gateway", settings.otlp_endpoint)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        h11_max_incomplete_event_size=64_000,
    )


if __name__ == "__main__":
    main()
