"""The relay against raw pipelined confirmed publishing, onto the same kind of quorum queue, in one run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from bench.raw_broker import connection, declare, event, publish_pipelined
from bench.relay_ours import drained
from bench.rounds import print_rounds
from bench.servers import servers

QUEUE = "bench.relay"


def raw(amqp_uri: str, events: int, batch: int) -> float:
    """Confirmed events a second by py-amqp alone; the messages are made before the clock starts."""
    messages = [event(number) for number in range(events)]
    with connection(amqp_uri) as opened:
        return events / publish_pipelined(opened.channel(), messages, batch)


def onto_queue(amqp_uri: str, events: int, measure: Callable[[], float]) -> float:
    """Run `measure` with an empty quorum queue bound to the exchange; afterwards all events must be in it."""
    with connection(amqp_uri) as opened:
        channel = opened.channel()
        declare(channel, QUEUE)
        rate = measure()
        waiting = channel.queue_declare(QUEUE, passive=True).message_count
        channel.queue_delete(QUEUE)
    if waiting != events:
        raise SystemExit(f"{events} events were published but {waiting} are in the queue")
    return rate


def main() -> None:
    """Interleaved rounds of every candidate; medians and ratios to raw."""
    parser = argparse.ArgumentParser(prog="python -m bench.relay", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=10_000)
    options = parser.parse_args()
    with servers() as private:
        database, broker, events = private.database_url, private.amqp_uri, options.events
        measures: dict[str, Callable[[], float]] = {
            f"raw, batches of {batch}": partial(raw, broker, events, batch) for batch in (100, 1000, events)
        }
        measures["our relay"] = partial(drained, database, broker, events)
        candidates = {name: partial(onto_queue, broker, events, measure) for name, measure in measures.items()}
        print_rounds(candidates, options.rounds, "events/s")


if __name__ == "__main__":
    main()
