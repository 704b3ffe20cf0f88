"""Tokens are renewed before they end, once for all who ask, and a shift goes on while the log-in server is away."""

from __future__ import annotations

import asyncio

from console.session.provider import LogInFailed, LogInServerDown, Tokens
from console.session.renewing import EARLY_SECONDS, Renewals
from console.session.session import Session

NOW = 1_000_000.0


class Provider:
    """A log-in server as this client sees it; a refresh token is good once."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.used: list[str] = []
        self.fault = fault

    async def renew(self, refresh: str) -> Tokens:
        await asyncio.sleep(0)
        if self.fault is not None:
            raise self.fault
        if refresh in self.used:
            raise LogInFailed("used before")
        self.used.append(refresh)
        return Tokens(f"new-{len(self.used)}", f"r{len(self.used) + 1}", NOW + 600, {})


def session(seconds: float, refresh: str = "r1") -> Session:
    return Session("1", "s", "n", "old", refresh, NOW + seconds, NOW - 100)


def renewals(provider: Provider) -> Renewals:
    return Renewals(provider, lambda: NOW)  # type: ignore[arg-type]  # it is asked for nothing but `renew`


async def test_many_requests_of_a_page_renew_once() -> None:
    provider = Provider()
    made = renewals(provider)
    found = await asyncio.gather(*(made.current(session(EARLY_SECONDS - 1)) for _ in range(20)))
    assert {one.access for one in found if one} == {"new-1"} and provider.used == ["r1"]
    late = await made.current(session(EARLY_SECONDS - 1))  # another tab, with the old cookie still
    assert late is not None and late.access == "new-1" and late.began_at == NOW - 100


async def test_what_is_good_for_long_is_left_alone() -> None:
    provider = Provider()
    assert (await renewals(provider).current(session(EARLY_SECONDS + 1))) == session(EARLY_SECONDS + 1)
    assert provider.used == []


async def test_a_shift_goes_on_until_its_tokens_end_when_nobody_renews_them() -> None:
    for fault in (LogInServerDown("gone"), LogInFailed("refused")):
        made = renewals(Provider(fault))
        assert await made.current(session(EARLY_SECONDS - 1)) == session(EARLY_SECONDS - 1)
        assert await made.current(session(-1)) is None
    assert await renewals(Provider()).current(session(-1, refresh="")) is None
