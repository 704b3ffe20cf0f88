"""`python -m chassis.run <service>`: one service process, until SIGTERM or Ctrl-C.

On SIGTERM it stops taking messages, finishes those in hand and leaves; after a limit it is gone anyway, and the
broker delivers again what was not acked.
"""

from __future__ import annotations

import os

from . import garbage

if __name__ == "__main__":
    garbage.spare_imports()

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_select")

import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet

eventlet.monkey_patch()

import signal
import sys
from functools import partial
from importlib import import_module
from typing import Any

from nameko.containers import ServiceContainer

from contracts import EVENTS, subscriptions

from . import failpoints, green_wait, telemetry
from .consumer import EventQueueConsumer, OwnQueueConsumer
from .jobs import kinds_of
from .pulse import Pulse
from .refusing import in_one_line
from .runtime import Runtime
from .service import RequestQueueConsumer, Service
from .settings import DRAIN_SECONDS, load
from .supported import python_refusal
from .settling import Settler
from .telemetry.metrics import begin
from .waiting_for_schema import wait_for_schema

log = telemetry.logger(__name__)


def service_class(name: str) -> type[Service]:
    """The class in services/<name>/service.py that bears this name."""
    module = import_module(f"services.{name}.service")
    found = [
        v
        for v in vars(module).values()
        if isinstance(v, type) and issubclass(v, Service) and getattr(v, "name", None) == name
    ]
    if len(found) != 1:
        raise SystemExit(f"services/{name}/service.py must hold one Service class with name = {name!r}")
    return found[0]


def new_container(service: type[Service]) -> ServiceContainer:
    """A container, not yet started, with everything its extensions need in its configuration."""
    name = service.name
    settings = load(name)
    if wrong := service.unfit():
        raise SystemExit(f"{name} does not start: {wrong}")
    unfit = service.unfit_for_production() if settings.environment == "production" else None
    if unfit:
        raise SystemExit(f"{name} does not start with KOTA_ENV=production: {unfit}")
    uri = settings.amqp_uri.get_secret_value()
    config: dict[str, Any] = {
        "AMQP_URI": uri,
        "max_workers": settings.max_workers,
        "settings": settings,
        "runtime": Runtime(settings),
        "settle": Settler(uri, name),
        "timer_handlers": {},
        "job_kinds": tuple(kinds_of(name)),
        "gauges": service.gauges,
        "probes": {},
    }
    consumers: list[OwnQueueConsumer] = []
    config["pulse"] = pulse = Pulse(uri, name, on_dead=partial(_doubt, consumers))
    config["probes"]["broker"] = lambda: pulse.reason
    config["dispensable"] = lambda: (
        frozenset(config["probes"]) if settings.direct_port and pulse.dispensable else frozenset()
    )
    container = ServiceContainer(service, config)
    for extension in container.extensions:
        if isinstance(extension, RequestQueueConsumer | EventQueueConsumer):
            consumers.append(extension)
            config["probes"][type(extension).__name__] = lambda consumer=extension: (
                "" if consumer.connected else "not connected"
            )
    return container


def _doubt(consumers: list[OwnQueueConsumer]) -> None:
    for consumer in consumers:
        consumer.doubt()


def serve(service: type[Service]) -> None:
    """Run until told to stop."""
    name = service.name
    green_wait.install()
    failpoints.arm(name, os.environ)
    with in_one_line(name):
        container = new_container(service)
    settings = container.config["settings"]
    telemetry.configure_logs(name, settings.log_level)
    telemetry.configure_traces(name, settings.otlp_endpoint)
    garbage.collect_from_here()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave_early)
    wait_for_schema(container.config["runtime"])
    container.start()
    emitted = [one for one in EVENTS if one.startswith(f"{name}.")]
    begin(emitted, subscriptions().get(name, ()), container.config["timer_handlers"], container.config["job_kinds"])
    log.info("service_started", service=name)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn(_leave, container))
    container.wait()
    log.info("service_stopped", service=name)


def _leave_early(*_: Any) -> None:
    """Without a handler of its own the first process of a container would not hear the signal at all."""
    os._exit(0)


def _leave(container: ServiceContainer) -> None:
    eventlet.spawn_after(DRAIN_SECONDS, os._exit, 1)
    container.stop()


if __name__ == "__main__":
    if unfit := python_refusal():
        raise SystemExit(unfit)
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m chassis.run <service>")
    with in_one_line(sys.argv[1]):
        found = service_class(sys.argv[1])
    serve(found)
