"""Taking messages from the broker: an own queue consumer, and the entrypoint for subscribed events.

nameko acks a message whose handler raised, or requeues it in a hot loop; neither will do. Here a message is acked
only when it was applied, or when a copy of it waits, confirmed, in a retry or dead queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from eventlet.event import Event
from kombu import Connection, Queue
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension
from nameko.messaging import QueueConsumer

from . import telemetry
from .broker import ServiceQueues, connected
from .declaring import declare_queues
from .delivery import Delivery
from .errors import BROKER_FAULTS, describe
from .handling import Handling
from .repeated import Repeated

log = telemetry.logger(__name__)


class OwnQueueConsumer(QueueConsumer):  # type: ignore[misc]
    """nameko's consumer with a prefetch of its own, raw bodies, and an orderly end.

    On stop it cancels consuming first and keeps the connection until every running worker has acked.
    """

    _gt: Any
    closing = False
    doubted = False
    repeated = Repeated()

    def start(self) -> None:
        """nameko: goes on at once. A broker that is away must not keep a service from its other work."""
        if self._gt is None:
            self._gt = self.container.spawn_managed_thread(self.run)

    def unregister_provider(self, provider: Any) -> None:
        """nameko: returns once the provider gets no more messages."""
        if self._consumers_ready.ready():
            super().unregister_provider(provider)
        else:
            ProviderCollector.unregister_provider(self, provider)

    def get_consumers(self, consumer_cls: Any, channel: Any) -> Any:
        """kombu: called after every (re)connection."""
        for provider in self._providers:
            provider.declare(channel)
            consumer = consumer_cls(queues=[provider.queue], on_message=provider.handle_message)
            consumer.qos(prefetch_count=provider.prefetch)
            self._consumers[provider] = consumer
        return self._consumers.values()

    def on_iteration(self) -> None:
        """kombu: called between messages and at least every second."""
        self._cancel_consumers_if_requested()
        self.should_stop = self.closing
        if self.doubted:
            self.doubted = False
            raise ConnectionResetError("the broker has not answered elsewhere: begin anew")

    @contextmanager
    def establish_connection(self) -> Iterator[Connection]:
        """kombu: one try with bounded waits and our heartbeat; its own would wait ever longer between tries."""
        name = f"{self.container.service_name} {type(self).__name__}"
        self._forget_unregistered()
        try:
            if self.should_stop:
                raise ConnectionAbortedError("this process is leaving")
            with connected(self.amqp_uri, name=name, quick=True) as connection:
                self.doubted = False  # it was meant for the connection before
                yield connection
        except BROKER_FAULTS as error:  # it goes on with the next try, within a second
            reason = describe(error)
            if self.repeated.is_news(type(self).__name__, reason):
                log.warning("broker_lost", consumer=type(self).__name__, reason=reason)
            raise

    def doubt(self) -> None:
        """Give up the present connection: it may be open on our side only."""
        self.doubted = True

    def stop(self) -> None:
        """Called once all workers are done."""
        self.closing = True
        self.wait_for_providers()
        if self._gt is not None:
            self._gt.wait()

    def _forget_unregistered(self) -> None:
        """Without a connection there is no consumer to cancel."""
        for provider, removed in tuple(self._pending_remove_providers.items()):
            del self._pending_remove_providers[provider]
            self._consumers.pop(provider, None)
            removed.send()
        self.should_stop = self.closing

    def kill(self) -> None:
        """Called when the container dies."""
        self.closing = True
        super().kill()

    @property
    def connected(self) -> bool:
        """True while messages can arrive."""
        return self._consumers_ready.ready() and any(c.channel.connection for c in self._consumers.values())


class EventQueueConsumer(OwnQueueConsumer):
    """Events have their own connection and prefetch, so that they never take the requests' places."""


class EventConsumer(SharedExtension, ProviderCollector):  # type: ignore[misc]
    """The consumer of `<service>.events`; hands each message to the subscription of its type."""

    queue_consumer = EventQueueConsumer()

    def setup(self) -> None:
        """nameko: before start."""
        config = self.container.config
        self.names = ServiceQueues(self.container.service_name)
        self.prefetch = config["settings"].events_prefetch
        self.retry_seconds = config["settings"].retry_seconds
        self.queue = Queue(self.names.events, no_declare=True)
        self._ending, self._ended = False, Event()
        # Not nameko's workers: setting one up for each event took longer than most handlers.
        self._handling = Handling(config["runtime"], config["settle"], config["settings"].event_workers)
        self.queue_consumer.register_provider(self)

    def unregister_provider(self, provider: Any) -> None:
        """The first subscription to stop ends the taking of messages for all, before any of them is forgotten.

        Otherwise messages would go on arriving while the workers end, and find nobody to handle them.
        """
        if not self._ending:
            self._ending = True
            self.queue_consumer.unregister_provider(self)
            self.container.config["settle"].stop()
            log.info("takes_no_more_events", queue=self.names.events)
            self._handling.finish()
            self._ended.send(True)
        self._ended.wait()
        super().unregister_provider(provider)

    def declare(self, channel: Any) -> None:
        """Declare the service's queues, bound to exactly what it subscribes to."""
        types = [provider.event_type for provider in self._providers]
        declare_queues(channel.connection, self.names, types, self.retry_seconds)

    def handle_message(self, message: Any) -> None:
        """Have a message handled, or parked if nobody here does."""
        delivery = Delivery(message, self.names, self.retry_seconds)
        handler = next((p.handler for p in self._providers if p.event_type == delivery.event_type), None)
        self._handling.take(delivery, handler)


class Subscribe(Entrypoint):  # type: ignore[misc]
    """nameko entrypoint of one event type."""

    consumer = EventConsumer()

    def __init__(self, event_type: str, handler: Callable[..., None], **options: Any) -> None:
        self.event_type, self.handler = event_type, handler
        super().__init__(**options)

    def setup(self) -> None:
        """nameko: before start."""
        self.consumer.register_provider(self)

    def stop(self) -> None:
        """nameko: the shared consumer stops for all."""
        self.consumer.unregister_provider(self)


def subscribe(event_type: str, handler: Callable[..., None]) -> Any:
    """Declare, in a service's class, what handles an event: `on_death = subscribe("…v1", handlers.draft)`."""

    def method(_: Any) -> None:
        """The service's attribute; the consumer calls the handler itself."""

    method.__name__ = f"on {event_type}"
    return Subscribe.decorator(event_type, handler)(method)
