"""Keys of an issuer: rotation, an issuer that is down, and made-up key ids."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from contracts.problems import Unavailable
from gateway.security import Authenticator, TrustedIssuer
from gateway.security.keys import FRESH_SECONDS, RETRY_SECONDS
from kota.issuer.tokens import Minter

from .conftest import Door
from .servers import Clock, IssuerServer, key_server


async def test_a_new_key_is_fetched_when_a_token_names_it(door: Door, issuer: IssuerServer, clock: Clock) -> None:
    await door.actor(issuer.staff_token())
    clock.now += RETRY_SECONDS
    issuer.rotate()
    assert (await door.actor(issuer.staff_token())).roles == ("dispatcher",)
    assert door.asked == ["/jwks.json"] * 2


async def test_made_up_key_ids_ask_the_issuer_once_in_ten_seconds(
    door: Door, issuer: IssuerServer, clock: Clock
) -> None:
    strangers = [Minter(issuer.url, type(issuer.people_key).generate_key("P-256", {"kid": str(n)})) for n in range(20)]
    forged = [stranger.mint({"sub": "x", "roles": ["dispatcher"]}) for stranger in strangers]
    assert set(await asyncio.gather(*(door.reason(token) for token in forged))) == {"unknown-key"}
    assert len(door.asked) == 1
    clock.now += RETRY_SECONDS - 0.1
    await door.reason(forged[0])
    assert len(door.asked) == 1
    clock.now += 0.2
    await door.reason(forged[0])
    assert len(door.asked) == 2


async def test_many_first_requests_fetch_the_keys_once(door: Door, issuer: IssuerServer) -> None:
    tokens = [issuer.staff_token(sub=f"demo-{n}") for n in range(20)]
    assert len({actor.subject for actor in await asyncio.gather(*map(door.actor, tokens))}) == 20
    assert len(door.asked) == 1


async def test_a_caller_who_hangs_up_does_not_end_the_fetch_of_the_others(door: Door, issuer: IssuerServer) -> None:
    first = asyncio.create_task(door.actor(issuer.staff_token(sub="impatient")))
    other = asyncio.create_task(door.actor(issuer.staff_token()))
    await asyncio.sleep(0)
    first.cancel()
    assert (await other).subject == "demo-somebody"


async def test_known_keys_go_on_while_the_issuer_is_down(door: Door, issuer: IssuerServer, clock: Clock) -> None:
    shift = issuer.staff_token()
    await door.actor(shift)
    keys = door.authenticator._keys[issuer.url]
    issuer.stop()
    clock.now += FRESH_SECONDS
    for hour in range(3):
        clock.now += 2 * RETRY_SECONDS
        assert (await door.actor(shift)).subject == "demo-somebody"  # starts a renewal, which fails
        async with asyncio.timeout(5):
            while len(door.asked) < hour + 2 or keys._loading is None or not keys._loading.done():
                await asyncio.sleep(0)
        fresh = issuer.staff_token(sub=f"demo-{hour}")
        assert (await door.actor(fresh)).subject == f"demo-{hour}"


async def test_without_keys_the_token_may_be_good_so_503_and_not_401(
    door: Door, issuer: IssuerServer, clock: Clock
) -> None:
    issuer.stop()
    token = issuer.staff_token()
    problem = await door.refusal(token)
    assert isinstance(problem, Unavailable) and problem.data.retry_after == RETRY_SECONDS
    issuer.start()
    clock.now += RETRY_SECONDS
    assert (await door.actor(token)).subject == "demo-somebody"


@pytest.mark.parametrize("document", [{}, [], {"keys": []}, {"keys": ["x", {"kty": "new"}]}, {"keys": {}}])
async def test_a_broken_key_document_is_no_key(issuer: IssuerServer, clock: Clock, document: object) -> None:
    with key_server(document) as url:
        async with httpx.AsyncClient() as fetch:
            authenticator = Authenticator((TrustedIssuer(issuer.url, url, "kota"),), clock, fetch)
            with pytest.raises(Unavailable):
                await authenticator.actor(f"Bearer {issuer.staff_token()}")


async def test_a_withdrawn_key_opens_nothing_any_more(door: Door, issuer: IssuerServer, clock: Clock) -> None:
    token = issuer.staff_token()
    await door.actor(token)
    issuer.rotate()
    clock.now += FRESH_SECONDS + RETRY_SECONDS
    await door.actor(token)  # starts the renewal and waits for nothing
    async with asyncio.timeout(5):
        while len(door.asked) < 2 or door.authenticator._known:
            await asyncio.sleep(0)
    assert await door.reason(token) == "unknown-key"


def test_one_name_cannot_stand_for_staff_and_citizens() -> None:
    twice = (TrustedIssuer("https://one", "u", "kota", "staff"), TrustedIssuer("https://one", "u", "kota", "citizen"))
    with pytest.raises(ValueError, match="configured twice"):
        Authenticator(twice, Clock(), httpx.AsyncClient())
