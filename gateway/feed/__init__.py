"""The live feed: server-sent events from the RabbitMQ stream of all events.

reader.py    the stream, read from an offset         hub.py   one reader, many listeners
entry.py     one event as it is shown                sse.py   the HTTP side
listener.py  one open feed                      frames.py  what is written to it
bridge.py    events straight from the services while the broker is away
resuming.py  a listener that comes back         catching_up.py  what is no longer in memory
"""

from .bridge import Bridge
from .hub import Feed
from .sse import LiveFeed

__all__ = ["Bridge", "Feed", "LiveFeed"]
