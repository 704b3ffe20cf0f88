"""Reading the stream queue over AMQP 0-9-1 from an offset on."""

from __future__ import annotations

from collections.abc import Callable

from aiormq.abc import AbstractChannel, DeliveredMessage

STREAM = "city.events.log"
PREFETCH = 200
ACKNOWLEDGED_AT_ONCE = 50
OnMessage = Callable[[DeliveredMessage], bool | None]


async def read_from(channel: AbstractChannel, offset: int | str, on_message: OnMessage) -> str:
    """Hand every message from `offset` on to `on_message`, in order; returns the consumer's tag.

    `offset` is a number, `last` for the newest chunk, `first` for the oldest event; `on_message` returns False for
    no more. The credit given back by the acknowledgements is what keeps a long stream from filling our memory.
    """

    async def take(message: DeliveredMessage) -> None:
        if on_message(message) is False:
            return  # the channel is being closed: a word on it now would cost the whole connection
        tag = message.delivery_tag or 0
        if tag % ACKNOWLEDGED_AT_ONCE == 0:  # a stream gives nothing out twice: what is left over costs some credit
            await message.channel.basic_ack(tag, multiple=True, wait=False)

    await channel.basic_qos(prefetch_count=PREFETCH)
    answer = await channel.basic_consume(STREAM, take, arguments={"x-stream-offset": offset})
    return str(answer.consumer_tag)
