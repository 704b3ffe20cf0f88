"""Who sees which events, and what of them."""

from __future__ import annotations

import httpx
import pytest
from joserfc.jwk import ECKey

from gateway.security.keys import FRESH_SECONDS
from tests.support.broker import Vhost

from .client import headers, listening
from .door import KEY, opened
from .publishing import DISPATCHED, DRAFTED, envelope, numbered


async def test_an_event_is_shown_with_its_attributes_and_without_what_is_sealed(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url, "auditor") as client:
        sent = envelope(7)
        vhost.publish_raw(b'{"unit_id":"A-01","sealed":"secret"}', sent.headers(), DISPATCHED)
        await client.until(lambda: bool(client.frames), "event")
    frame = client.frames[0]
    assert (frame.offset, frame.event) == (0, DISPATCHED)
    shown = {name: sent.headers()[f"ce-{name}"] for name in ("id", "type", "subject", "time", "correlationid")}
    assert frame.data == {**shown, "sequence": "7", "data": {"unit_id": "A-01"}}


async def test_a_role_sees_only_the_services_it_may_read(vhost: Vhost) -> None:
    async with (
        opened(vhost.uri("gateway")) as door,
        listening(door.url, "hearse_officer") as hearse,
        listening(door.url, "auditor") as auditor,
    ):
        numbered(vhost, [1, 2])
        numbered(vhost, [3], DRAFTED)
        await auditor.until(lambda: auditor.numbers == [1, 2, 3], "three events")
        await hearse.until(lambda: bool(hearse.numbers), "event")
    assert hearse.numbers == [3]


async def test_a_crew_sees_only_events_of_its_own_unit_resumed_and_live(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door:
        _of_several_units(vhost, 0)
        await door.tail(3)
        async with listening(door.url, "crew", units=["A-02"], last=0) as crew:
            _of_several_units(vhost, 4)
            await crew.until(lambda: len(crew.numbers) >= 2, "two events")
    assert crew.numbers == [3, 7]


def _of_several_units(vhost: Vhost, first: int) -> None:
    numbered(vhost, [first, first + 1], unit_id="A-01")
    numbered(vhost, [first + 2], incident_id="of no unit")
    numbered(vhost, [first + 3], unit_id="A-02")


async def test_what_is_no_event_is_left_out_and_the_feed_goes_on(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as client:
        vhost.publish_raw(b"not json", envelope(1).headers(), DISPATCHED)
        vhost.publish_raw(b"[]", envelope(2).headers(), DISPATCHED)
        vhost.publish_raw(b"{}", {}, DISPATCHED)
        numbered(vhost, [4])
        await client.until(lambda: bool(client.frames), "event")
    assert client.numbers == [4]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ce-id": b"\xff\xfe"},
        {"ce-type": "ambulance.x.v1\nevent: hearse.forged.v1"},
        {"ce-sequence": "many"},
        {"ce-time": "yesterday"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_an_event_with_a_wrong_attribute_is_left_out_and_the_feed_goes_on(
    vhost: Vhost, wrong: dict[str, object]
) -> None:
    async with opened(vhost.uri("gateway")) as door, listening(door.url) as client:
        vhost.publish_raw(b"{}", envelope(1).headers() | wrong, DISPATCHED)
        numbered(vhost, [2])
        await client.until(lambda: any(frame.offset == 1 for frame in client.frames), "second event")
    assert [frame.offset for frame in client.frames] == [1]


async def test_refusals_are_problems(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway"), most=1) as door, httpx.AsyncClient(trust_env=False) as http:

        async def slug(sent: dict[str, str]) -> tuple[int, str]:
            reply = await http.get(f"{door.url}/v1/stream", headers=sent)
            return reply.status_code, reply.json()["type"].removeprefix("/problems/")

        assert await slug({}) == (401, "unauthenticated")
        assert await slug(headers("super_app", client_id="app")) == (403, "forbidden")
        async with listening(door.url) as only:
            numbered(vhost, [1])
            await only.until(lambda: only.numbers == [1], "event")
            assert await slug(headers("auditor")) == (503, "unavailable")


async def test_silence_is_filled_with_heartbeats_and_an_expired_token_ends_the_feed(vhost: Vhost) -> None:
    # The gateway grants 60 s for clocks that differ: this token has about a second and a half left.
    async with opened(vhost.uri("gateway"), heartbeat=0.1) as door, listening(door.url, seconds=-58) as client:
        await client.until(lambda: client.heartbeats >= 2, "heartbeats")
        await client.until(lambda: client.ended, "end")
    assert client.controls == ["reauth"]


async def test_nothing_is_shown_to_a_token_that_has_expired_during_the_silence(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway"), heartbeat=300) as door, listening(door.url, seconds=-58) as client:
        await client.until(lambda: client.ended, "end without waiting for a heartbeat")
    assert (client.controls, client.numbers) == (["reauth"], [])


OTHER = ECKey.generate_key("P-256", {"kid": "k2"}, private=True)
SAME_ID = ECKey.generate_key("P-256", {"kid": "k1"}, private=True)


@pytest.mark.parametrize("keys", [[OTHER], [SAME_ID]], ids=["withdrawn", "replaced under the same id"])
async def test_a_feed_ends_when_the_key_of_its_token_is_gone(vhost: Vhost, keys: list[ECKey]) -> None:
    async with opened(vhost.uri("gateway"), heartbeat=0.1) as door, listening(door.url) as client:
        await client.until(lambda: client.heartbeats > 1, "heartbeats")
        door.issuing.keys, door.issuing.ahead = keys, FRESH_SECONDS + 1
        await client.until(lambda: client.ended, "end")
        async with httpx.AsyncClient(trust_env=False) as http:
            refused = await http.get(f"{door.url}/v1/stream", headers=headers())
    assert client.controls == ["reauth"] and refused.status_code == 401


async def test_a_feed_goes_on_when_another_key_is_withdrawn(vhost: Vhost) -> None:
    async with opened(vhost.uri("gateway"), heartbeat=0.1) as door:
        door.issuing.keys = [KEY, OTHER]
        async with listening(door.url) as client:
            door.issuing.keys, door.issuing.ahead = [KEY], FRESH_SECONDS + 1
            seen = client.heartbeats
            await client.until(lambda: client.heartbeats > seen + 5, "heartbeats")
            numbered(vhost, [1])
            await client.until(lambda: client.numbers == [1], "event")
    assert client.controls == []
