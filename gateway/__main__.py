"""`python -m gateway`: serve until SIGTERM or SIGINT."""

from __future__ import annotations

from chassis import garbage

if __name__ == "__main__":
    garbage.spare_imports()

import logging
import signal
import sys

from chassis import secret_files
from chassis.addresses import require_broker
from chassis.refusing import in_one_line
from chassis.supported import python_refusal
from chassis.telemetry import configure_logs, configure_traces

from .server import server
from .settings import Settings


def main() -> None:
    """Read the environment and serve. Ends with a message that names what is missing."""
    if unfit := python_refusal():
        sys.exit(unfit)
    with in_one_line("gateway"):
        settings = Settings(_secrets_dir=secret_files.folder())  # type: ignore[call-arg]  # from the environment
    require_broker("AMQP_URI", settings.amqp_uri.get_secret_value())
    configure_logs("gateway", settings.log_level)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log every address that it asks
    configure_traces("gateway", settings.otlp_endpoint)
    # uvicorn repeats the signal that ended it; that it was obeyed is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ready = server(settings)
    garbage.collect_from_here()
    ready.run()


if __name__ == "__main__":
    main()
